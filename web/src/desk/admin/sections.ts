/** What stands under 管理, in the order in which it is looked for. */
export const groups = [
  { key: 'self', sections: ['own'] },
  { key: 'persons', sections: ['people', 'orgs', 'why'] },
  { key: 'rules', sections: ['settings', 'homes', 'rulebook', 'laws', 'adopt'] },
  { key: 'proofs', sections: ['verify', 'audit', 'failed'] },
] as const
export type Section = (typeof groups)[number]['sections'][number]
export const sections: Section[] = groups.flatMap((group) => [...group.sections])
export const sectionOf = (name?: string): Section => sections.find((each) => each === name) ?? 'own'

export type Right = 'manages' | 'grants' | 'audits'
