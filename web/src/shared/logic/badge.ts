import type { Badge, Tone } from '@/api/types'

export type Shape = 'over' | 'now' | 'ring' | 'wait' | 'done'

/** The shape says what the word and the colour say: the page must read the same in grey. */
export function shapeOf(tone: Tone): Shape {
  return tone === 'near' || tone === 'calm' ? 'ring' : tone
}

const round = 2 * Math.PI * 4

/** The part of the ring that is gone, as an SVG dash; a share that is not known draws no arc. */
export function dashOf(share: Badge['share']): string {
  const gone = Math.min(1, Math.max(0, share ?? 0))
  return `${(gone * round).toFixed(1)} ${round.toFixed(1)}`
}

export type Side = 'late' | 'near' | 'far'
/** On which side of today a worklist item hangs, by its tone. */
export function sideOf(tone: Tone): Side {
  return tone === 'over' || tone === 'now' ? 'late' : tone === 'near' ? 'near' : 'far'
}
