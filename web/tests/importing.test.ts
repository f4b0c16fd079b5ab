import { describe, expect, it } from 'vitest'
import type { ImportAsk, LookSheet } from '@/api/importTypes'
import type { Kind } from '@/api/types'
import { bestSheet, columnMap, keepJob, keptJob, keyOfAsk, likeliest, moveColumn, shareOf, targetsOf } from '@/desk/importing/importing'

const sheet = (name: string, rows: number, ...kinds: [string, number][]): LookSheet => ({
  name,
  rows,
  header_row: 1,
  headers: [],
  kinds: kinds.map(([kind, matched]) => ({ kind, label: kind, matched })),
})

describe('an old ledger', () => {
  it('begins with the sheet that looks most like a ledger, not the longest', () => {
    expect(bestSheet([sheet('说明', 900), sheet('登记', 40, ['a', 2], ['b', 5]), sheet('旧', 80, ['a', 3])])?.name).toBe('登记')
    expect(likeliest(sheet('登记', 40, ['a', 2], ['b', 5]))).toBe('b')
    expect(likeliest(sheet('说明', 9))).toBe('')
    expect(bestSheet([])).toBeUndefined()
  })
  it('feeds a field from one column only', () => {
    const map = columnMap([
      { letter: 'A', header: '', field: null, how: 'none' },
      { letter: 'B', header: '日期', field: 'day', how: 'name' },
      { letter: 'C', header: '人', field: 'who', how: 'synonym' },
    ])
    expect(map).toEqual({ A: '', B: 'day', C: 'who' })
    expect(moveColumn(map, 'A', 'day')).toEqual({ A: 'day', B: '', C: 'who' })
    expect(moveColumn(map, 'C', '')).toEqual({ A: '', B: 'day', C: '' })
  })
  it('offers whatever is entered, and nothing computed, no rows and no papers', () => {
    const kind = {
      numbers: [{ key: 'no', label: '编号' }],
      fields: [
        { key: 'day', label: '日', type: 'date' },
        { key: 'n', label: '数', type: 'count', computed: true },
        { key: 'visits', label: '到访', type: 'rows' },
        { key: 'scan', label: '扫描', type: 'files' },
      ],
    } as unknown as Kind
    expect(targetsOf(kind).map((each) => each.key)).toEqual(['no', 'day'])
    expect(targetsOf(kind, [{ field: 'person.phone', label: '电话' }])).toEqual([{ key: 'person.phone', label: '电话' }])
  })
  it('is asked about once, however its parts are ordered', () => {
    const ask: ImportAsk = {
      file: 'f',
      sheet: 's',
      header_row: 1,
      kind: 'k',
      as: 'history',
      columns: { B: 'x', C: 'y' },
      constants: { unit: 'u', village: 'v' },
    }
    expect(keyOfAsk(ask)).toBe(keyOfAsk({ ...ask, columns: { C: 'y', B: 'x' }, constants: { village: 'v', unit: 'u' }, state: '' }))
    expect(keyOfAsk(ask)).not.toBe(keyOfAsk({ ...ask, columns: undefined }))
    expect(keyOfAsk(ask)).not.toBe(keyOfAsk({ ...ask, year: 2019 }))
  })
  it('knows how far it is, before anything is counted too', () => {
    expect(
      [
        { done: 5, total: 10 },
        { done: 0, total: 0 },
        { done: 12, total: 10 },
      ].map((each) => shareOf({ state: 'running', ...each })),
    ).toEqual([0.5, 0, 1])
  })
  it('is found again on this device, of this account only', () => {
    const box = new Map<string, string>()
    const store = {
      getItem: (key: string) => box.get(key) ?? null,
      setItem: (key: string, value: string) => void box.set(key, value),
      removeItem: (key: string) => void box.delete(key),
    }
    keepJob('lin', { job: '7', name: 'a.xlsx', kind: 'k' }, store)
    expect(keptJob('lin', store)).toEqual({ job: '7', name: 'a.xlsx', kind: 'k' })
    expect(keptJob('sun', store)).toBeNull()
    box.set('zs:import:lin', '{broken')
    expect(keptJob('lin', store)).toBeNull()
    keepJob('lin', null, store)
    expect(box.size).toBe(0)
  })
})
