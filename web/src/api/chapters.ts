import { request } from './client'
import type { Maybe } from './types'

export type ChapterState = 'none' | 'open' | 'handed_in' | 'sent_back' | 'adopted'
export interface ChapterLine {
  chapter: string
  title: string
  state: ChapterState
  unit: string
  unit_name: string
  due?: Maybe<string>
  late: boolean
  who: string
  at?: Maybe<string>
  says: string
  version: number
  mine: boolean
  link_until?: Maybe<string>
  stale?: Maybe<string[]>
}
export interface ChapterFigure {
  key: string
  label: string
  display: string
  unit: string
}
/** A line of a list that a chapter takes alone. */
export interface ChapterPick {
  name: string
  label: string
  words: string
}
export interface ChapterRead {
  html: string
  faults: string[]
  stale?: Maybe<string[]>
  figures: ChapterFigure[]
}
export type WordsSource = 'written' | 'last_year' | 'sample'
/** What a writer sees, at the desk or behind a link. */
export interface ChapterSheet {
  year: number
  line: ChapterLine
  text: string
  source: WordsSource
  read: ChapterRead
  names: ChapterFigure[]
  picks?: Maybe<ChapterPick[]>
}
export interface ReportChapter extends ChapterSheet {
  may_write: boolean
  may_settle: boolean
}
export interface LinkedChapter extends ChapterSheet {
  town: string
}
export interface ChapterText {
  text: string
  version: number
  hand_in?: boolean
  writer?: string
}

const of = (chapter: string, step = '') => `/report/chapters/${encodeURIComponent(chapter)}${step && `/${step}`}`
const post = <R>(path: string, year: number, body: unknown) => request<R>('POST', path, { body, query: { year } })

export const chaptersApi = {
  list: (year: number) =>
    request<{ year: number; may_assign: boolean; items: ChapterLine[] }>('GET', '/report/chapters', { query: { year } }),
  one: (year: number, chapter: string) => request<ReportChapter>('GET', of(chapter), { query: { year } }),
  preview: (year: number, chapter: string, text: string) => post<ChapterRead>(of(chapter, 'preview'), year, { text }),
  assign: (year: number, chapter: string, unit: string, due: string) => post<ReportChapter>(of(chapter, 'assign'), year, { unit, due }),
  write: (year: number, chapter: string, text: ChapterText) => post<ReportChapter>(of(chapter, 'text'), year, text),
  adopt: (year: number, chapter: string, version: number) => post<ReportChapter>(of(chapter, 'adopt'), year, { version }),
  sendBack: (year: number, chapter: string, version: number, says: string) =>
    post<ReportChapter>(of(chapter, 'send_back'), year, { version, says }),
  link: (year: number, chapter: string, until: string) => post<{ address: string; until: string }>(of(chapter, 'link'), year, { until }),
  unlink: (year: number, chapter: string) => request<void>('DELETE', of(chapter, 'link'), { query: { year } }),
}

/** Behind a secret address, without an account. */
export const linkedApi = {
  open: (secret: string) => request<LinkedChapter>('GET', `/chapter/${encodeURIComponent(secret)}`),
  preview: (secret: string, text: string) =>
    request<ChapterRead>('POST', `/chapter/${encodeURIComponent(secret)}/preview`, { body: { text } }),
  write: (secret: string, text: ChapterText) => request<LinkedChapter>('POST', `/chapter/${encodeURIComponent(secret)}`, { body: text }),
}
