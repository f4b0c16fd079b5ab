import { describe, expect, it } from 'vitest'
import type { Field, RowEdits, Staff } from '@/api/types'
import type { AskedTable } from '@/rulebook/asked'
import { cellOpen, givenCell, withCell } from '@/rulebook/cells'
import { valueFromText } from '@/rulebook/fromText'
import {
  absenceField,
  anyOf,
  absentText,
  fromNames,
  fromRegister,
  merged,
  namesOf,
  notingOf,
  personColumn,
  rowsOf,
} from '@/rulebook/roster'

const words = { absent: anyOf('缺席、未到、缺考'), present: anyOf('到场、参考') }
const table = (...columns: [string, Field['type'], string][]): AskedTable => ({
  field: { key: 't', label: '名册', type: 'rows' },
  columns: columns.map(([key, type, label]) => ({ field: { key, type, label }, need: 'ask' })),
})
const meeting = table(['who', 'staff', '姓名'], ['gone', 'flag', '缺席'], ['why', 'note', '缺席事由'])
const exam = table(['who', 'staff', '姓名'], ['exempt', 'flag', '经批准免考'], ['came', 'flag', '参考'], ['score', 'count', '成绩'])
const course = table(['who', 'staff', '姓名'], ['passed', 'flag', '考核合格'])
const staff: Staff[] = [
  { key: 's-1', name: '林某', unit: 'a' },
  { key: 's-2', name: '孙某', unit: 'a' },
  { key: 's-3', name: '周某', unit: 'b' },
  { key: 's-4', name: '周某', unit: 'a' },
]
const unitName = (key: string) => `${key}所`

describe('rows that list people', () => {
  it('are told by their first column, and one such column only', () => {
    expect(personColumn(meeting)?.key).toBe('who')
    expect(personColumn(table(['one', 'party', '代表人']))?.key).toBe('one')
    expect(personColumn(table(['day', 'date', '日'], ['who', 'staff', '人']))).toBeUndefined()
    expect(personColumn(table(['one', 'staff', '甲'], ['other', 'staff', '乙']))).toBeUndefined()
  })
  it('note an absence by what the rulebook calls its columns', () => {
    expect(notingOf(meeting, words)).toEqual({ flag: 'gone', value: true, note: 'why' })
    expect(notingOf(exam, words)).toEqual({ flag: 'came', value: false, note: undefined })
    expect(notingOf(course, words)).toEqual({ note: undefined })
  })
})

describe('a list', () => {
  it('reads names as they are pasted', () =>
    expect(namesOf('姓名\n1. 林某\n2、孙某；林某\r\n张 三\t钱某')).toEqual(['林某', '孙某', '张 三', '钱某']))
  it('finds them in the register, and leaves a doubled name to a person', () => {
    expect(fromNames(['孙 某', '周某', '赵某'], staff, unitName).map((each) => [each.key, each.known, each.of])).toEqual([
      ['s-2', true, 'a所'],
      ['', false, ''],
      ['', false, ''],
    ])
    expect(fromRegister(staff, 'a', unitName).map((each) => each.name)).toEqual(['林某', '孙某', '周某'])
    expect(fromRegister(staff, '', unitName)).toHaveLength(4)
  })
  const list = [
    { ...fromRegister(staff, 'a', unitName)[0]!, absent: true, why: '出差' },
    fromRegister(staff, 'a', unitName)[1]!,
    { key: '', name: '赵某', of: '', absent: false, why: '', known: false },
  ]
  it('leaves the absent out, or keeps them marked with their reason', () => {
    expect(rowsOf(list, course.columns[0]!.field, notingOf(course, words))).toEqual([{ who: 's-2' }])
    expect(rowsOf(list, meeting.columns[0]!.field, notingOf(meeting, words))).toEqual([
      { who: 's-1', gone: true, why: '出差' },
      { who: 's-2', gone: false },
    ])
    expect(rowsOf(list, exam.columns[0]!.field, notingOf(exam, words))).toEqual([
      { who: 's-1', came: false },
      { who: 's-2', came: true },
    ])
  })
  it('writes parties by name, known or not', () =>
    expect(rowsOf(list, { key: 'who', label: '代表', type: 'party' }, {})).toEqual([{ who: { name: '孙某' } }, { who: { name: '赵某' } }]))
  it('adds to the rows that are there, one row a person', () => {
    expect(merged([{ who: 's-2', score: 90 }, {}, { who: 's-9' }], [{ who: 's-2', came: true }, { who: 's-1' }], 'who')).toEqual([
      { who: 's-2', score: 90, came: true },
      { who: 's-9' },
      { who: 's-1' },
    ])
  })
  it('tells the absent in words, where the form asks for them', () => {
    expect(absentText(list)).toBe('林某（出差）')
    expect(
      absenceField(
        [
          { key: 'a', label: '学时', type: 'count' },
          { key: 'b', label: '未到人员', type: 'note' },
        ],
        words,
      )?.key,
    ).toBe('b')
    expect(absenceField([{ key: 'a', label: '缺席', type: 'flag' }], words)).toBeUndefined()
  })
})

describe('cells of rows that are there', () => {
  it('keep what was given before, and take a cleared cell for given', () => {
    let edits: RowEdits = withCell({}, { table: 't', row: 1, column: 'a', value: 'x' })
    edits = withCell(edits, { table: 't', row: 1, column: 'b', value: undefined })
    edits = withCell(edits, { table: 't', row: 2, column: 'a', value: 'y' })
    expect(edits).toEqual({ t: { 1: { a: 'x', b: null }, 2: { a: 'y' } } })
    expect([givenCell(edits, 't', 1, 'b'), givenCell(edits, 't', 1, 'c'), givenCell(edits, 'u', 1, 'a')]).toEqual([
      null,
      undefined,
      undefined,
    ])
  })
  it('are open when blank; for a correction always', () => {
    expect([cellOpen({ value: 'x' }, true), cellOpen({ value: '' }, true), cellOpen(null, true), cellOpen({ value: 'x' })]).toEqual([
      false,
      true,
      true,
      true,
    ])
  })
})

it('a pasted word is no paper', () =>
  expect(valueFromText({ key: 'f', label: 'f', type: 'files' }, '扫描件.pdf', { staff: new Map(), orgs: new Map() })).toBeUndefined())
