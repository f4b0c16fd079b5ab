import { computed, ref, shallowRef, watch } from 'vue'
import { ApiError, asApiError, newIdempotencyKey } from '@/api'
import { deskApi } from '@/api/desk'
import type { BulkItem } from '@/api/deskTypes'
import type { Action, Field, Kind, Row } from '@/api/types'
import { askedOf, changeOf, emptyDraft, lacking, type Draft } from '@/rulebook/asked'

/** One act on many records: filled in once, tried on each, carried out on those that it passes. */
export function useBulkAct(kind: Kind, action: Action, rows: Row[]) {
  const asked = { ...askedOf(kind, [action]), edits: [] }
  const draft = ref<Draft>(emptyDraft())
  const missing = shallowRef<Field[]>([])
  const tried = shallowRef<BulkItem[] | null>(null)
  const done = shallowRef<BulkItem[] | null>(null)
  const failed = shallowRef<ApiError | null>(null)
  const busy = ref<'' | 'try' | 'write'>('')
  let key = newIdempotencyKey()
  let sent = ''

  const passed = computed(() => !!draft.value.pass.reason && !!draft.value.pass.signer)
  const going = computed(() =>
    (tried.value ?? []).filter((item) => item.outcome === 'passes' || (item.outcome === 'warns' && passed.value)),
  )
  const warns = computed(() => (tried.value ?? []).some((item) => item.outcome === 'warns'))
  // Passing warnings changes nothing of what was tried; all else does.
  watch(
    () => JSON.stringify({ ...draft.value, pass: null }),
    () => (tried.value = null),
  )

  const records = (of: { id: number }[]) =>
    of.flatMap(({ id }) => rows.filter((row) => row.id === id).map((row) => ({ id: row.id, version: row.version })))
  async function send(items: { id: number }[], dryRun: boolean): Promise<BulkItem[] | null> {
    const body = { ...changeOf(draft.value), records: records(items) }
    const text = JSON.stringify(body)
    // The key stands for one body: the same is tried again under it.
    if (!dryRun && sent !== text) key = newIdempotencyKey()
    if (!dryRun) sent = text
    busy.value = dryRun ? 'try' : 'write'
    failed.value = null
    try {
      return (await deskApi.bulk(kind.key, action.key, body, { dryRun, key: dryRun ? undefined : key })).items
    } catch (caught) {
      failed.value = asApiError(caught)
      return null
    } finally {
      busy.value = ''
    }
  }
  async function tryOut(): Promise<void> {
    missing.value = lacking(asked, draft.value)
    if (missing.value.length) return
    tried.value = await send(rows, true)
  }
  async function write(): Promise<void> {
    const before = tried.value
    const came = await send(going.value, false)
    if (!came || !before) return
    const news = new Map(came.map((item) => [item.id, item]))
    done.value = before.map((item) => news.get(item.id) ?? item)
  }
  return { asked, draft, missing, tried, done, failed, busy, going, warns, tryOut, write }
}
