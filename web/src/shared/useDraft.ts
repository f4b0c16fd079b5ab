import { onScopeDispose, ref, watch, type Ref } from 'vue'

const prefix = 'zs:draft:'

/** Drafts of an account go when it signs out: the machine may be shared. */
export function dropDrafts(account: string): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`${prefix}${account}:`)) localStorage.removeItem(key)
}

export interface DraftOptions<T> {
  /** What may be kept: values that are guarded most stay out of the browser's store. */
  keep?: (value: T) => T
  isEmpty?: (value: T) => boolean
}

/** Keeps what is being filled in, in this browser, until it is written or given up. */
export function useDraft<T>(account: string, name: string, source: Ref<T>, options: DraftOptions<T> = {}) {
  const key = `${prefix}${account}:${name}`
  const savedAt = ref('')
  const restored = ref(false)
  const { keep = (value: T) => value, isEmpty = () => false } = options

  const stored = localStorage.getItem(key)
  if (stored) {
    try {
      source.value = JSON.parse(stored) as T
      restored.value = true
    } catch {
      localStorage.removeItem(key)
    }
  }
  let timer = 0
  function save(): void {
    if (isEmpty(source.value)) return localStorage.removeItem(key)
    try {
      localStorage.setItem(key, JSON.stringify(keep(source.value)))
      savedAt.value = new Date().toTimeString().slice(0, 5)
    } catch {
      savedAt.value = ''
    }
  }
  const stop = watch(
    source,
    () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(save, 400)
    },
    { deep: true },
  )
  function drop(): void {
    stop()
    window.clearTimeout(timer)
    localStorage.removeItem(key)
    restored.value = false
    savedAt.value = ''
  }
  onScopeDispose(() => window.clearTimeout(timer))
  return { savedAt, restored, drop }
}
