import { describe, expect, it } from 'vitest'
import type { Moved, Person, Post, Setting } from '@/api/adminTypes'
import { lineAt, placeOf, splitPlace } from '@/desk/admin/adopt/adopt'
import { movedByKind, movedSentence } from '@/desk/admin/moved'
import { byType } from '@/desk/admin/orgs/orgs'
import { accountWord, changeOf, conflicts, findPeople, firstPassword } from '@/desk/admin/people/people'
import { themeOf } from '@/desk/admin/rulebook/mermaidTheme'
import { sectionOf } from '@/desk/admin/sections'
import { changesOf, draftOf, findSettings, isBlankSetting } from '@/desk/admin/settings/settings'

describe('people', () => {
  const people: Person[] = [
    { key: 's-lin', name: '林某', unit: 'sifa', posts: [{ key: 'clerk', label: '信访专干' }], account: { account: 'lin' } },
    { key: 's-sun', name: '孙某', unit: 'xinfang', village: 'shengzhi', posts: [], account: null },
  ]
  it.each([
    [{ q: '林' }, ['s-lin']],
    [{ q: '信访' }, ['s-lin']],
    [{ q: 'S-SUN' }, ['s-sun']],
    [{ org: 'shengzhi' }, ['s-sun']],
    [{ q: '林', org: 'xinfang' }, []],
  ])('are found by %j', (by, keys) => expect(findPeople(people, by).map((each) => each.key)).toEqual(keys))
  it('say how an account stands in one word', () => {
    expect(
      [null, { account: 'a', locked_until: '2023-10-09T16:10' }, { account: 'a', must_change: true }, { account: 'a' }].map(accountWord),
    ).toEqual(['none', 'locked', 'first', 'good'])
  })
  it('name each pair of posts that excludes itself once, whichever of the two says so', () => {
    const posts: Post[] = [
      { key: 'a', label: '甲', never_with: [{ key: 'b', label: '乙' }] },
      { key: 'b', label: '乙', never_with: [{ key: 'a', label: '甲' }] },
      { key: 'c', label: '丙' },
    ]
    expect(conflicts(posts, ['a', 'b', 'c']).map(([one, other]) => one.key + other.key)).toEqual(['ab'])
    expect(conflicts(posts, ['a', 'c'])).toEqual([])
  })
  it('get a first password of sixteen letters that nobody mistakes for others', () => {
    expect(firstPassword()).toMatch(/^[a-hjkmnp-z2346789]{4}(-[a-hjkmnp-z2346789]{4}){3}$/)
    let at = 0
    const bytes = [255, 232, 0, 1, 231]
    expect(firstPassword((box) => box.map(() => bytes[at++] ?? 0)).startsWith('ab9a')).toBe(true)
  })
  it('send only what is different, and a cleared village as empty', () => {
    expect(
      changeOf<Record<string, string>>({ name: '林某', unit: 'sifa', village: 'x' }, { name: '林某', unit: 'sifa', village: '' }),
    ).toEqual({ village: '' })
  })
})

describe('organisations', () => {
  it('stand under their types, what has ended last, unknown types after all', () => {
    const groups = byType({
      items: [
        { key: 'a', name: '甲村', type: 'village', until: '2022-12-31' },
        { key: 'b', name: '乙村', type: 'village' },
        { key: 'c', name: '丙', type: 'odd', type_label: '其他' },
      ],
      types: [
        { key: 'office', label: '机构' },
        { key: 'village', label: '村' },
      ],
    })
    expect(groups.map((group) => [group.label, group.items.map((org) => org.key)])).toEqual([
      ['村', ['b', 'a']],
      ['其他', ['c']],
    ])
  })
})

describe('settings', () => {
  const one: Setting = { key: 'late', label: '补录天数', value: '7 days', own: true, source: '镇内部管理' }
  const blank: Setting = { key: 'valid', label: '有效期', value: '', source: '待取得' }
  const table: Setting = {
    key: 'fine',
    label: '较大数额',
    value: '',
    unit: '元',
    table: [
      { key: 'fire', value: '5000' },
      { key: 'food', value: '3000' },
    ],
  }
  it('tell what nobody has found yet', () => expect([one, blank, table].map(isBlankSetting)).toEqual([false, true, false]))
  it('are found by words and by whose they are', () => {
    expect(findSettings([one, blank, table], { only: 'own' }).map((each) => each.key)).toEqual(['late'])
    expect(findSettings([one, blank, table], { only: 'blank' }).map((each) => each.key)).toEqual(['valid'])
    expect(findSettings([one, blank, table], { q: '待取得' }).map((each) => each.key)).toEqual(['valid'])
  })
  it('write nothing that is as it was, and a table row by row', () => {
    expect(changesOf(one, draftOf(one))).toEqual([])
    expect(changesOf(one, { text: ' 10 days ', rows: null })).toEqual([{ key: 'late', value: '10 days' }])
    expect(
      changesOf(table, {
        text: '',
        rows: [
          { key: 'fire', value: '8000' },
          { key: 'food', value: '3000' },
          { key: 'mine', value: '100' },
          { key: '', value: '1' },
        ],
      }),
    ).toEqual([
      { key: 'fine.fire', value: '8000' },
      { key: 'fine.mine', value: '100' },
    ])
  })
})

describe('an adoption', () => {
  it.each([
    [{ name: 'a.yaml', webkitRelativePath: '规则书2024/kinds/a.yaml' }, 'kinds/a.yaml'],
    [{ name: 'lists.yml' }, 'lists.yml'],
    [{ name: 'README.md', webkitRelativePath: 'book/README.md' }, null],
    [{ name: 'x.yaml', webkitRelativePath: 'book/.git/x.yaml' }, null],
  ])('takes %j as %s', (file, place) => expect(placeOf(file)).toBe(place))
  it('shows the line that a fault speaks of', () => {
    expect(splitPlace('kinds/a.yaml:41:13')).toEqual({ file: 'kinds/a.yaml', line: 41, column: 13 })
    expect(splitPlace('kinds/a.yaml')).toEqual({ file: 'kinds/a.yaml', line: 0, column: 0 })
    expect(lineAt({ 'kinds/a.yaml': 'x: 1\ny: 2' }, 'kinds/a.yaml:2:1')).toBe('y: 2')
    expect(lineAt({ '日历.yaml': 'x: 1\ny: 2' }, 'calendar:1:1')).toBe('x: 1')
    expect(lineAt({ a: '', b: '' }, 'c:1')).toBe('')
  })
  it('tells what moves by ledger, in one sentence', () => {
    const moved: Moved[] = [
      { kind: 'p', kind_label: '信访', id: 1, number: '1号', what: 'd', what_label: '届满', before: '1-1', after: '1-2' },
      { kind: 'h', kind_label: '热线', id: 2, what: 'd', what_label: '届满', before: null, after: '1-3' },
      { kind: 'p', kind_label: '信访', id: 3, number: '3号', what: 'd', what_label: '届满', before: '2-1', after: '2-2' },
    ]
    expect(movedByKind(moved).map((group) => [group.kind, group.items.length])).toEqual([
      ['p', 2],
      ['h', 1],
    ])
    expect(
      movedSentence(moved, { what: '日历', lead: (what, n) => `${what} ${n}：`, line: (each) => `${each.number ?? '#'}${each.after}` }),
    ).toBe('日历 3：信访 1号1-2；3号2-2。热线 #1-3。')
  })
})

it('an unknown section of 管理 is one’s own account', () =>
  expect([sectionOf('people'), sectionOf('nonsense'), sectionOf()]).toEqual(['people', 'own', 'own']))
it('a diagram has no colour but the tokens', () =>
  expect(Object.values(themeOf((name) => name)).filter((value) => !value.startsWith('--zs-') && value !== '13px')).toEqual([]))
