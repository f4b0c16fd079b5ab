import { pathWith, request, upload, type Query, type Upload } from './client'
import type * as C from './checkTypes'
import type * as T from './types'

const get = <R>(path: string, query?: Query, signal?: AbortSignal) => request<R>('GET', path, { query, signal })
const post = <R>(path: string, body?: unknown, headers?: Record<string, string>, query?: Query) =>
  request<R>('POST', path, { body: body ?? {}, headers, query })

export interface Guarded {
  version?: number
  idempotencyKey?: string
  dryRun?: boolean
}
const guard = ({ version, idempotencyKey }: Guarded): Record<string, string> => ({
  ...(version === undefined ? {} : { 'If-Match': String(version) }),
  ...(idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}),
})
const recordPath = (kind: string, id: number | string) => `/records/${kind}/${id}`

export const api = {
  login: (account: string, password: string) => post<T.Me>('/login', { account, password }),
  logout: () => post<void>('/logout'),
  password: (old: string, next: string) => post<void>('/password', { old, new: next }),
  me: () => get<T.Me>('/me'),
  sessions: () => get<{ items: T.SessionItem[] }>('/sessions'),
  endSession: (id: string) => request<void>('DELETE', `/sessions/${id}`),

  rulebook: () => get<T.Rulebook>('/rulebook'),
  rule: (id: string) => get<T.Rule>(`/rules/${id}`),

  records: (kind: string, query: Query, signal?: AbortSignal) => get<T.RecordPage>(`/records/${kind}`, query, signal),
  counts: () => get<T.Counts>('/counts'),
  record: (kind: string, id: string, asOf?: string) => get<T.Rec>(recordPath(kind, id), { as_of: asOf }),
  actions: (kind: string, id: string) => get<{ items: T.Act[] }>(`${recordPath(kind, id)}/actions`),
  alike: (kind: string, typed: Pick<T.Change, 'values' | 'rows'>) => post<{ items: T.AlikeRow[] }>(`/records/${kind}/alike`, typed),
  alikeOf: (kind: string, id: number | string) => get<{ items: T.AlikeRow[] }>(`${recordPath(kind, id)}/alike`),
  erasable: (kind: string, id: number | string) => get<{ items: T.Erasable[] }>(`${recordPath(kind, id)}/erasable`),
  erase: (kind: string, id: number | string, body: { paths: string[]; reason: string; signer: string }) =>
    post<{ entry: number; files: number }>(`${recordPath(kind, id)}/erase`, body),
  certificatePath: (kind: string, id: number | string, entry: number) => pathWith(`${recordPath(kind, id)}/erasures/${entry}`, {}),
  history: (kind: string, id: string) => get<{ items: T.Entry[] }>(`${recordPath(kind, id)}/history`),
  proof: (kind: string, id: string, entry: number) => get<T.Proof>(`${recordPath(kind, id)}/entries/${entry}/proof`),
  change: <R = T.Outcome>(path: string, change: T.Change, guarded: Guarded = {}) =>
    post<R>(path, change, guard(guarded), guarded.dryRun ? { dry_run: 'yes' } : undefined),
  amend: (kind: string, id: string, what: 'correct' | 'edit' | 'void' | 'undo', body: T.Amend, guarded: Guarded) =>
    post<T.Outcome>(`${recordPath(kind, id)}/${what}`, body, guard(guarded)),
  takeBack: (kind: string, id: number, row: number, what: 'withdraw' | 'replace', body: T.Amend, guarded: Guarded) =>
    post<T.Outcome>(`${recordPath(kind, id)}/papers/${row}/${what}`, body, guard(guarded)),
  reveal: (kind: string, id: string, field: string, reason: string) =>
    post<{ value: T.Value; text: string }>(`${recordPath(kind, id)}/reveal`, { field, reason }),

  file: (file: File, options: Upload) => upload<T.StoredFile>('/files', file, { name: file.name }, options),
  filePath: (kind: string, id: number | string, digest: string, view = false) =>
    pathWith(`${recordPath(kind, id)}/files/${encodeURIComponent(digest)}`, view ? { view: 'yes' } : {}),

  worklist: (scope: T.Scope, within: T.Within, limit?: number) => get<T.Worklist>('/worklist', { scope, within, limit }),
  figures: (year: number, asOf?: string) => get<T.Figures>('/figures', { year, as_of: asOf }),
  evidence: (key: string, query: Query) => get<T.Evidence>(`/figures/${key}/evidence`, query),
  months: (key: string, year: number) => get<{ items: T.Month[] }>(`/figures/${key}/months`, { year }),
  duties: (year: number) => get<{ items: T.Duty[] }>('/duties', { year }),
  checks: () => get<{ items: C.CheckHead[] }>('/checks'),
  check: (key: string, year: number) => get<C.CheckSheet>(`/checks/${encodeURIComponent(key)}`, { year }),
  report: (year: number, edition = '') => get<T.Report>('/report', { year, edition }),
  reportFile: (year: number, format: string) => pathWith('/report/file', { year, format }),
  publish: (year: number) => post<T.Publication>('/report/publish', {}, {}, { year }),
  drift: (year: number) => get<T.Drift>('/drift', { year }),
  calendar: (month: string) => get<{ days: T.CalendarDay[] }>('/calendar', { month }),
  search: (q: string, signal?: AbortSignal) => get<{ items: T.Row[] }>('/search', { q }, signal),
  verify: () => get<T.Verdict>('/verify'),
  audit: (after?: string) => get<T.Page<T.AuditItem>>('/audit', { after }),
}

export { ApiError, asApiError, newIdempotencyKey, onSignedOut, setCsrf, setLanguage } from './client'
