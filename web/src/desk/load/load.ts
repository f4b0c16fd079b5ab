import type { LoadDay, LoadLine } from '@/api/loadTypes'

/** Deadlines of one name on a day, in the order in which they first come. */
export interface Sort {
  label: string
  items: LoadLine[]
}
export function sortsOf(items: LoadLine[]): Sort[] {
  const sorts = new Map<string, LoadLine[]>()
  for (const item of items) sorts.set(item.label, [...(sorts.get(item.label) ?? []), item])
  return [...sorts].map(([label, each]) => ({ label, items: each }))
}

export const isQuiet = (day: LoadDay): boolean => !day.items.length && !day.duties.length && !day.crowded.length

/** The days as a list reads them: those with something on them, and between them how long nothing falls due. */
export type Stretch = { day: LoadDay } | { from: string; until: string; workdays: number }
export function stretches(days: LoadDay[]): Stretch[] {
  const made: Stretch[] = []
  for (const day of days) {
    if (!isQuiet(day)) {
      made.push({ day })
      continue
    }
    const last = made[made.length - 1]
    const workdays = day.workday ? 1 : 0
    if (last && 'from' in last) Object.assign(last, { until: day.day, workdays: last.workdays + workdays })
    else made.push({ from: day.day, until: day.day, workdays })
  }
  return made
}

/** What is due on the rest days right after a workday: it has to be done on that workday. */
export function restAfter(days: LoadDay[], day: string): LoadLine[] {
  const at = days.findIndex((each) => each.day === day)
  if (at < 0 || !days[at]!.workday) return []
  const next = days.findIndex((each, i) => i > at && each.workday)
  return days.slice(at + 1, next < 0 ? undefined : next).flatMap((each) => each.items)
}
