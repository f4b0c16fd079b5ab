import { describe, expect, it } from 'vitest'
import type { CheckLine, CheckSheet } from '@/api/checkTypes'
import { cellTone, entriesOf, filledColumns, seenOf, toneOf } from '@/desk/checks/sheet'

const line = (over: Partial<CheckLine>): CheckLine => ({
  verdict: 'fits',
  kind: 'k',
  kind_label: '',
  id: 1,
  row: 0,
  number: '',
  title: '',
  day: '2023-01-01',
  why: [],
  cells: {},
  ...over,
})
const totals = { lines: 1, differs: 0, unproven: 0, sums: {} }
const sheet = (over: Partial<CheckSheet>): CheckSheet => ({
  key: 's',
  label: '',
  definition: '',
  law: [],
  year: 2023,
  as_of: '2023-12-31',
  columns: [],
  groups_by: '',
  signed_by: [],
  totals,
  groups: [],
  hidden: 0,
  cut: false,
  lines: [],
  ...over,
})
const column = (key: string, type = 'text', total = false) => ({ key, label: key, type, total })

describe('a self-check sheet', () => {
  it('leaves out columns that no line fills, but for those that are added up', () => {
    const made = sheet({ columns: [column('a'), column('b'), column('c', 'money', true)], lines: [line({ cells: { a: { text: '甲' } } })] })
    expect(filledColumns(made).map((each) => each.key)).toEqual(['a', 'c'])
  })
  it('puts the sum of a group behind its lines', () => {
    const first = line({ id: 1, cells: { who: { text: '甲' } } }),
      second = line({ id: 2, cells: { who: { text: '乙' } } })
    const made = sheet({
      groups_by: 'who',
      groups: [
        { ...totals, text: '乙' },
        { ...totals, text: '甲' },
      ],
      lines: [first, second],
    })
    expect(entriesOf(made, made.lines)).toEqual([
      { line: second },
      { group: { ...totals, text: '乙' } },
      { line: first },
      { group: { ...totals, text: '甲' } },
    ])
  })
  it('leaves out the sum of a group of which no line is shown', () => {
    const made = sheet({ groups_by: 'who', groups: [{ ...totals, text: '甲' }], lines: [] })
    expect(entriesOf(made, [])).toEqual([])
  })
  it('says in colour what is broken and what nobody has looked at', () => {
    expect(cellTone(column('a', 'gates'), { text: '', value: 'breached' })).toBe('bad')
    expect(cellTone(column('a', 'gates'), { text: '', value: 'unproven' })).toBe('open')
    expect(cellTone(column('a', 'gates'), { text: '', value: 'passed' })).toBe('')
    expect(cellTone(column('a', 'outcome'), { text: '', value: 'overdue' })).toBe('bad')
    expect([toneOf('differs'), toneOf('unproven'), toneOf('fits')]).toEqual(['over', 'near', 'done'])
  })
  it('gathers what stands behind the verdicts of a line', () => {
    const made = line({ cells: { a: { text: '', seen: ['立案 核过 2 项'] }, b: { text: 'x' } } })
    expect(seenOf(made, [column('a', 'gates'), column('b')])).toEqual([{ column: 'a', seen: ['立案 核过 2 项'] }])
  })
})
