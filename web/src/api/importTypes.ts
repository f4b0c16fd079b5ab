import type { Maybe } from './types'

/** The shapes of an old ledger on its way in. */
export interface LookSheet {
  name: string; rows: number; header_row: number; headers: string[]; kinds: { kind: string; label: string; matched: number }[]
}
export type How = 'given' | 'kept' | 'name' | 'synonym' | 'content' | 'none'
export interface ImportAsk {
  file: string; sheet: string; header_row: number; kind: string; as: 'history' | 'summary'
  columns?: Record<string, string>; constants?: Record<string, string>; state?: string; year?: number
}
export interface ImportColumn { letter: string; header: string; field?: Maybe<string>; label?: Maybe<string>; how: How; samples?: Maybe<string[]> }
export type Group = 'new' | 'changed' | 'unchanged' | 'refused'
export interface ImportRow {
  row: number; group: Group; title?: Maybe<string>; cells?: Maybe<{ field: string; label: string; raw?: Maybe<string>; text?: Maybe<string> }[]>
  changes?: Maybe<{ label: string; before?: Maybe<string>; after?: Maybe<string> }[]>; reasons?: Maybe<string[]>
}
export interface ImportPreview {
  columns: ImportColumn[]; groups: Record<Group, number>; rows: ImportRow[]; mapping?: Maybe<string>; year?: Maybe<number>
  left_out?: Maybe<number>; with_breaches?: Maybe<number>; fields?: Maybe<{ field: string; label: string }[]>
}
export interface ImportJob {
  state: 'running' | 'done' | 'failed'; done: number; total: number; result?: Maybe<Record<Group, number>>; says?: Maybe<string>
}
