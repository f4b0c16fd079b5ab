import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, ApiError } from '@/api'
import type { Kind, Rulebook } from '@/api/types'

const bare = (text: string) => text.replace(/[《》\s]/g, '')

/** The rulebook as the server answers it: everything that is drawn of a kind comes from here. */
export const useRulebook = defineStore('rulebook', () => {
  const book = shallowRef<Rulebook | null>(null)
  const error = shallowRef<ApiError | null>(null)
  let loading: Promise<void> | null = null

  const kinds = computed(() => new Map((book.value?.kinds ?? []).map((kind) => [kind.key, kind])))
  const staffNames = computed(() => new Map((book.value?.staff ?? []).map((each) => [each.key, each.name])))
  const orgNames = computed(() => new Map((book.value?.orgs ?? []).map((each) => [each.key, each.name])))
  /** Citation → its rules, so that a law named anywhere can be opened. An article may carry several. */
  const rulesByLaw = computed(() => {
    const made = new Map<string, string[]>()
    for (const [id, rule] of Object.entries(book.value?.rules ?? {})) made.set(bare(rule.law), [...(made.get(bare(rule.law)) ?? []), id])
    return made
  })

  async function load(): Promise<void> {
    loading ??= api.rulebook().then((answer) => {
      book.value = answer
    })
    try {
      await loading
      error.value = null
    } catch (caught) {
      loading = null
      error.value = caught instanceof ApiError ? caught : new ApiError({ title: String(caught), status: -1 })
    }
  }
  /** Reads it anew and keeps the old one meanwhile: somebody or something has been added. */
  async function reload(): Promise<void> {
    loading = null
    await load()
  }
  function forget(): void {
    book.value = null
    loading = null
  }
  function kindOf(key: string): Kind | undefined {
    return kinds.value.get(key)
  }
  function rulesOf(law: string): string[] {
    return rulesByLaw.value.get(bare(law)) ?? []
  }
  return { book, error, kinds, staffNames, orgNames, load, reload, forget, kindOf, rulesOf }
})
