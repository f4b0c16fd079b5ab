import { ref, shallowRef } from 'vue'
import { asApiError, type ApiError } from '@/api'

/** One thing that somebody set going: whether it is under way, and what went wrong with it. */
export function useTask() {
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)
  async function run<T>(work: () => Promise<T>): Promise<T | undefined> {
    busy.value = true
    error.value = null
    try {
      return await work()
    } catch (caught) {
      error.value = asApiError(caught)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, error, run }
}
