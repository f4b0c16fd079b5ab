import type { OrgItem, Orgs } from '@/api/adminTypes'
import type { Key } from '@/api/types'

/** Organisations under the types of the rulebook, in its order; what has ended comes last within each. */
export function byType({ items, types }: Orgs): (Key & { items: OrgItem[] })[] {
  const known = new Set(types.map((type) => type.key))
  const rest = [...new Set(items.filter((org) => !known.has(org.type)).map((org) => org.type))].map((key) => ({
    key,
    label: items.find((org) => org.type === key)?.type_label ?? key,
  }))
  return [...types, ...rest]
    .map((type) => ({ ...type, items: items.filter((org) => org.type === type.key).sort((a, b) => Number(!!a.until) - Number(!!b.until)) }))
    .filter((group) => group.items.length)
}
