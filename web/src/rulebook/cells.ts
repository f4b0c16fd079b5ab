import type { Cell, Maybe, RowEdits, Value } from '@/api/types'
import { isBlank } from './asked'

export interface CellEdit {
  table: string
  row: number
  column: string
  value: Value | undefined
}

/** What somebody put into a cell; undefined: they have not touched it. */
export const givenCell = (edits: RowEdits, table: string, row: number, column: string): Value | undefined => edits[table]?.[row]?.[column]

/** The edits with one cell more. */
export function withCell(edits: RowEdits, { table, row, column, value }: CellEdit): RowEdits {
  const rows = edits[table] ?? {}
  return { ...edits, [table]: { ...rows, [row]: { ...rows[row], [column]: value ?? null } } }
}

/** What is filled in may be corrected only; filling takes what was left blank. */
export const cellOpen = (cell: Maybe<Cell>, blankOnly = false): boolean => !blankOnly || isBlank(cell?.value ?? null)
