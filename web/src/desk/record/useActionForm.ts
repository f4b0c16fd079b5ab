import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import { api, ApiError, newIdempotencyKey } from '@/api'
import type { Action, DryRun, Field, Kind, Outcome } from '@/api/types'
import { askedOf, changeOf, emptyDraft, isUntouched, keepable, lacking, type Draft } from '@/rulebook/asked'
import { useDraft } from '@/shared/useDraft'
import { useSession } from '@/stores/session'

export interface FormTarget {
  kind: Kind
  actions: Action[]
  path: string
  name: string
  version?: number
  given?: Partial<Draft>
}

/** One act being filled in: its draft, what is lacking, what would follow, and the writing of it. */
export function useActionForm({ kind, actions, path, name, version, given }: FormTarget) {
  const session = useSession()
  const asked = askedOf(kind, actions)
  // A record without a unit would be out of sight of whoever enters it.
  const own = session.me
  const placed = Object.entries({ unit: own?.unit, village: own?.village, handler: own?.staff }).filter(
    ([key, value]) => value && actions.some((action) => action.creates) && asked.fields.some(({ field }) => field.key === key),
  ) as [string, string][]
  const draft = ref<Draft>({ ...emptyDraft(), ...given, values: { ...Object.fromEntries(placed), ...given?.values } })
  const { savedAt, restored, drop } = useDraft(session.me?.account ?? '', name, draft, {
    keep: (value) => keepable(asked, value),
    isEmpty: isUntouched,
  })
  const missing = shallowRef<Field[]>([])
  const refused = shallowRef<ApiError | null>(null)
  const failed = shallowRef<ApiError | null>(null)
  const would = shallowRef<DryRun | null>(null)
  const busy = ref<'' | 'try' | 'write'>('')
  let key = newIdempotencyKey()
  let sent = ''

  // What would follow holds only for what was asked; an edit makes it stale.
  watch(
    draft,
    () => {
      would.value = null
      missing.value = missing.value.filter((field) => lacking(asked, draft.value).includes(field))
    },
    { deep: true },
  )

  const onlyWarns = computed(() => !!refused.value?.reasons.length && refused.value.reasons.every((reason) => reason.warns))

  async function send<R>(dryRun: boolean): Promise<R | null> {
    missing.value = lacking(asked, draft.value)
    refused.value = null
    failed.value = null
    if (missing.value.length) {
      await nextTick()
      document.querySelector<HTMLElement>(`[data-field="${missing.value[0]?.key}"] :is(input, select, textarea)`)?.focus()
      return null
    }
    const change = changeOf(draft.value)
    // The key stands for one body: the same is tried again under it, another one gets its own.
    const text = JSON.stringify(change)
    if (!dryRun && sent && sent !== text) key = newIdempotencyKey()
    if (!dryRun) sent = text
    busy.value = dryRun ? 'try' : 'write'
    try {
      return await api.change<R>(path, change, { version, dryRun, idempotencyKey: dryRun ? undefined : key })
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError({ title: String(error), status: -1 })
      // Only what may have been written without our knowing is tried again under its key.
      if (known.status === 422 || known.status === 409) key = newIdempotencyKey()
      if (known.status === 422) refused.value = known
      else failed.value = known
      return null
    } finally {
      busy.value = ''
    }
  }
  async function tryOut(): Promise<void> {
    would.value = await send<DryRun>(true)
  }
  async function write(): Promise<Outcome | null> {
    const outcome = await send<Outcome>(false)
    if (outcome) drop()
    return outcome
  }
  return { asked, draft, savedAt, restored, drop, missing, refused, failed, would, busy, onlyWarns, tryOut, write }
}
