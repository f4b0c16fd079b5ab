import { pathWith, request } from './client'
import type * as D from './deskTypes'
import type { Change } from './types'

const get = <R>(path: string, query?: Record<string, string | undefined>) => request<R>('GET', path, { query })
const post = <R>(path: string, body: unknown, idempotencyKey?: string, dryRun = false) =>
  request<R>('POST', path, {
    body,
    headers: idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {},
    query: dryRun ? { dry_run: 'yes' } : {},
  })

/** What people arrange among themselves at the desk, and what comes from outside. */
export const deskApi = {
  bulk: (
    kind: string,
    action: string,
    body: Change & { records: { id: number; version: number }[] },
    by: { dryRun?: boolean; key?: string },
  ) => post<{ items: D.BulkItem[] }>(`/records/${kind}/bulk/${action}`, body, by.key, by.dryRun),

  openWork: (giver?: string) => get<D.OpenWork>('/handovers/open', { giver }),
  offer: (body: D.NewHandover, by: { dryRun?: boolean; key?: string }) =>
    post<{ id: number | null; lines: number }>('/handovers', body, by.key, by.dryRun),
  handovers: (view: string) => get<{ items: D.Handover[] }>('/handovers', { view }),
  handover: (id: string) => get<D.Handover>(`/handovers/${id}`),
  takeOver: (id: number, lines: number[]) => post<D.TakenOver>(`/handovers/${id}/accept`, { lines }),
  decline: (id: number, lines: number[], says: string) => post<D.Handover>(`/handovers/${id}/decline`, { lines, says }),
  passOn: (id: number, lines: number[], receiver: string, until: string) =>
    post<D.Handover>(`/handovers/${id}/pass_on`, { lines, receiver, until }),
  withdraw: (id: number, lines: number[]) => post<D.Handover>(`/handovers/${id}/withdraw`, { lines }),

  fieldForms: () => get<{ items: D.FieldForm[] }>('/field/forms'),
  sendDraft: (body: D.DraftBody, key: string) => post<{ id: number; repeated: boolean }>('/field/drafts', body, key),
  drafts: (view: 'waiting' | 'mine') => get<{ items: D.DraftLine[] }>('/field/drafts', { view }),
  draft: (id: string) => get<D.FieldDraft>(`/field/drafts/${id}`),
  draftFile: (id: number, digest: string) => pathWith(`/field/drafts/${id}/files/${digest}`, { view: 'yes' }),
  declineDraft: (id: number, says: string) => post<void>(`/field/drafts/${id}/decline`, { says }),

  notEntered: (kind?: string, after?: string) => get<D.NotEntered>('/outside', { kind, after }),
  errands: () => get<D.Errands>('/errands'),
}
