import { computed } from 'vue'
import { admin } from '@/api/admin'
import type { Key } from '@/api/types'
import { useAsync } from '@/shared/useAsync'
import { useRulebook } from '@/stores/rulebook'

/** Every ledger of the town by name: the rulebook answers only those that one reads, and an administrator reads none. */
export function useKinds() {
  const rulebook = useRulebook()
  const homes = useAsync(() => admin.homes())
  void homes.run()
  const all = computed<Key[]>(() => {
    const own = (rulebook.book?.kinds ?? []).map(({ key, label }) => ({ key, label }))
    const others = (homes.data.value?.items ?? []).map(({ kind, label }) => ({ key: kind, label }))
    return [...own, ...others.filter((each) => !own.some((one) => one.key === each.key))]
  })
  const groups = computed(() => {
    const parts = (rulebook.book?.parts ?? []).map((part) => ({
      ...part,
      kinds: all.value.filter((kind) => rulebook.kindOf(kind.key)?.part === part.key),
    }))
    const rest = all.value.filter((kind) => !parts.some((part) => part.kinds.includes(kind)))
    return [...parts, { key: '', label: '', kinds: rest }].filter((part) => part.kinds.length)
  })
  const labelOf = (key: string) => all.value.find((kind) => kind.key === key)?.label ?? key
  return { all, groups, labelOf, error: homes.error, loading: homes.loading, run: homes.run }
}
