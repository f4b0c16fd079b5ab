import type { Maybe, WorkItem } from './types'

/** 负荷: the days ahead. */
export type LoadLine = WorkItem
export interface LoadDuty {
  key: string; label: string; law: string; lead: string; state: string; state_label: string; from?: Maybe<string>; until: string
  value: number; wanted: number; dated: boolean; warn_by: string
}
export interface Crowded { person: string; name: string; items: number }
export interface LoadDay {
  day: string; weekday: string; workday: boolean; estimated: boolean; reason: string; items: LoadLine[]; duties: LoadDuty[]
  crowded: Crowded[]
}
export interface Workload { today: string; from: string; until: string; most: number; overdue: number; cut: boolean; days: LoadDay[]; undated: LoadDuty[] }
export interface Away { person: string; name: string; unit_name: string; from: string; until: string; workdays: number; hands_over: boolean; items: LoadLine[] }
