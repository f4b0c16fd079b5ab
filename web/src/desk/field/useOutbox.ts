import { onMounted, onScopeDispose, shallowRef } from 'vue'
import { api, asApiError } from '@/api'
import { deskApi } from '@/api/desk'
import type { Value } from '@/api/types'
import { outbox, type Unsent } from './outbox'

const againMs = 20_000

/** Sends what lies in the outbox, in order, when there is a network: at once, when it comes back, and now and then. */
export function useOutbox(account: string, arrived: () => void) {
  const unsent = shallowRef<Unsent[]>([])
  const sending = shallowRef('')
  let running: Promise<void> | null = null

  async function post(note: Unsent): Promise<void> {
    const digests: Value[] = []
    for (const photo of note.photos)
      digests.push((await api.file(new File([photo.blob], photo.name, { type: photo.blob.type }), {})).digest)
    const values = digests.length ? { ...note.values, attachments: digests } : note.values
    await deskApi.sendDraft({ kind: note.kind, day: note.day, values, rows: note.rows }, note.key)
  }
  async function sendAll(): Promise<void> {
    for (const note of await outbox.all(account)) {
      if (note.failed) continue
      sending.value = note.key
      try {
        await post(note)
        await outbox.drop(note.key)
        arrived()
      } catch (caught) {
        const error = asApiError(caught)
        // Only what the server itself will not have needs its writer; all else is tried again.
        if (error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 429)
          await outbox.put({ ...note, failed: error.detail || error.message })
        else break
      } finally {
        sending.value = ''
        unsent.value = await outbox.all(account)
      }
    }
  }
  function flush(): Promise<void> {
    running ??= sendAll().finally(() => (running = null))
    return running
  }
  async function add(note: Unsent): Promise<void> {
    await outbox.put(note)
    unsent.value = await outbox.all(account)
    // One that is being sent may have read the box before this note lay in it.
    await running
    void flush()
  }
  async function drop(key: string): Promise<void> {
    await outbox.drop(key)
    unsent.value = await outbox.all(account)
  }
  const online = (): void => void flush()
  const timer = window.setInterval(() => unsent.value.length && void flush(), againMs)
  onMounted(async () => {
    addEventListener('online', online)
    unsent.value = await outbox.all(account)
    void flush()
  })
  onScopeDispose(() => {
    removeEventListener('online', online)
    window.clearInterval(timer)
  })
  return { unsent, sending, add, drop, flush }
}
