import type { Field, Staff, Value, Values } from '@/api/types'
import { isBlank, type AskedTable } from './asked'

/** Rows that are a list of people: told by a column that names somebody of the staff or a party, not by any name of a kind. */
export function personColumn(table: AskedTable): Field | undefined {
  const people = table.columns.map(({ field }) => field).filter((field) => field.type === 'staff' || field.type === 'party')
  // Two columns of people are roles in a matter, not a list of who came.
  return people.length === 1 && table.columns[0]?.field === people[0] ? people[0] : undefined
}

export interface Words {
  absent: RegExp
  present: RegExp
}
/** "缺席、未到" → whatever has one of them in it. */
export const anyOf = (words: string): RegExp =>
  new RegExp(
    words
      .split('、')
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
    'i',
  )
/** How an absence is noted: left out, or kept in with a flag, and where its reason goes. */
export interface Noting {
  flag?: string
  value?: boolean
  note?: string
}
/** A first guess, by what the rulebook calls its columns; whoever fills the form may choose otherwise. */
export function notingOf(table: AskedTable, { absent, present }: Words): Noting {
  const columns = table.columns.map(({ field }) => field)
  const flags = columns.filter((field) => field.type === 'flag')
  const note = columns.find((field) => (field.type === 'note' || field.type === 'text') && absent.test(field.label))?.key
  const gone = flags.find((field) => absent.test(field.label))
  if (gone) return { flag: gone.key, value: true, note }
  const came = flags.find((field) => present.test(field.label))
  if (came) return { flag: came.key, value: false, note }
  return { note }
}

export interface Attendee {
  key: string
  name: string
  of: string
  absent: boolean
  why: string
  known: boolean
}

/** Somebody of the register who is in this unit, or everybody. */
export function fromRegister(staff: Staff[], unit: string, unitName: (key: string) => string): Attendee[] {
  return staff
    .filter((each) => !unit || each.unit === unit)
    .map((each) => ({ key: each.key, name: each.name, of: unitName(each.unit ?? ''), absent: false, why: '', known: true }))
}

/** Names as they are pasted: one a line, or parted by commas; a heading and numbers before names fall away. */
export function namesOf(text: string): string[] {
  const cells = text.split(/[\r\n\t、，,;；]+/).map((cell) =>
    cell
      .replace(/^\s*\d+[.、)）]?\s*/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  const heading = /^(姓名|名字|人员|序号|name|no\.?)$/i
  return [...new Set(cells.filter((cell) => cell && !heading.test(cell)))]
}
/** Pasted names, with those of the register found by name; the same name twice in the register is left for a person to settle. */
export function fromNames(names: string[], staff: Staff[], unitName: (key: string) => string): Attendee[] {
  return names.map((name) => {
    const bare = name.replace(/\s/g, '')
    const found = staff.filter((each) => each.name.replace(/\s/g, '') === bare)
    const one = found.length === 1 ? found[0] : undefined
    return {
      key: one?.key ?? '',
      name: one?.name ?? name,
      of: one ? unitName(one.unit ?? '') : '',
      absent: false,
      why: '',
      known: one !== undefined,
    }
  })
}

/** The list as rows of the form. Whoever is absent is left out, or kept in and marked, as it was chosen. */
export function rowsOf(list: Attendee[], person: Field, noting: Noting): Values[] {
  const nameOf = (each: Attendee): Value => (person.type === 'staff' ? each.key : { name: each.name })
  const keepsAbsent = noting.flag !== undefined
  return list
    .filter((each) => (person.type !== 'staff' || each.known) && (!each.absent || keepsAbsent))
    .map((each): Values => ({
      [person.key]: nameOf(each),
      ...(noting.flag === undefined ? {} : { [noting.flag]: each.absent === noting.value }),
      ...(each.absent && noting.note && each.why.trim() ? { [noting.note]: each.why.trim() } : {}),
    }))
}

/** Rows that are already there stay; those of the list take their place by the same person, the others follow. */
export function merged(there: Values[], added: Values[], person: string): Values[] {
  const who = (row: Values) => JSON.stringify(row[person] ?? null)
  const fresh = new Map(added.map((row) => [who(row), row]))
  const kept = there
    .filter((row) => Object.values(row).some((value) => !isBlank(value)))
    .map((row) => {
      const same = fresh.get(who(row))
      fresh.delete(who(row))
      return same ? { ...row, ...same } : row
    })
  return [...kept, ...fresh.values()]
}

/** A field of the form in which the absent may be told in words, if the kind has one. */
export function absenceField(fields: Field[], { absent }: Pick<Words, 'absent'>): Field | undefined {
  return fields.find((field) => (field.type === 'note' || field.type === 'text') && absent.test(field.label))
}
/** Who is absent, in words: "张某某（出差）、李某某". */
export const absentText = (list: Attendee[]): string =>
  list
    .filter((each) => each.absent)
    .map((each) => each.name + (each.why.trim() ? `（${each.why.trim()}）` : ''))
    .join('、')
