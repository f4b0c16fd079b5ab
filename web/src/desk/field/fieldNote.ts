import type { DraftBody, FieldAsk, FieldForm } from '@/api/deskTypes'
import type { Field, Value, Values } from '@/api/types'
import { isBlank } from '@/rulebook/asked'

/** What somebody fills in outside: one value for each thing asked, several for a column of rows. */
export type Filled = Record<string, (Value | undefined)[]>

export const emptyNote = (form: FieldForm): Filled => Object.fromEntries(form.asks.map((ask) => [ask.path, [undefined]]))

/** Kept and sent as the API takes it; what is blank is left out. */
export function bodyOf(form: FieldForm, day: string, filled: Filled): DraftBody {
  const values: Values = {}
  const rows: Record<string, Values[]> = {}
  for (const { path, rows: table, field } of form.asks) {
    const given = (filled[path] ?? []).filter((value): value is Value => !isBlank(value))
    if (table) given.forEach((value, i) => ((rows[table] ??= [])[i] = { ...rows[table]?.[i], [field.key]: value }))
    else if (given[0] !== undefined) values[path] = given[0]
  }
  return { kind: form.kind, day, values, rows }
}
export const isEmptyNote = (form: FieldForm, filled: Filled): boolean => form.asks.every(({ path }) => (filled[path] ?? []).every(isBlank))

/** A note as it was sent, to be mended and sent again. */
export function filledOf(form: FieldForm, body: { values: Values; rows: Record<string, Values[]> }): Filled {
  return Object.fromEntries(
    form.asks
      .map(({ path, rows, field }) => [path, rows ? (body.rows[rows] ?? []).map((row) => row[field.key]) : [body.values[path]]])
      .map(([path, given]) => [path, (given as unknown[]).length ? given : [undefined]]),
  ) as Filled
}

/** On a phone a party is a name: the office asks for the rest. A column says of which rows it is. */
export function phoneField({ field, rows_label }: FieldAsk): Field {
  const label = rows_label && rows_label !== field.label ? `${rows_label} · ${field.label}` : field.label
  return field.type === 'party'
    ? { ...field, label, asks: ['name', ...(field.asks?.includes('phone') ? ['phone'] : [])] }
    : { ...field, label }
}
