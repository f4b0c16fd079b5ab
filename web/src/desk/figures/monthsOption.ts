import type { EChartsCoreOption } from 'echarts/core'
import type { Month } from '@/api/types'

export interface MonthsLook {
  months: Month[]
  token: (name: string) => string
  /** The month that is not over yet, 1…12; 0: none. */
  unfinished: number
  month: (n: number) => string
  now: string
  before: string
  unit: string
  narrow: boolean
}

export function monthsOption({ months, token, unfinished, month, now, before, unit, narrow }: MonthsLook): EChartsCoreOption {
  const ink = token('--zs-chart-1')
  const outline = token('--zs-chart-2')
  const text = { color: token('--zs-ink-3'), fontFamily: token('--zs-sans'), fontSize: 12 }
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: text,
    grid: { left: 4, right: 4, top: 24, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: token('--zs-hover'), opacity: 0.5 } },
      backgroundColor: token('--zs-surface'),
      borderColor: token('--zs-line'),
      textStyle: { color: token('--zs-ink-1'), fontSize: 13 },
      valueFormatter: (value: unknown) => (value === null || value === undefined ? '—' : `${String(value)} ${unit}`),
    },
    xAxis: {
      type: 'category',
      data: months.map((each) => (narrow ? String(each.month) : month(each.month))),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token('--zs-ink-4') } },
      axisLabel: text,
    },
    yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: token('--zs-line-soft') } }, axisLabel: text },
    series: [
      {
        name: now,
        type: 'bar',
        barMaxWidth: 20,
        barGap: '12%',
        label: { show: true, position: 'top', color: token('--zs-ink-1'), fontSize: 12 },
        cursor: 'pointer',
        data: months.map((each) => ({
          value: each.value,
          itemStyle:
            each.month === unfinished
              ? {
                  color: token('--zs-surface'),
                  borderColor: ink,
                  borderWidth: 1,
                  decal: { symbol: 'rect', color: ink, dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4 },
                }
              : { color: ink, borderRadius: [1, 1, 0, 0] },
        })),
      },
      {
        name: before,
        type: 'bar',
        barMaxWidth: 14,
        data: months.map((each) => each.before ?? null),
        itemStyle: { color: 'transparent', borderColor: outline, borderWidth: 1.5 },
      },
    ],
  }
}
