import { computed, ref } from 'vue'
import { api, asApiError, newIdempotencyKey } from '@/api'
import type { Reason, Row, Value } from '@/api/types'

export type RowState = 'waiting' | 'skipped' | 'running' | 'done' | 'refused' | 'failed'
export interface BulkRow {
  row: Row
  state: RowState
  says: string
  reasons: Reason[]
  key: string
}

/** One field filled in on many records: each is an entry of its own, and one that is refused stops no other. What an act has fixed the server refuses here: it is corrected, with a reason. */
export function useBulkEdit(rows: Row[], field: string) {
  const valueOf = (row: Row): unknown => (row as unknown as Record<string, unknown>)[field]
  const items = ref<BulkRow[]>(rows.map((row) => ({ row, state: 'waiting', says: '', reasons: [], key: newIdempotencyKey() })))
  const running = ref(false)
  const stopped = ref(false)
  const todo = computed(() => items.value.filter((item) => item.state === 'waiting' || item.state === 'failed'))
  const done = computed(() => items.value.filter((item) => item.state === 'done').length)
  const settled = computed(() => items.value.filter((item) => item.state !== 'waiting' && item.state !== 'running').length)
  async function run(value: Value, reason = ''): Promise<void> {
    running.value = true
    stopped.value = false
    for (const item of [...todo.value]) {
      if (stopped.value) break
      // Whoever has it already needs no entry.
      if (valueOf(item.row) === value) {
        item.state = 'skipped'
        continue
      }
      item.state = 'running'
      try {
        item.reasons = []
        item.says = ''
        await api.amend(
          item.row.kind,
          String(item.row.id),
          'edit',
          { values: { [field]: value }, ...(reason ? { reason } : {}) },
          { version: item.row.version, idempotencyKey: item.key },
        )
        item.state = 'done'
      } catch (caught) {
        const error = asApiError(caught)
        item.state = error.status === 422 ? 'refused' : 'failed'
        item.says = error.detail || error.message
        item.reasons = error.reasons
        // Without a server nothing further will go through either.
        if (error.status === 0) stopped.value = true
      }
    }
    running.value = false
  }
  return { items, running, todo, done, settled, run, stop: () => (stopped.value = true) }
}
