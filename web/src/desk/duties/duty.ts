import type { Duty } from '@/api/types'

export type DutyTone = 'done' | 'near' | 'plain'

/** What is reached, what lacks something, and what only has not come yet: told by what was counted, not by names of states. */
export function dutyTone({ value, wanted, windows, reached, behind, state }: Duty): DutyTone {
  const full = windows ? (reached ?? 0) >= windows : wanted !== null && wanted !== undefined && (value ?? 0) >= wanted
  if (full && !behind?.length) return 'done'
  if (behind?.length || /miss|late|behind|over|lack/.test(state)) return 'near'
  return 'plain'
}

export function dutyShare({ value, wanted, windows, reached }: Duty): number {
  const [is, of] = windows ? [reached ?? 0, windows] : [value ?? 0, wanted ?? 0]
  return of > 0 ? Math.min(1, is / of) : 0
}

/** "9 / 10": what is reached of what is wanted; nothing where neither is known. */
export function dutyProgress({ value, wanted, windows, reached }: Duty): string {
  if (windows && windows > 1) return `${reached ?? 0} / ${windows}`
  return wanted === null || wanted === undefined ? '' : `${value ?? 0} / ${wanted}`
}
