/** "2023-10-07" → "10-07" within the year of `today`, else whole. */
export function shortDay(day: string | null | undefined, today: string): string {
  if (!day) return ''
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5, 10) : day.slice(0, 10)
}

/** "2023-10-07T15:20:11" → "2023-10-07 15:20" */
export function momentText(moment: string | null | undefined): string {
  return (moment ?? '').replace('T', ' ').slice(0, 16)
}

/** The first word of a line of a working names it; lines without one are remarks. */
export function splitWorking(line: string): { head: string; rest: string } {
  const match = /^(\S{2,4})[ ：](.+)$/.exec(line)
  return match ? { head: match[1] ?? '', rest: match[2] ?? '' } : { head: '', rest: line }
}

const weekdays = '一二三四五六日'
/** Column (0…6, Monday first) of a day in a month grid, from the weekday as the server names it. */
export function weekdayColumn(weekday: string): number {
  const last = weekday.slice(-1)
  const found = weekdays.indexOf(last === '天' ? '日' : last)
  return found >= 0 ? found : Math.max(0, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(weekday.slice(0, 3)))
}

/** The month before or after, for turning the leaves of the calendar. */
export function turnMonth(month: string, by: -1 | 1): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}
