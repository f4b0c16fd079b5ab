import { ref, watch, type Ref } from 'vue'

/** Something that is kept on this device under a name that may change: read again when it does. */
export function useKept<T>(name: () => string, sound: (kept: unknown) => T): Ref<T> {
  const read = (): T => {
    try {
      return sound(JSON.parse(localStorage.getItem(name()) ?? 'null'))
    } catch {
      return sound(null)
    }
  }
  const value = ref(read()) as Ref<T>
  watch(name, () => (value.value = read()), { flush: 'sync' })
  watch(
    value,
    (now) => {
      try {
        localStorage.setItem(name(), JSON.stringify(now))
      } catch {
        // Full or forbidden: it holds until the page is left.
      }
    },
    { deep: true },
  )
  return value
}
