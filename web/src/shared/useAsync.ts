import { ref, shallowRef } from 'vue'
import { ApiError } from '@/api'

/** One thing that is fetched: the last answer stays while a newer one is on its way. */
export function useAsync<T, A extends unknown[]>(fetcher: (...args: A) => Promise<T>) {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  let turn = 0
  async function run(...args: A): Promise<void> {
    const mine = ++turn
    loading.value = true
    error.value = null
    try {
      const answer = await fetcher(...args)
      if (mine === turn) data.value = answer
    } catch (caught) {
      if (mine !== turn || (caught instanceof DOMException && caught.name === 'AbortError')) return
      error.value = caught instanceof ApiError ? caught : new ApiError({ title: String(caught), status: -1 })
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  return { data, error, loading, run }
}
