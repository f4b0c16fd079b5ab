import type { Field, Maybe, Reason, Row, StoredFile, Value, Values } from './types'

/** One row of a bulk act: what would come of it, or what came. */
export type BulkOutcome = 'passes' | 'warns' | 'refused' | 'moved' | 'absent' | 'done' | 'failed'
export interface BulkItem {
  id: number; number: string; title: string; outcome: BulkOutcome; says: string; reasons: Reason[]
  state_label?: string; version?: number; entry?: number; repeated?: boolean
}

export type LineState = 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'moot'
export interface HandoverLine {
  n: number; kind: string; kind_label: string; id: number; number: string; title: string; record_state: string
  seen: boolean; opens: boolean; receiver: string; receiver_name: string; until: string; state: LineState; state_label: string
  late: boolean; mine: boolean; actor_name: string; on?: Maybe<string>; says: string
}
export interface Handover {
  id: number; giver: string; giver_name: string; unit_name: string; maker: string; maker_name: string; why: string
  made_on: string; arranges: boolean; lines: HandoverLine[]
}
export interface OpenWork {
  giver: string; giver_name: string; hidden: number; items: (Row & { offered: boolean })[]
  givers: { key: string; name: string; unit_name: string }[]
}
export interface NewHandover {
  giver: string; why: string; until: string; receiver: string
  lines: { kind: string; id: number; receiver?: string }[]
}
export interface TakenOver { items: { n: number; outcome: 'accepted' | 'refused'; says: string; entry?: number }[] }

/** What is asked outside: a field, or one column of rows, of which there may be several. */
export interface FieldAsk { path: string; rows: string; rows_label?: string; field: Field }
export interface FieldForm { kind: string; kind_label: string; label: string; asks: FieldAsk[] }
export interface DraftBody { kind: string; day: string; values: Values; rows: Record<string, Values[]> }
export interface DraftLine {
  id: number; kind: string; kind_label: string; label: string; sender_name: string; unit_name: string; day: string
  sent_at: string; state: 'waiting' | 'accepted' | 'declined'; state_label: string; summary: string; photos: number
  says: string; actor_name: string; settled_on?: Maybe<string>; record?: Maybe<number>; accepts: boolean
}
export interface FieldDraft extends DraftLine { quick: string; values: Record<string, Value>; rows: Record<string, Values[]>; files: StoredFile[] }

export interface NotEntered {
  kinds: { kind: string; label: string; home: string; number: string; number_label: string; lacking: number }[]
  items: Row[]; next?: Maybe<string>
}
export interface Errands { take_over: number; escalated: number; drafts: number }
