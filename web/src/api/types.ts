/** The shapes of the HTTP API, version 1. A key that is absent and null mean the same. */
export type Maybe<T> = T | null | undefined
export type Tone = 'over' | 'now' | 'near' | 'calm' | 'wait' | 'done'
export interface Badge { tone: Tone; text: string; share?: Maybe<number> }
export interface Key { key: string; label: string }
export interface Reason { gate: string; says: string; law?: Maybe<string[]>; warns?: boolean; form?: boolean }

export interface Problem {
  type?: string; title: string; status: number; detail?: string; request_id?: string
  reasons?: Reason[]; version?: number; faults?: Fault[]
}
/** Where a text that is to be adopted is wrong, and what is wrong there. */
export interface Fault { place: string; says: string }

export interface Me {
  town: { id: number; name: string }
  account: string; name: string; staff?: Maybe<string>
  unit?: Maybe<string>; unit_name?: Maybe<string>; village?: Maybe<string>; village_name?: Maybe<string>
  posts: Key[]; reads: string[]; today: string; weekday: string; workday: boolean; rest_reason?: Maybe<string>
  years: number[]; must_change: boolean; csrf: string
  manages?: boolean; grants?: boolean; audits?: boolean; publishes?: boolean; erases?: boolean; imports?: Maybe<string[]>
}
export interface SessionItem { id: string; since: string; last: string; own: boolean }

export type FieldType =
  | 'text' | 'note' | 'choice' | 'choices' | 'flag' | 'date' | 'moment' | 'count' | 'money' | 'party' | 'staff' | 'org'
  | 'place' | 'link' | 'links' | 'files' | 'rows'
export interface Field {
  key: string; label: string; type: FieldType; guard?: Maybe<string>; options?: Maybe<Key[]>
  columns?: Maybe<Field[]>; computed?: boolean; to?: Maybe<string[]>; asks?: Maybe<string[]>; at_most?: Maybe<number>
}
export interface Ask { field: string; conditional?: boolean }
export interface Action {
  key: string; label: string; from?: Maybe<string[]>; any?: boolean; to?: Maybe<string>; creates?: boolean
  decides?: Maybe<string[]>; signed_paper?: boolean; needs?: Maybe<Ask[]>; asks?: Maybe<Ask[]>
  adds?: Maybe<string[]>; edits?: Maybe<Record<string, string[]>>; clears?: Maybe<string[]>
}
export interface Kind {
  may_create?: boolean; key: string; label: string; part: string; measure?: Maybe<string>; home?: Maybe<string>
  states: (Key & { final?: boolean })[]; fields: Field[]; actions: Action[]
  deadlines?: Maybe<(Key & { bears?: string; law?: string })[]>; numbers?: Maybe<(Key & { outside?: boolean })[]>
  quick?: Maybe<(Key & { does: string[] })[]>
  card?: Maybe<{ number: string; lines: { path: string; label: string }[] }>
}
export interface Org { key: string; name: string; type?: Maybe<string> }
export interface Staff { key: string; name: string; unit?: Maybe<string>; posts?: Maybe<string[]> }
export interface Rulebook {
  name: string; version: string; parts: Key[]; kinds: Kind[]
  rules?: Maybe<Record<string, { law: string; label: string }>>; orgs: Org[]; staff: Staff[]
}

export interface Due { deadline: string; label: string; law?: Maybe<string>; due?: Maybe<string>; badge: Badge }
export interface Row {
  id: number; kind: string; kind_label?: string; number?: Maybe<string>; title: string; state: string; state_label: string; final?: boolean
  unit?: Maybe<string>; unit_name?: Maybe<string>; village?: Maybe<string>; village_name?: Maybe<string>
  handler?: Maybe<string>; handler_name?: Maybe<string>; opened?: Maybe<string>; closed?: Maybe<string>
  version: number; due?: Maybe<Due>
}
/** A record that another may repeat, and why one thinks so. */
export interface AlikeRow extends Row { why: 'person' | 'name' | 'subject'; percent: number; same: boolean }
/** What lies at one path of a record's entries; `times`: corrected values lie there too. */
export interface Erasable { path: string; label: string; guard: string; times: number }
export type View = 'open' | 'overdue' | 'mine' | 'closed' | 'all'
export interface Page<T> { items: T[]; next?: Maybe<string> }
export interface RecordPage extends Page<Row> { counts?: Maybe<Partial<Record<View, number>>> }
export type Counts = Record<string, { open: number; overdue: number }>

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Values = Record<string, Value>
export interface StoredFile { digest: string; name: string; type: string; size: number }
export interface Shown {
  key: string; label: string; type: FieldType; guard?: Maybe<string>; value?: Maybe<Value>; text: string
  masked?: boolean; computed?: boolean; files?: Maybe<StoredFile[]>; parts?: Maybe<Record<string, string>>
}
export interface Cell { value?: Maybe<Value>; text?: Maybe<string>; files?: Maybe<StoredFile[]> }
export interface RowsTable {
  key: string; label: string; columns: { key: string; label: string; type: FieldType }[]
  rows: { number: number; cells: Record<string, Maybe<Cell>> }[]
}
export interface Deadline {
  key: string; row?: Maybe<number>; label: string; law?: Maybe<string>; bears?: Maybe<string>; outcome?: Maybe<string>
  outcome_label?: Maybe<string>; start?: Maybe<string>; due?: Maybe<string>; due_at?: Maybe<string>; stop?: Maybe<string>
  estimated?: boolean; provisional?: boolean; weekday?: Maybe<string>; badge: Badge; working?: Maybe<string[]>
}
export interface Step { state: string; label: string; day?: Maybe<string>; current?: boolean }
/** A paper that an act issued; with a text it opens. */
export interface Issued {
  row: number; form: string; label: string; number: string; day: string; text: boolean; standing?: Maybe<string>; replaces?: Maybe<string>
}
export interface Paper { label: string; there: boolean; day?: Maybe<string>; needed?: boolean }
export interface Linked { field: string; label: string; kind: string; kind_label: string; id: number; number?: Maybe<string>; title: string }
export interface Rec {
  id: number; kind: string; kind_label: string; number?: Maybe<string>; numbers?: Maybe<Record<string, string>>
  title: string; state: string; state_label: string; final?: boolean; version: number; voided?: boolean
  fields: Shown[]; rows?: Maybe<RowsTable[]>; deadlines?: Maybe<Deadline[]>; steps?: Maybe<Step[]>
  papers?: Maybe<Issued[]>; dossier?: Maybe<Paper[]>; links?: Maybe<Linked[]>
}
export interface Act { key: string; label: string; open: boolean; primary?: boolean; reasons?: Maybe<Reason[]> }
export interface Breach { says: string; law?: Maybe<string[]> }
export interface Entry {
  entry: number; at: string; day?: Maybe<string>; actor?: Maybe<string>; actor_name?: Maybe<string>; action: string; action_label: string
  way?: Maybe<string>; way_label?: Maybe<string>; late_entry?: boolean; text: string; reason?: Maybe<string>
  changes?: Maybe<{ label: string; before?: Maybe<string>; after?: Maybe<string> }[]>
  breaches?: Maybe<Breach[]>; warned?: Maybe<(Breach | string)[]>
}
export interface Proof { entry: number; leaf: string; root: string; size: number; path: string[]; holds: boolean }

export type RowEdits = Record<string, Record<string, Values>>
export interface Change {
  values?: Values; rows?: Record<string, Values[]>; edits?: RowEdits; numbers?: Record<string, string>
  day?: string; decider?: string; signed_paper?: string; pass?: { reason: string; signer: string }
  way?: 'done' | 'registered'; source?: string
}
export interface Amend { values?: Values; numbers?: Record<string, string>; rows?: RowEdits; reason?: string; signer?: string }
export interface Outcome {
  kind: string; id: number; version: number; state: string; numbers?: Maybe<Record<string, string>>
  opened?: Maybe<{ kind: string; id: number }[]>; missing?: Maybe<string[]>; warned?: Maybe<(Breach | string)[]>
  breaches?: Maybe<Breach[]>; entry?: number
}
export interface Draft { form: string; label: string; html?: Maybe<string> }
export interface DryRun { state: string; state_label: string; deadlines?: Maybe<Deadline[]>; papers?: Maybe<Draft[]> }

export interface WorkItem {
  kind: string; kind_label: string; id: number; number?: Maybe<string>; title: string; state_label: string
  unit_name?: Maybe<string>; handler?: Maybe<string>; handler_name?: Maybe<string>
  deadline: string; label: string; law?: Maybe<string>; due: string; weekday: string; workday: boolean; badge: Badge; act?: Maybe<Key>
}
export interface Worklist {
  today: string; counts: { all: number; overdue: number; within3: number; week: number; mine: number }
  items: WorkItem[]; more?: Maybe<number>; later?: Maybe<number>; paused?: Maybe<number>
}
export type Scope = 'mine' | 'unit' | 'town'
export type Within = 'all' | 'overdue' | '3' | 'week'

export interface Figure {
  key: string; label: string; unit?: Maybe<string>; kind?: Maybe<string>; form?: Maybe<string>; value?: Maybe<number>; display: string
  before?: Maybe<number>; evidence?: Maybe<number>; case_by_case?: Maybe<number>; definition?: Maybe<string>; overlaps?: Maybe<string[]>
  proof?: Maybe<string>
}
export interface Figures { year: number; as_of?: Maybe<string>; items: Figure[] }
export interface EvidenceItem {
  kind: string; id: number; number?: Maybe<string>; title: string; state_label?: Maybe<string>; day?: Maybe<string>; value?: Maybe<number>
  row?: Maybe<number>; edge?: Maybe<string | number | boolean>; summary?: Maybe<string | boolean>
  part?: Maybe<string>; unit?: Maybe<string>; village?: Maybe<string>
}
export interface Evidence extends Page<EvidenceItem> {
  figure: { key: string; label: string; unit?: Maybe<string>; definition?: Maybe<string> }; total: number
}
export interface Month { month: number; value?: Maybe<number>; before?: Maybe<number> }
export interface Duty {
  key: string; label: string; state: string; state_label: string; value?: Maybe<number>; wanted?: Maybe<number>
  windows?: Maybe<number>; reached?: Maybe<number>; law?: Maybe<string>; warn_by?: Maybe<string>; behind?: Maybe<string[]>
  dated?: boolean; until?: Maybe<string>
}
export interface Report {
  year: number; town: string; title: string; html: string; figures: Figure[]; chapters: { title: string; anchor?: string }[]
  stale?: Maybe<string[]>; unreadable?: Maybe<string[]>
}
export interface Publication {
  year: number; entry: number; day: string; actor?: Maybe<string>; actor_name?: Maybe<string>; figures?: Maybe<number>; words?: boolean
}
export interface DriftChange {
  kind: string; kind_label: string; id: number; number?: Maybe<string>; title: string; before?: Maybe<number>; now?: Maybe<number>
  causes?: Maybe<{ entry: number; label: string; actor_name?: Maybe<string>; day?: Maybe<string> }[]>
}
export interface DriftFigure {
  key: string; label: string; unit?: Maybe<string>; published?: Maybe<number>; now?: Maybe<number>; changes?: Maybe<DriftChange[]>
}
export interface Drift { published?: Maybe<Publication>; figures: DriftFigure[] }
export interface CalendarDay {
  day: string; weekday: string; workday: boolean; reason?: Maybe<string>
  items?: Maybe<{ kind: string; id: number; label: string; title: string; badge: Badge }[]>
}
export interface Rule {
  id: string; law: string; law_key?: Maybe<string>; article?: Maybe<string>; label: string; within?: Maybe<string>
  certainty?: Maybe<string>; quote?: Maybe<string>
}
export interface Verdict { good: boolean; entries: number; faults?: Maybe<string[]>; root: string }
export interface AuditItem { n: number; at: string; account?: Maybe<string>; what: string; where?: Maybe<string>; outcome?: Maybe<string> }
