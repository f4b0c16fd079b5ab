import { describe, expect, it } from 'vitest'
import type { Field, Kind } from '@/api/types'
import { changeText, figureText } from '@/desk/figures/figure'
import { dutyShare, dutyTone } from '@/desk/duties/duty'
import { supportOf } from '@/desk/report/sheet'
import { askedOf, changeOf, emptyDraft, isBlank, keepable, lacking, type Draft } from '@/rulebook/asked'
import { valueFromText } from '@/rulebook/fromText'

const kind: Kind = {
  key: 'thing',
  label: '事',
  part: 'p',
  states: [],
  fields: [
    { key: 'day', label: '日', type: 'date' },
    { key: 'sum', label: '合计', type: 'count', computed: true },
    { key: 'secret', label: '密', type: 'text', guard: 'sensitive' },
    {
      key: 'visits',
      label: '到访',
      type: 'rows',
      columns: [
        { key: 'who', label: '谁', type: 'text' },
        { key: 'age', label: '岁', type: 'count', computed: true },
      ],
    },
  ],
  actions: [
    {
      key: 'open',
      label: '登记',
      creates: true,
      needs: [{ field: 'day' }, { field: 'outside_no' }],
      asks: [{ field: 'secret' }, { field: 'sum' }],
      adds: ['visits'],
    },
    { key: 'next', label: '下一步', needs: [{ field: 'secret', conditional: true }, { field: 'visits.who' }], edits: { visits: ['who'] } },
  ],
  numbers: [{ key: 'outside_no', label: '外部编号', outside: true }],
}

describe('what a form asks', () => {
  it('asks each field once, by its strictest need, and no computed one', () => {
    const asked = askedOf(kind, kind.actions)
    expect(asked.fields.map(({ field, need }) => [field.key, need])).toEqual([
      ['day', 'need'],
      ['secret', 'maybe'],
    ])
    expect(asked.numbers).toEqual([{ key: 'outside_no', label: '外部编号', need: 'need' }])
    expect(asked.adds.map((table) => table.columns.map(({ field, need }) => [field.key, need]))).toEqual([[['who', 'need']]])
    expect(asked.edits.map((table) => table.columns.map((column) => column.key))).toEqual([['who']])
  })
  it('lacks what is needed and blank', () => {
    const asked = askedOf(kind, kind.actions)
    const draft = emptyDraft()
    expect(lacking(asked, draft).map((field) => field.key)).toEqual(['day'])
    draft.values.day = '2023-10-09'
    expect(lacking(asked, draft)).toEqual([])
  })
  it('sends nothing blank, and a source only for what is registered', () => {
    const draft: Draft = {
      ...emptyDraft(),
      values: { day: '2023-10-09', secret: ' ' },
      rows: { visits: [{}, { who: '甲' }] },
      source: '旧台账',
    }
    expect(changeOf(draft)).toEqual({ values: { day: '2023-10-09' }, rows: { visits: [{ who: '甲' }] }, way: 'done' })
    expect(changeOf({ ...draft, way: 'registered', day: '2023-10-01' })).toMatchObject({
      way: 'registered',
      day: '2023-10-01',
      source: '旧台账',
    })
  })
  it('keeps no sensitive value in the browser', () => {
    expect(keepable(askedOf(kind, kind.actions), { ...emptyDraft(), values: { day: '2023-10-09', secret: 'x' } }).values).toEqual({
      day: '2023-10-09',
    })
  })
  it('takes false and 0 for answers', () =>
    expect([isBlank(false), isBlank(0), isBlank(''), isBlank([]), isBlank({ name: '' })]).toEqual([false, false, true, true, true]))
})

describe('a pasted cell', () => {
  const names = { staff: new Map([['s-1', '林某']]), orgs: new Map([['v-1', '绳直村']]) }
  const field = (type: Field['type']): Field => ({ key: 'x', label: 'x', type, options: [{ key: 'a', label: '来访' }] })
  it.each([
    ['date', '2023.3.5', '2023-03-05'],
    ['count', '1,200', 1200],
    ['money', '3万', 3000000],
    ['flag', '是', true],
    ['choice', '来访', 'a'],
    ['choice', '来电', undefined],
    ['staff', '林某', 's-1'],
    ['org', '绳直村', 'v-1'],
    ['party', '张某某', { name: '张某某' }],
    ['text', '', null],
  ] as const)('as %s: %s', (type, text, value) => expect(valueFromText(field(type), text, names)).toEqual(value))
})

describe('figures and duties', () => {
  const count = { key: 'a', label: 'a', display: '5', value: 5, before: 3, unit: '宗' }
  const rate = { key: 'b', label: 'b', display: '96.9%', value: 0.969, before: 0.951, unit: '%' }
  it('tells change by an arrow and a number', () => {
    expect(changeText(count, '持平')).toBe('↑ 2')
    expect(changeText({ ...count, before: 5 }, '持平')).toBe('持平')
    expect(changeText({ ...count, before: null }, '持平')).toBe('—')
    expect(changeText(rate, '持平')).toBe('↑ 1.8')
    expect(figureText(rate.before, rate)).toBe('95.1%')
  })
  it('is done only when nobody is behind', () => {
    const duty = { key: 'd', label: 'd', state: 'met', state_label: '', value: 10, wanted: 10 }
    expect(dutyTone(duty)).toBe('done')
    expect(dutyTone({ ...duty, behind: ['甲村'] })).toBe('near')
    expect(dutyShare({ ...duty, windows: 52, reached: 26 })).toBe(0.5)
  })
  it('averages the support of the figures that have a value', () => {
    expect(
      supportOf([
        { ...count, case_by_case: 100 },
        { ...count, case_by_case: 90 },
        { ...count, value: 0, case_by_case: 0 },
      ]),
    ).toEqual({ share: 95, whole: 1, part: 1 })
  })
})
