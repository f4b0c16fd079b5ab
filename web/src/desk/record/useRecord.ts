import { computed, ref, shallowRef, watch } from 'vue'
import { api, ApiError } from '@/api'
import type { Act, Entry, Rec } from '@/api/types'
import { rememberFiles } from '@/shared/knownFiles'
import { useRulebook } from '@/stores/rulebook'

export type Amending = 'correct' | 'edit' | 'void' | 'undo'

/** A record with its acts and its history; on an earlier day only as it stood then. */
export function useRecord(kind: () => string, id: () => string, asOf: () => string) {
  const rulebook = useRulebook()
  const record = shallowRef<Rec | null>(null)
  const acts = shallowRef<Act[] | null>(null)
  const history = shallowRef<Entry[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  let turn = 0

  async function load(): Promise<void> {
    const mine = ++turn
    loading.value = true
    error.value = null
    try {
      const [nowRecord, nowActs, nowHistory] = await Promise.all([
        api.record(kind(), id(), asOf() || undefined),
        asOf() ? { items: [] } : api.actions(kind(), id()),
        asOf() ? { items: [] } : api.history(kind(), id()),
      ])
      if (mine !== turn) return
      record.value = nowRecord
      rememberFiles(nowRecord.fields.flatMap((field) => field.files ?? []))
      acts.value = nowActs.items
      history.value = nowHistory.items
    } catch (caught) {
      if (mine === turn) error.value = caught instanceof ApiError ? caught : new ApiError({ title: String(caught), status: -1 })
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  watch(
    [kind, id, asOf],
    ([k, i], before) => {
      if (before && (before[0] !== k || before[1] !== i)) record.value = acts.value = history.value = null
      void load()
    },
    { immediate: true },
  )
  return { record, acts, history, error, loading, kindDef: computed(() => rulebook.kindOf(kind())), load }
}
