import type { Handover, HandoverLine } from '@/api/deskTypes'

/** What may be done with a line by whoever looks at it. */
export const mayTake = (line: HandoverLine): boolean => line.mine && line.state === 'offered'
export const mayArrange = (handover: Handover, line: HandoverLine): boolean =>
  handover.arranges && (line.state === 'offered' || line.state === 'declined')

/** How a hand-over stands, counted line by line. */
export function tally(handover: Handover): { all: number; waiting: number; accepted: number; declined: number; late: number } {
  const count = (state: string) => handover.lines.filter((line) => line.state === state).length
  return {
    all: handover.lines.length,
    waiting: count('offered'),
    accepted: count('accepted'),
    declined: count('declined'),
    late: handover.lines.filter((line) => line.late).length,
  }
}
