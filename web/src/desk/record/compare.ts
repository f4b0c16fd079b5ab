import type { Entry, Maybe, Rec, RowsTable } from '@/api/types'

export interface Pair {
  key: string
  label: string
  before: string
  after: string
  same: boolean
}
export interface PairGroup {
  key: string
  label: string
  pairs: Pair[]
}
const pair = (key: string, label: string, before: Maybe<string>, after: Maybe<string>): Pair => ({
  key,
  label,
  before: before ?? '',
  after: after ?? '',
  same: (before ?? '') === (after ?? ''),
})

function tablePairs(before: RowsTable | undefined, after: RowsTable | undefined, rowLabel: (n: number) => string): Pair[] {
  const columns = [...new Map([...(before?.columns ?? []), ...(after?.columns ?? [])].map((column) => [column.key, column.label]))]
  const numbers = [...new Set([...(before?.rows ?? []), ...(after?.rows ?? [])].map((row) => row.number))].sort((a, b) => a - b)
  const textOf = (table: RowsTable | undefined, number: number, column: string) =>
    table?.rows.find((row) => row.number === number)?.cells[column]?.text
  return numbers.flatMap((number) =>
    columns
      .map(([key, label]) =>
        pair(`${number}/${key}`, `${rowLabel(number)} ${label}`, textOf(before, number, key), textOf(after, number, key)),
      )
      .filter((each) => each.before || each.after),
  )
}

export interface CompareWords {
  head: string
  facts: string
  deadlines: string
  state: string
  number: string
  title: string
  row: (n: number) => string
}
/** One record as it stood on two days, line by line. What neither day has is left out. */
export function compareRecords(before: Rec, after: Rec, words: CompareWords): PairGroup[] {
  const labels = new Map([...before.fields, ...after.fields].map((field) => [field.key, field.label]))
  const textOf = (rec: Rec, key: string) => rec.fields.find((field) => field.key === key)?.text
  const tables = new Map([...(before.rows ?? []), ...(after.rows ?? [])].map((table) => [table.key, table.label]))
  const tableOf = (rec: Rec, key: string) => rec.rows?.find((table) => table.key === key)
  const clocks = new Map(
    [...(before.deadlines ?? []), ...(after.deadlines ?? [])].map((each) => [
      `${each.key}/${each.row ?? 0}`,
      each.label + (each.row ? ` ${words.row(each.row)}` : ''),
    ]),
  )
  const clockOf = (rec: Rec, key: string) => {
    const found = rec.deadlines?.find((each) => `${each.key}/${each.row ?? 0}` === key)
    return found ? [found.due, found.outcome_label].filter(Boolean).join(' ') : ''
  }
  return [
    {
      key: 'head',
      label: words.head,
      pairs: [
        pair('title', words.title, before.title, after.title),
        pair('number', words.number, before.number, after.number),
        pair('state', words.state, before.state_label, after.state_label),
      ],
    },
    {
      key: 'facts',
      label: words.facts,
      pairs: [...labels].map(([key, label]) => pair(key, label, textOf(before, key), textOf(after, key))),
    },
    ...[...tables].map(([key, label]) => ({ key, label, pairs: tablePairs(tableOf(before, key), tableOf(after, key), words.row) })),
    {
      key: 'deadlines',
      label: words.deadlines,
      pairs: [...clocks].map(([key, label]) => pair(key, label, clockOf(before, key), clockOf(after, key))),
    },
  ]
    .map((group) => ({ ...group, pairs: group.pairs.filter((each) => each.before || each.after) }))
    .filter((group) => group.pairs.length)
}
export const countChanged = (groups: PairGroup[]): number =>
  groups.reduce((total, group) => total + group.pairs.filter((each) => !each.same).length, 0)

/** The days before and after an entry: that of the entry before it, and its own. The same day twice: days cannot tell them apart. */
export function daysAround(entries: Entry[], entry: number): { from: string; to: string } | null {
  const at = entries.findIndex((each) => each.entry === entry)
  const own = entries[at]
  const before = entries[at + 1]
  if (!own || !before) return null
  return { from: before.at.slice(0, 10), to: own.at.slice(0, 10) }
}
