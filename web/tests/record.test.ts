import { describe, expect, it } from 'vitest'
import type { Duty, Entry, Rec } from '@/api/types'
import { dutyProgress } from '@/desk/duties/duty'
import { compareRecords, countChanged, daysAround } from '@/desk/record/compare'
import { canView, isDigest, paperNote, sizeText } from '@/shared/logic/files'

const rec = (more: Partial<Rec>): Rec => ({
  id: 1,
  kind: 'k',
  kind_label: '事',
  title: '排水沟',
  state: 'a',
  state_label: '已登记',
  version: 1,
  fields: [],
  ...more,
})
const words = {
  head: '事项',
  facts: '要素',
  deadlines: '期限',
  state: '状态',
  number: '编号',
  title: '事由',
  row: (n: number) => `第 ${n} 行`,
}

describe('two versions', () => {
  const before = rec({
    fields: [
      { key: 'x', label: '级别', type: 'text', text: '重大' },
      { key: 'y', label: '村', type: 'text', text: '甲' },
    ],
    rows: [
      {
        key: 'r',
        label: '听证',
        columns: [{ key: 'd', label: '日期', type: 'date' }],
        rows: [{ number: 1, cells: { d: { text: '05-01' } } }],
      },
    ],
  })
  const after = rec({
    state_label: '已受理',
    fields: [
      { key: 'y', label: '村', type: 'text', text: '甲' },
      { key: 'z', label: '笔录', type: 'text', text: '1 份' },
    ],
    rows: [
      {
        key: 'r',
        label: '听证',
        columns: [{ key: 'd', label: '日期', type: 'date' }],
        rows: [
          { number: 1, cells: { d: { text: '05-02' } } },
          { number: 2, cells: { d: { text: '06-01' } } },
        ],
      },
    ],
    deadlines: [{ key: 'q', label: '办结', due: '2023-12-01', badge: { tone: 'calm', text: '' } }],
  })
  const groups = compareRecords(before, after, words)
  const told = groups.flatMap((group) =>
    group.pairs.filter((pair) => !pair.same).map((pair) => [group.label, pair.label, pair.before, pair.after]),
  )
  it('tell every difference once, what was added and what is gone', () => {
    expect(told).toEqual([
      ['事项', '状态', '已登记', '已受理'],
      ['要素', '级别', '重大', ''],
      ['要素', '笔录', '', '1 份'],
      ['听证', '第 1 行 日期', '05-01', '05-02'],
      ['听证', '第 2 行 日期', '', '06-01'],
      ['期限', '办结', '', '2023-12-01'],
    ])
    expect(countChanged(groups)).toBe(6)
  })
  it('leave out what neither has, and find nothing in the same', () => {
    expect(groups[0]?.pairs.map((pair) => pair.label)).toEqual(['事由', '状态'])
    expect(countChanged(compareRecords(before, before, words))).toBe(0)
  })
  it('stand around an entry by the day of the one before', () => {
    const entry = (n: number, at: string): Entry => ({ entry: n, at, action: 'a', action_label: '', text: '' })
    const history = [entry(3, '2023-10-07T15:20'), entry(2, '2023-09-27T10:00'), entry(1, '2023-09-27T09:00')]
    expect(daysAround(history, 3)).toEqual({ from: '2023-09-27', to: '2023-10-07' })
    expect(daysAround(history, 2)).toEqual({ from: '2023-09-27', to: '2023-09-27' })
    expect([daysAround(history, 1), daysAround(history, 9)]).toEqual([null, null])
  })
})

describe('files', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KB'],
    [482113, '471 KB'],
    [64 * 1024 * 1024, '64 MB'],
    [2048, '2 KB'],
  ])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))
  it('are viewed only where a browser runs nothing of them', () =>
    expect(
      ['application/pdf', 'image/png', 'text/plain; charset=utf-8', 'image/svg+xml', 'text/html', 'application/zip'].map((type) =>
        canView({ type }),
      ),
    ).toEqual([true, true, true, false, false, false]))
  it('are told from words by their digest', () =>
    expect(['a3f1'.repeat(16), `sm3:${'0'.repeat(64)}`, '笔录 1 份，卷 3 页', 'a3f1'].map(isDigest)).toEqual([true, true, false, false]))
  it('say of a paper what it is and where it lies', async () => {
    const note = paperNote('笔录 1/2 份，卷 3 页', '纸质')
    expect([note.name, note.type, await note.text()]).toEqual(['纸质 笔录 1 2 份，卷 3 页.txt', 'text/plain', '笔录 1/2 份，卷 3 页\n'])
  })
})

it('a duty says what is reached of what is wanted', () => {
  const duty: Duty = { key: 'd', label: 'd', state: 's', state_label: '' }
  expect([{ ...duty, value: 9, wanted: 10 }, { ...duty, windows: 52, reached: 44 }, duty].map(dutyProgress)).toEqual([
    '9 / 10',
    '44 / 52',
    '',
  ])
})
