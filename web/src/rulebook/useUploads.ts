import { onScopeDispose, ref } from 'vue'
import { api, asApiError } from '@/api'
import type { StoredFile } from '@/api/types'
import { rememberFiles } from '@/shared/knownFiles'

export interface Sending {
  id: number
  file: File
  share: number
  failed: string
  stop: AbortController
}
let last = 0

/** Files on their way to the server: several at once, each with its share, each may be stopped or tried again. */
export function useUploads(landed: (file: StoredFile) => void, say: (status: number, detail: string) => string) {
  const sending = ref<Sending[]>([])
  const drop = (id: number): void => {
    sending.value.find((each) => each.id === id)?.stop.abort()
    sending.value = sending.value.filter((each) => each.id !== id)
  }
  async function send(id: number): Promise<void> {
    const one = sending.value.find((each) => each.id === id)
    if (!one) return
    one.failed = ''
    one.share = 0
    one.stop = new AbortController()
    try {
      const stored = await api.file(one.file, { signal: one.stop.signal, onProgress: (share) => (one.share = share) })
      rememberFiles([stored])
      drop(id)
      landed(stored)
    } catch (caught) {
      if (caught instanceof DOMException && caught.name === 'AbortError') return
      const { status, message, detail } = asApiError(caught)
      one.failed = say(status, [message, detail].filter(Boolean).join(' '))
    }
  }
  // One after another: a thin line is not shared among many.
  let queue = Promise.resolve()
  function take(files: Iterable<File>): void {
    for (const file of files) {
      const id = ++last
      sending.value = [...sending.value, { id, file, share: 0, failed: '', stop: new AbortController() }]
      queue = queue.then(() => send(id))
    }
  }
  onScopeDispose(() => sending.value.forEach((each) => each.stop.abort()))
  return { sending, take, drop, again: (id: number) => void send(id) }
}
