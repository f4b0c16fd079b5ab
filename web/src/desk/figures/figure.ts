import type { Figure } from '@/api/types'

const isShare = (figure: Figure): boolean => figure.unit === '%' || /ratio|rate/.test(figure.form ?? '')

/** A value beside a figure, in its form: rates in percent, counts with thousands. */
export function figureText(value: number | null | undefined, figure: Figure): string {
  if (value === null || value === undefined) return '—'
  if (isShare(figure)) return `${(value <= 1 ? value * 100 : value).toFixed(1)}%`
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
}

/** Year on year: an arrow and a number, never a judgement. */
export function changeText(figure: Figure, same: string): string {
  const { value, before } = figure
  if (value === null || value === undefined || before === null || before === undefined) return '—'
  if (value === before) return same
  const arrow = value > before ? '↑' : '↓'
  const difference = Math.abs(value - before)
  return isShare(figure)
    ? `${arrow} ${(value <= 1 ? difference * 100 : difference).toFixed(1)}`
    : `${arrow} ${difference.toLocaleString('en-US', { maximumFractionDigits: 2 })}`
}
