import { request, type Query } from './client'
import type { Maybe } from './types'

/** A reminder on the desk. `settled`: what it speaks of is done, or runs to another day now. */
export interface Notice {
  id: number
  at: string
  title: string
  about: string
  law: string
  due?: Maybe<string>
  late: boolean
  read: boolean
  settled: boolean
  kind?: Maybe<string>
  record?: Maybe<number>
}
export interface Notices {
  unread: number
  next?: Maybe<number>
  items: Notice[]
}
export type Way = 'none' | 'daily' | 'each'
export interface Told {
  mail: string
  way: Way
  feed: boolean
  mail_possible: boolean
  quiet_hours: string
  digest_at: string
}
export interface Failed {
  id: number
  at: string
  channel: 'mail' | 'hook'
  staff_name: string
  attempts: number
  given_up: boolean
  error: string
}

const get = <R>(path: string, query?: Query) => request<R>('GET', path, { query })
const post = <R>(path: string, body: unknown = {}) => request<R>('POST', path, { body })

export const reminders = {
  list: (before?: number) => get<Notices>('/notices', { before }),
  unread: () => get<{ unread: number }>('/notices/unread'),
  read: (until: number) => post<void>('/notices/read', { until }),
  told: () => get<Told>('/told'),
  tell: (told: { mail: string; way: Way }) => post<Told>('/told', told),
  newFeed: () => post<{ address: string }>('/told/feed'),
  endFeed: () => request<void>('DELETE', '/told/feed'),
  failed: () => get<{ items: Failed[] }>('/notices/failed'),
  retry: (id: number) => post<void>(`/notices/${id}/retry`),
}
