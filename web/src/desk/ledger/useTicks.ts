import { computed, shallowRef, watch } from 'vue'
import type { Row } from '@/api/types'

/** The rows that are ticked, by their ids: further pages keep them, another ledger lets go of them. */
export function useTicks(rows: () => Row[], reset: () => unknown) {
  const ids = shallowRef<ReadonlySet<number>>(new Set())
  const ticked = computed(() => rows().filter((row) => ids.value.has(row.id)))
  function toggle(id: number): void {
    const next = new Set(ids.value)
    if (!next.delete(id)) next.add(id)
    ids.value = next
  }
  /** From one row to another, both included. */
  function range(from: number, to: number): void {
    const all = rows()
    const [low, high] = from < to ? [from, to] : [to, from]
    ids.value = new Set([...ids.value, ...all.slice(low, high + 1).map((row) => row.id)])
  }
  const all = computed(() => rows().length > 0 && ticked.value.length === rows().length)
  const toggleAll = () => (ids.value = all.value ? new Set() : new Set(rows().map((row) => row.id)))
  const clear = () => (ids.value = new Set())
  watch(reset, clear)
  return { ids, ticked, all, toggle, toggleAll, range, clear }
}
