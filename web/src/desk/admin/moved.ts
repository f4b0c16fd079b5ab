import type { Moved } from '@/api/adminTypes'

/** By ledger, in the order in which they come. */
export function movedByKind(moved: Moved[]): { kind: string; label: string; items: Moved[] }[] {
  const groups = new Map<string, { kind: string; label: string; items: Moved[] }>()
  for (const each of moved) {
    const group = groups.get(each.kind) ?? { kind: each.kind, label: each.kind_label, items: [] }
    group.items.push(each)
    groups.set(each.kind, group)
  }
  return [...groups.values()]
}

/** The list in one sentence, to be sent to somebody. */
export function movedSentence(
  moved: Moved[],
  { what, lead, line }: { what: string; lead: (what: string, n: number) => string; line: (each: Moved) => string },
): string {
  return (
    lead(what, moved.length) +
    movedByKind(moved)
      .map((group) => `${group.label} ${group.items.map(line).join('；')}`)
      .join('。') +
    '。'
  )
}
