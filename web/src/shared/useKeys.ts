import { onBeforeUnmount, onMounted } from 'vue'

type Handlers = Record<string, (event: KeyboardEvent) => void>
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Single keys of a page. They rest while somebody types, or while a dialog is open. */
export function useKeys(handlers: Handlers): void {
  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
    if (document.querySelector('[role="dialog"][aria-modal="true"]')) return
    const handler = handlers[event.key]
    if (!handler) return
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button, [role="button"]')) return
    event.preventDefault()
    handler(event)
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
