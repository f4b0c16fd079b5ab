import type { DraftBody } from '@/api/deskTypes'

/** A note that has not reached the office yet. The key is its one sending: the server takes it once, however often it arrives. */
export interface Unsent extends DraftBody {
  key: string
  account: string
  label: string
  at: string
  photos: { name: string; blob: Blob }[]
  /** Why the server will not have it as it is; empty: it only waits for the network. */
  failed: string
}

const name = 'zs-outbox'
const store = 'notes'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: 'key' })
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error(name))
  })
}
async function within<T>(mode: IDBTransactionMode, work: (notes: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode)
      const asked = work(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(asked.result)
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error(store))
    })
  } finally {
    database.close()
  }
}

/** Notes in this browser, with their photos, until they are sent: closing the page or losing the network loses none. */
export const outbox = {
  all: async (account: string): Promise<Unsent[]> =>
    (await within<Unsent[]>('readonly', (notes) => notes.getAll() as IDBRequest<Unsent[]>))
      .filter((note) => note.account === account)
      .sort((a, b) => a.at.localeCompare(b.at)),
  put: (note: Unsent) => within('readwrite', (notes) => notes.put(note)),
  drop: (key: string) => within('readwrite', (notes) => notes.delete(key)),
}
