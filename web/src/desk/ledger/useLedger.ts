import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, ApiError } from '@/api'
import type { RecordPage, Row, View } from '@/api/types'

export const views: View[] = ['open', 'overdue', 'mine', 'closed', 'all']
export const filterKeys = ['state', 'village', 'unit', 'handler', 'year', 'q'] as const
export type FilterKey = (typeof filterKeys)[number]
export type Sort = 'due' | 'opened' | 'number'
export type Filters = Partial<Record<FilterKey, string>>
const limit = 100

/** A ledger as its address says: view, filters and order stand in the query, pages come as one scrolls. */
export function useLedger(kind: () => string) {
  const route = useRoute()
  const router = useRouter()
  const text = (key: string): string | undefined => {
    const value = route.query[key]
    return typeof value === 'string' && value ? value : undefined
  }
  const view = computed<View>(() => views.find((each) => each === text('view')) ?? 'open')
  const sort = computed<Sort>(
    () =>
      (['due', 'opened', 'number'] as const).find((each) => each === text('sort')) ??
      (view.value === 'closed' || view.value === 'all' ? 'opened' : 'due'),
  )
  const filters = computed<Filters>(() => Object.fromEntries(filterKeys.flatMap((key) => (text(key) ? [[key, text(key)]] : []))))

  const rows = shallowRef<Row[]>([])
  const counts = shallowRef<RecordPage['counts']>(null)
  const next = ref<string | null>(null)
  const loading = ref(false)
  const fresh = ref(true)
  const error = shallowRef<ApiError | null>(null)
  let stop = new AbortController()

  async function load(after?: string): Promise<void> {
    if (!after) stop.abort()
    if (!after || stop.signal.aborted) stop = new AbortController()
    const { signal } = stop
    loading.value = true
    error.value = null
    try {
      const page = await api.records(kind(), { view: view.value, sort: sort.value, ...filters.value, after, limit }, signal)
      if (signal.aborted) return
      rows.value = after ? [...rows.value, ...page.items] : page.items
      next.value = page.next ?? null
      if (page.counts) counts.value = page.counts
      fresh.value = false
    } catch (caught) {
      if (signal.aborted) return
      error.value = caught instanceof ApiError ? caught : new ApiError({ title: String(caught), status: -1 })
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }
  function more(): void {
    if (next.value && !loading.value) void load(next.value)
  }
  function set(change: Record<string, string | undefined>): void {
    void router.replace({ query: { ...route.query, pick: undefined, ...change } })
  }
  const clear = () => void router.replace({ query: { view: view.value } })

  watch(
    [kind, view, sort, filters],
    ([nowKind], before) => {
      if (nowKind !== before?.[0]) {
        rows.value = []
        counts.value = null
        fresh.value = true
      }
      if (nowKind) void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => stop.abort())
  return { view, sort, filters, rows, counts, next, loading, fresh, error, load, more, set, clear }
}
