import { shallowRef } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, ApiError } from '@/api'
import type { Row } from '@/api/types'
import { cellText, soundColumns, usualColumns } from '@/desk/ledger/columns'
import { isView, queryOf, soundViews, withView, type SavedView } from '@/desk/ledger/savedViews'
import { listSentence } from '@/desk/ledger/sentence'
import { useBulkEdit } from '@/desk/ledger/useBulkEdit'
import { useTicks } from '@/desk/ledger/useTicks'

const row = (id: number, more: Partial<Row> = {}): Row => ({
  id,
  kind: 'k',
  title: `事${id}`,
  state: 's',
  state_label: '已登记',
  version: 2,
  ...more,
})
afterEach(() => vi.restoreAllMocks())

describe('columns', () => {
  it('keep the order of the ledger, and number and matter whatever was kept', () => {
    expect(soundColumns(['due', 'state', 'nonsense'])).toEqual(['number', 'title', 'state', 'due'])
    expect(soundColumns(null)).toEqual(usualColumns)
  })
  it('say a row in words', () => {
    const one = row(1, {
      opened: '2023-03-05T09:00',
      due: { deadline: 'd', label: '书面告知', due: '2023-10-07', badge: { tone: 'over', text: '超 2 天' } },
    })
    expect([cellText(one, 'number'), cellText(one, 'opened'), cellText(one, 'due'), cellText(one, 'village')]).toEqual([
      '#1',
      '2023-03-05',
      '书面告知 2023-10-07 超 2 天',
      '',
    ])
  })
})

describe('saved views', () => {
  const mine: SavedView = { name: '我的', view: 'overdue', sort: 'due', filters: { village: 'v' }, columns: ['number', 'title', 'due'] }
  it('are made sound again when they are read', () => {
    expect(soundViews([mine, { name: ' ' }, 7, { name: '旧', view: 'gone', filters: { village: 3, odd: 'x' } }])).toEqual([
      mine,
      { name: '旧', view: 'open', sort: undefined, filters: {}, columns: usualColumns },
    ])
    expect(soundViews('x')).toEqual([])
  })
  it('take the place of the one of the same name', () =>
    expect(withView([mine], { ...mine, view: 'all' }).map((each) => each.view)).toEqual(['all']))
  it('are known again, and become an address', () => {
    expect(isView(mine, { ...mine, columns: ['due', 'number', 'title'] })).toBe(true)
    expect(isView(mine, { ...mine, filters: {} })).toBe(false)
    expect(queryOf(mine)).toEqual({ view: 'overdue', sort: 'due', village: 'v' })
  })
})

it('a list is one sentence', () =>
  expect(listSentence([row(1), row(2)], { lead: (n) => `${n} 件：`, line: (each) => each.title })).toBe('2 件：事1；事2。'))

describe('ticks', () => {
  it('go one by one, from one to another, and all at once; only what is listed counts', () => {
    const rows = shallowRef([row(1), row(2), row(3), row(4)])
    const ticks = useTicks(
      () => rows.value,
      () => 'k',
    )
    ticks.toggle(1)
    ticks.range(3, 2)
    expect(ticks.ticked.value.map((each) => each.id)).toEqual([1, 3, 4])
    ticks.toggle(3)
    rows.value = [row(1), row(2)]
    expect(ticks.ticked.value.map((each) => each.id)).toEqual([1])
    ticks.toggleAll()
    expect(ticks.all.value).toBe(true)
    ticks.toggleAll()
    expect(ticks.ticked.value).toEqual([])
  })
})

describe('filling one field on many', () => {
  it('skips who has it, goes on after a refusal, and says why', async () => {
    const amend = vi.spyOn(api, 'amend').mockImplementation(async (_kind, id) => {
      if (id === '2') throw new ApiError({ title: '不能改', status: 422, reasons: [{ gate: 'g', says: '要改用更正' }] })
      return { kind: 'k', id: Number(id), version: 3, state: 's' }
    })
    const bulk = useBulkEdit([row(1, { handler: 's-lin' }), row(2, { handler: 's-sun' }), row(3)], 'handler')
    await bulk.run('s-lin')
    expect(bulk.items.value.map((item) => item.state)).toEqual(['skipped', 'refused', 'done'])
    expect(bulk.items.value[1]?.reasons[0]?.says).toBe('要改用更正')
    expect(amend.mock.calls.map((call) => [call[1], call[2], call[3], call[4].version])).toEqual([
      ['2', 'edit', { values: { handler: 's-lin' } }, 2],
      ['3', 'edit', { values: { handler: 's-lin' } }, 2],
    ])
  })
  it('stops when the server is gone, and tries the rest again under the same keys', async () => {
    let reached = false
    const amend = vi.spyOn(api, 'amend').mockImplementation(async (_kind, id) => {
      if (!reached) throw new ApiError({ title: '', status: 0 })
      return { kind: 'k', id: Number(id), version: 3, state: 's' }
    })
    const bulk = useBulkEdit([row(1), row(2)], 'handler')
    await bulk.run('s-lin')
    expect(bulk.items.value.map((item) => item.state)).toEqual(['failed', 'waiting'])
    reached = true
    await bulk.run('s-lin')
    expect(bulk.done.value).toBe(2)
    expect(amend.mock.calls[0]?.[4].idempotencyKey).toBe(amend.mock.calls[1]?.[4].idempotencyKey)
  })
})
