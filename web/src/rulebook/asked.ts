import type { Action, Change, Field, Key, Kind, Value, Values } from '@/api/types'

export type Need = 'need' | 'maybe' | 'ask'
export interface Asked {
  field: Field
  need: Need
}
export interface AskedTable {
  field: Field
  columns: Asked[]
}
export interface EditedTable {
  field: Field
  columns: Field[]
}
export interface AskedForm {
  fields: Asked[]
  adds: AskedTable[]
  edits: EditedTable[]
  numbers: (Key & { need: Need })[]
}

/** Where a record belongs: every record has these, and the API lists and filters by them. */
export const placing = ['unit', 'village', 'handler']

/** What a form asks for one act, or for the steps of a quick form: each field once, needed before asked. */
export function askedOf(kind: Kind, actions: Action[]): AskedForm {
  const wanted = new Map<string, Need>()
  const rank: Record<Need, number> = { need: 0, maybe: 1, ask: 2 }
  for (const action of actions) {
    const asks: [string, Need][] = [
      ...(action.needs ?? []).map((ask): [string, Need] => [ask.field, ask.conditional ? 'maybe' : 'need']),
      ...(action.asks ?? []).map((ask): [string, Need] => [ask.field, 'ask']),
    ]
    for (const [key, need] of asks) {
      const before = wanted.get(key)
      if (before === undefined || rank[need] < rank[before]) wanted.set(key, need)
    }
  }
  if (actions.some((action) => action.creates))
    for (const key of placing) if (!wanted.has(key) && kind.fields.some((field) => field.key === key)) wanted.set(key, 'ask')
  const fieldOf = (key: string): Field | undefined => kind.fields.find((field) => field.key === key)
  const tables = new Set(actions.flatMap((action) => action.adds ?? []))
  const numbers: AskedForm['numbers'] = []
  const fields: Asked[] = []
  for (const [key, need] of wanted) {
    if (key.includes('.')) continue
    const number = kind.numbers?.find((each) => each.key === key)
    const field = fieldOf(key)
    if (field?.type === 'rows') tables.add(key)
    else if (field && !field.computed) fields.push({ field, need })
    else if (number) numbers.push({ key, label: number.label, need })
    else if (!field) fields.push({ field: { key, label: key, type: 'text' }, need })
  }
  const columnsOf = (table: Field): Asked[] =>
    (table.columns ?? [])
      .filter((column) => !column.computed)
      .map((column) => ({ field: column, need: wanted.get(`${table.key}.${column.key}`) ?? 'ask' }))
  const adds = [...tables].flatMap((key): AskedTable[] => {
    const field = fieldOf(key)
    return field ? [{ field, columns: columnsOf(field) }] : []
  })
  const edits = actions
    .flatMap((action) => Object.entries(action.edits ?? {}))
    .flatMap(([key, columns]): EditedTable[] => {
      const field = fieldOf(key)
      return field ? [{ field, columns: (field.columns ?? []).filter((column) => columns.includes(column.key)) }] : []
    })
  return { fields: fields.sort((a, b) => rank[a.need] - rank[b.need]), adds, edits, numbers }
}

export interface Draft {
  values: Values
  rows: Record<string, Values[]>
  edits: Record<string, Record<string, Values>>
  numbers: Record<string, string>
  way: 'done' | 'registered'
  day: string
  decider: string
  signed_paper: string
  source: string
  pass: { reason: string; signer: string }
}
export const emptyDraft = (): Draft => ({
  values: {},
  rows: {},
  edits: {},
  numbers: {},
  way: 'done',
  day: '',
  decider: '',
  signed_paper: '',
  source: '',
  pass: { reason: '', signer: '' },
})

export function isBlank(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.values(value).every(isBlank)
}
export const filled = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)))

/** Whether anything has been filled in that would be a loss. */
export function isUntouched(draft: Draft): boolean {
  return (
    !Object.keys(filled(draft.values)).length &&
    Object.values(draft.rows).every((rows) => rows.every((row) => !Object.keys(filled(row)).length)) &&
    !draft.source &&
    !draft.signed_paper
  )
}

/** A draft as the API takes it: without what is blank. */
export function changeOf(draft: Draft): Change {
  const rows = Object.fromEntries(
    Object.entries(draft.rows)
      .map(([key, list]) => [key, list.map(filled).filter((row) => Object.keys(row).length)])
      .filter(([, list]) => (list as Values[]).length),
  )
  const edits = Object.fromEntries(
    Object.entries(draft.edits)
      .map(([key, table]) => [
        key,
        Object.fromEntries(
          Object.entries(table)
            .map(([number, row]) => [number, filled(row)])
            .filter(([, row]) => Object.keys(row as Values).length),
        ),
      ])
      .filter(([, table]) => Object.keys(table as object).length),
  )
  const numbers = Object.fromEntries(Object.entries(draft.numbers).filter(([, text]) => text.trim()))
  return {
    values: filled(draft.values),
    ...(Object.keys(rows).length ? { rows: rows as Change['rows'] } : {}),
    ...(Object.keys(edits).length ? { edits: edits as Change['edits'] } : {}),
    ...(Object.keys(numbers).length ? { numbers } : {}),
    ...(draft.day ? { day: draft.day } : {}),
    ...(draft.decider ? { decider: draft.decider } : {}),
    ...(draft.signed_paper ? { signed_paper: draft.signed_paper } : {}),
    ...(draft.pass.reason && draft.pass.signer ? { pass: draft.pass } : {}),
    way: draft.way,
    ...(draft.way === 'registered' && draft.source ? { source: draft.source } : {}),
  }
}

/** Needed fields that are still blank, by label. */
export function lacking(asked: AskedForm, draft: Draft): Field[] {
  return asked.fields.filter(({ field, need }) => need === 'need' && isBlank(draft.values[field.key])).map(({ field }) => field)
}

const guarded = new Set(['sensitive', 'secret'])
/** What may stay in the browser's store: nothing of the two strictest guards. */
export function keepable(asked: AskedForm, draft: Draft): Draft {
  const open = (fields: Asked[], values: Values): Values =>
    Object.fromEntries(
      Object.entries(values).filter(([key]) => !guarded.has(fields.find(({ field }) => field.key === key)?.field.guard ?? '')),
    )
  return {
    ...draft,
    values: open(asked.fields, draft.values),
    rows: Object.fromEntries(
      Object.entries(draft.rows).map(([key, rows]) => [
        key,
        rows.map((row) => open(asked.adds.find((table) => table.field.key === key)?.columns ?? [], row)),
      ]),
    ),
  }
}
