import type { Row } from '@/api/types'
import type { Sort } from './useLedger'

/** The columns a ledger can show: those that the list of records answers with. Number and matter are always there. */
export type ColumnKey = 'number' | 'opened' | 'title' | 'village' | 'unit' | 'handler' | 'state' | 'closed' | 'due'
export const columnKeys: ColumnKey[] = ['number', 'opened', 'title', 'village', 'unit', 'handler', 'state', 'closed', 'due']
export const fixedColumns: ColumnKey[] = ['number', 'title']
export const usualColumns: ColumnKey[] = ['number', 'opened', 'title', 'village', 'unit', 'handler', 'state', 'due']
export const sortOf: Partial<Record<ColumnKey, Sort>> = { number: 'number', opened: 'opened', due: 'due' }

/** What was kept on this device, made sound again: unknown keys fall out, fixed ones come back, in the order of the ledger. */
export function soundColumns(kept: unknown): ColumnKey[] {
  const chosen = Array.isArray(kept) ? new Set(kept) : new Set<unknown>(usualColumns)
  return columnKeys.filter((key) => chosen.has(key) || fixedColumns.includes(key))
}

/** A row's text in a column, for lists on paper and in sentences. */
export function cellText(row: Row, key: ColumnKey): string {
  switch (key) {
    case 'number':
      return row.number || `#${row.id}`
    case 'opened':
      return row.opened?.slice(0, 10) ?? ''
    case 'closed':
      return row.closed?.slice(0, 10) ?? ''
    case 'title':
      return row.title
    case 'village':
      return row.village_name ?? ''
    case 'unit':
      return row.unit_name ?? ''
    case 'handler':
      return row.handler_name ?? ''
    case 'state':
      return row.state_label
    case 'due':
      return row.due ? [row.due.label, row.due.due ?? '', row.due.badge.text].filter(Boolean).join(' ') : ''
  }
}
