import { describe, expect, it } from 'vitest'
import { dashOf, shapeOf, sideOf } from '@/shared/logic/badge'
import { fenOf, yuanText } from '@/shared/logic/money'
import { dateOf, parseBlock, placeBlock } from '@/shared/logic/paste'
import { shortDay, splitWorking, turnMonth, weekdayColumn } from '@/shared/logic/text'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'

describe('money', () => {
  it.each([
    ['30,000', 3000000],
    ['１２.5', 1250],
    ['2.5万', 2500000],
    ['3 万元', 3000000],
    ['0.01', 1],
    ['1.001', null],
    ['三百', null],
    ['', null],
  ])('reads %s as %s fen', (text, fen) => expect(fenOf(text)).toBe(fen))
  it.each([
    [3000000, '30,000'],
    [123450, '1,234.50'],
    [5, '0.05'],
    [-100, '-1'],
  ])('writes %s fen as %s', (fen, text) => expect(yuanText(fen)).toBe(text))
})

describe('a pasted block', () => {
  it('keeps quoted line breaks and doubled quotes, and drops empty rows', () => {
    expect(parseBlock('甲\t"一\n二"\r\n\t\r\n乙\t"说""好"""\n')).toEqual([
      ['甲', '一\n二'],
      ['乙', '说"好"'],
    ])
  })
  it('goes by the names of its first row', () => {
    const columns = [
      { key: 'name', label: '姓名' },
      { key: 'score', label: '成绩' },
    ]
    expect(
      placeBlock(
        [
          ['成绩', '备注', '姓 名'],
          ['90', '', '甲'],
        ],
        columns,
      ),
    ).toEqual({ columns: ['score', null, 'name'], rows: [['90', '', '甲']], headed: true })
    expect(placeBlock([['甲', '90']], columns)).toEqual({ columns: ['name', 'score'], rows: [['甲', '90']], headed: false })
  })
  it.each([
    ['2023.3.5', '2023-03-05'],
    ['2023年12月31日', '2023-12-31'],
    ['20230305', '2023-03-05'],
    ['3.5', null],
    ['2023-13-01', null],
  ])('reads the date %s as %s', (text, day) => expect(dateOf(text)).toBe(day))
})

describe('badge', () => {
  it('has one shape for each tone but near and calm, which differ by ground', () => {
    expect((['over', 'now', 'near', 'calm', 'wait', 'done'] as const).map(shapeOf)).toEqual(['over', 'now', 'ring', 'ring', 'wait', 'done'])
  })
  it('draws the share of the period that is gone', () => {
    expect(dashOf(0.5)).toBe('12.6 25.1')
    expect(dashOf(null)).toBe('0.0 25.1')
    expect(dashOf(3)).toBe('25.1 25.1')
  })
  it('hangs what is due today above the bob', () => expect(sideOf('now')).toBe('late'))
})

describe('days as text', () => {
  it('leaves out the year of today', () => {
    expect(shortDay('2023-10-07', '2023-10-09')).toBe('10-07')
    expect(shortDay('2022-10-07', '2023-10-09')).toBe('2022-10-07')
    expect(shortDay(null, '2023-10-09')).toBe('')
  })
  it('turns the leaves of the calendar over the year', () => {
    expect(turnMonth('2023-12', 1)).toBe('2024-01')
    expect(turnMonth('2023-01', -1)).toBe('2022-12')
  })
  it('places a weekday, Monday first', () => expect(['周一', '周日', '星期天', 'Wed'].map(weekdayColumn)).toEqual([0, 6, 6, 2]))
  it('splits a line of a working at its first word', () => {
    expect(splitWorking('起算 2023-01-04')).toEqual({ head: '起算', rest: '2023-01-04' })
    expect(splitWorking('末日不顺延')).toEqual({ head: '', rest: '末日不顺延' })
  })
})

describe('locales', () => {
  const keysOf = (node: object, path = ''): string[] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'object' ? keysOf(value as object, `${path}${key}.`) : `${path}${key}`,
    )
  it('say the same things', () => expect(keysOf(en).sort()).toEqual(keysOf(zh).sort()))
})
