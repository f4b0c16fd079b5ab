import { onScopeDispose, ref, shallowRef } from 'vue'
import { asApiError, type ApiError } from '@/api'
import { admin } from '@/api/admin'
import type { ImportAsk, ImportJob } from '@/api/importTypes'
import { useSession } from '@/stores/session'
import { keepJob, keptJob, type KeptJob } from './importing'

/** The entering itself: the server goes on with it when the page is left, and here it is found again. */
export function useImportJob() {
  const account = useSession().me?.account ?? ''
  const kept = shallowRef<KeptJob | null>(keptJob(account))
  const job = shallowRef<ImportJob | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const starting = ref(false)
  let timer = 0
  async function poll(): Promise<void> {
    window.clearTimeout(timer)
    if (!kept.value) return
    try {
      job.value = await admin.job(kept.value.job)
      error.value = null
      if (job.value.state === 'running') timer = window.setTimeout(() => void poll(), 1000)
    } catch (caught) {
      error.value = asApiError(caught)
      // A job that the server no longer knows is over; a server that cannot be reached is asked again.
      if (error.value.status === 404) forget()
      else timer = window.setTimeout(() => void poll(), 4000)
    }
  }
  async function start(ask: ImportAsk, name: string): Promise<void> {
    starting.value = true
    error.value = null
    try {
      const { job: number } = await admin.enter(ask)
      kept.value = { job: number, name, kind: ask.kind }
      keepJob(account, kept.value)
      job.value = null
      await poll()
    } catch (caught) {
      error.value = asApiError(caught)
    } finally {
      starting.value = false
    }
  }
  function forget(): void {
    window.clearTimeout(timer)
    keepJob(account, null)
    kept.value = job.value = null
  }
  if (kept.value) void poll()
  onScopeDispose(() => window.clearTimeout(timer))
  return { kept, job, error, starting, start, forget, poll }
}
