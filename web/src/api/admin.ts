import { request, type Query } from './client'
import type * as A from './adminTypes'
import type * as I from './importTypes'

const get = <R>(path: string, query?: Query) => request<R>('GET', path, { query })
const post = <R>(path: string, body?: unknown, query?: Query) => request<R>('POST', path, { body: body ?? {}, query })
const dry = (yes: boolean): Query | undefined => (yes ? { dry_run: 'yes' } : undefined)
const at = encodeURIComponent

/** What administrators keep, and old ledgers: apart from the rest, for it is loaded only with its pages. */
export const admin = {
  staff: () => get<{ items: A.Person[] }>('/staff'),
  addPerson: (person: A.PersonChange) => post<A.Written>('/staff', person),
  changePerson: (key: string, change: A.PersonChange) => post<A.Written>(`/staff/${at(key)}`, change),
  posts: () => get<{ items: A.Post[] }>('/posts'),
  orgs: () => get<A.Orgs>('/orgs'),
  addOrg: (org: A.OrgChange) => post<A.Written>('/orgs', org),
  changeOrg: (key: string, change: A.OrgChange) => post<A.Written>(`/orgs/${at(key)}`, change),
  settings: () => get<{ items: A.Setting[] }>('/settings'),
  setSetting: (key: string, body: { value: string; source: string }, dryRun: boolean) =>
    post<A.SettingWritten>(`/settings/${at(key)}`, body, dry(dryRun)),
  homes: () => get<{ items: A.HomeItem[] }>('/homes'),
  setHome: (kind: string, home: string) => post<{ kind: string; entry: number }>(`/homes/${at(kind)}`, { home }),
  addAccount: (body: { account: string; staff: string; password: string }) => post<unknown>('/accounts', body),
  resetPassword: (account: string, password: string) => post<void>(`/accounts/${at(account)}/password`, { password }),
  unlock: (account: string) => post<void>(`/accounts/${at(account)}/unlock`),
  endAccount: (account: string) => request<void>('DELETE', `/accounts/${at(account)}`),
  why: (query: { person: string; kind: string; id?: string }) => get<A.Why>('/access/why', query),
  adoptCalendar: (yaml: string, dryRun: boolean) => post<A.Adopted>('/adopt/calendar', { yaml }, dry(dryRun)),
  adoptRulebook: (files: Record<string, string>, dryRun: boolean) => post<A.Adopted>('/adopt/rulebook', { files }, dry(dryRun)),
  kind: (kind: string) => get<A.KindReading>(`/rulebook/kinds/${at(kind)}`),

  look: (file: string) => post<{ sheets: I.LookSheet[] }>('/import/look', { file }),
  preview: (ask: I.ImportAsk, page: { group?: I.Group; after?: number } = {}) => post<I.ImportPreview>('/import/preview', ask, { ...page }),
  enter: (ask: I.ImportAsk) => post<{ job: string }>('/import', ask),
  job: (job: string) => get<I.ImportJob>(`/import/jobs/${at(job)}`),
}
