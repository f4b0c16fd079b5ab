import { computed } from 'vue'
import type { Kind } from '@/api/types'
import { useRulebook } from '@/stores/rulebook'
import { useSession } from '@/stores/session'

export interface Part {
  key: string
  label: string
  kinds: Kind[]
}

/** The parts of the rulebook with the kinds that this person may read; empty parts are left out. */
export function useParts() {
  const rulebook = useRulebook()
  const session = useSession()
  return computed<Part[]>(() => {
    const reads = new Set(session.me?.reads ?? [])
    const kinds = (rulebook.book?.kinds ?? []).filter((kind) => reads.has(kind.key))
    const parts = rulebook.book?.parts ?? []
    const rest = kinds.filter((kind) => !parts.some((part) => part.key === kind.part))
    return [
      ...parts.map((part) => ({ ...part, kinds: kinds.filter((kind) => kind.part === part.key) })),
      { key: '', label: '', kinds: rest },
    ].filter((part) => part.kinds.length)
  })
}
