import { ref, shallowRef } from 'vue'
import { asApiError, type ApiError } from '@/api'
import type { Adopted } from '@/api/adminTypes'
import type { Fault } from '@/api/types'

/** A text that is to be adopted: tried first, then written; its faults are no error but its answer. */
export function useAdopting(send: (dryRun: boolean) => Promise<Adopted>) {
  const busy = ref<'' | 'try' | 'write'>('')
  const would = shallowRef<Adopted | null>(null)
  const written = shallowRef<Adopted | null>(null)
  const faults = shallowRef<{ title: string; items: Fault[] } | null>(null)
  const error = shallowRef<ApiError | null>(null)
  function stale(): void {
    would.value = written.value = faults.value = error.value = null
  }
  async function go(dryRun: boolean): Promise<boolean> {
    busy.value = dryRun ? 'try' : 'write'
    faults.value = error.value = null
    try {
      const answer = await send(dryRun)
      if (dryRun) would.value = answer
      else written.value = answer
      return true
    } catch (caught) {
      const known = asApiError(caught)
      would.value = null
      if (known.status === 422)
        faults.value = {
          title: known.detail || known.message,
          items: known.faults.length ? known.faults : [{ place: '', says: known.detail || known.message }],
        }
      else error.value = known
      return false
    } finally {
      busy.value = ''
    }
  }
  return { busy, would, written, faults, error, stale, go }
}
