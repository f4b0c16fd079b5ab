import type { Field, Kind } from '@/api/types'

/** The link that a new record of the kind asks for and that may lead to the record at hand ("mediation/12"). */
export function linkTo(kind: Kind, record: string): Field | undefined {
  const create = kind.actions.find((action) => action.creates)
  const asked = [...(create?.needs ?? []), ...(create?.asks ?? [])].map((each) => each.field)
  const target = record.split('/')[0] ?? ''
  const fits = (field: Field): boolean =>
    (field.type === 'link' || field.type === 'links') &&
    asked.includes(field.key) &&
    (!field.to?.length || field.to.includes('any') || field.to.includes(target))
  return kind.fields.find((field) => fits(field) && field.to?.includes(target)) ?? kind.fields.find(fits)
}

/** The kinds of which a person may begin a record that leads to the one at hand. */
export const beginsFrom = (kinds: Iterable<Kind>, record: string): Kind[] =>
  [...kinds].filter((kind) => kind.may_create && linkTo(kind, record))
