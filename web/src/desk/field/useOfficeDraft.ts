import { computed, shallowRef, watch } from 'vue'
import { asApiError, type ApiError } from '@/api'
import { deskApi } from '@/api/desk'
import type { FieldDraft } from '@/api/deskTypes'
import type { Draft } from '@/rulebook/asked'
import { rememberFiles } from '@/shared/knownFiles'

/** A note from outside in the ordinary form: nothing is typed twice. `source` says where it comes from. */
export function useOfficeDraft(id: () => string, source: (draft: FieldDraft) => string) {
  const draft = shallowRef<FieldDraft | null>(null)
  const error = shallowRef<ApiError | null>(null)
  async function load(): Promise<void> {
    draft.value = error.value = null
    if (!id()) return
    try {
      const answer = await deskApi.draft(id())
      rememberFiles(answer.files)
      draft.value = answer
    } catch (caught) {
      error.value = asApiError(caught)
    }
  }
  watch(id, () => void load(), { immediate: true })
  const given = computed<Partial<Draft> | undefined>(() =>
    draft.value
      ? { values: draft.value.values, rows: draft.value.rows, way: 'registered', day: draft.value.day, source: source(draft.value) }
      : undefined,
  )
  return { draft, error, given, load }
}
