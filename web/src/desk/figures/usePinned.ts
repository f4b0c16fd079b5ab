import { ref, watch } from 'vue'

const key = 'zs:figures'
const read = (): string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter((each): each is string => typeof each === 'string') : []
  } catch {
    return []
  }
}
const pinned = ref<string[]>(read())
watch(pinned, (keys) => localStorage.setItem(key, JSON.stringify(keys)))

/** Which figures somebody wants beside the day's work. */
export function usePinned() {
  const toggle = (figure: string): void => {
    pinned.value = pinned.value.includes(figure) ? pinned.value.filter((each) => each !== figure) : [...pinned.value, figure]
  }
  return { pinned, toggle }
}
