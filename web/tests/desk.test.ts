import { describe, expect, it } from 'vitest'
import type { FieldForm, Handover, HandoverLine } from '@/api/deskTypes'
import type { Kind, Rec, Row } from '@/api/types'
import { sharedActs } from '@/desk/bulk/sharedActs'
import { bodyOf, emptyNote, filledOf, isEmptyNote } from '@/desk/field/fieldNote'
import { mayArrange, mayTake, tally } from '@/desk/handover/lines'
import { cardLines } from '@/desk/outside/cardLines'

const kind = (more: Partial<Kind>): Kind => ({ key: 'k', label: 'K', part: 'p', states: [], fields: [], actions: [], ...more })
const row = (state: string, final = false): Row => ({ id: 1, kind: 'k', title: '', state, state_label: state, final, version: 1 })

describe('a bulk act', () => {
  const acts = kind({
    actions: [
      { key: 'create', label: '', creates: true },
      { key: 'accept', label: '', from: ['registered'] },
      { key: 'close', label: '', from: ['registered', 'accepted'] },
      { key: 'note', label: '', any: true },
    ],
  })
  it.each([
    [[row('registered')], ['accept', 'close', 'note']],
    [
      [row('registered'), row('accepted')],
      ['close', 'note'],
    ],
    [[row('registered'), row('closed', true)], []],
    [[], []],
  ])('is one that all records share: %j', (rows, keys) => expect(sharedActs(acts, rows).map((action) => action.key)).toEqual(keys))
})

describe('a hand-over', () => {
  const line = (n: number, more: Partial<HandoverLine>): HandoverLine => ({
    n,
    kind: 'k',
    kind_label: '',
    id: n,
    number: '',
    title: '',
    record_state: '',
    seen: true,
    opens: true,
    receiver: 'b',
    receiver_name: '',
    until: '2024-01-01',
    state: 'offered',
    state_label: '',
    late: false,
    mine: false,
    actor_name: '',
    says: '',
    ...more,
  })
  const handover: Handover = {
    id: 1,
    giver: 'a',
    giver_name: '',
    unit_name: '',
    maker: 'a',
    maker_name: '',
    why: '',
    made_on: '2024-01-01',
    arranges: true,
    lines: [
      line(1, { mine: true }),
      line(2, { state: 'accepted', mine: true }),
      line(3, { state: 'declined', late: true }),
      line(4, { state: 'moot' }),
    ],
  }
  it('is taken line by line by whom it is offered to', () => expect(handover.lines.filter(mayTake).map((each) => each.n)).toEqual([1]))
  it('is arranged while nobody has taken it', () => {
    expect(handover.lines.filter((each) => mayArrange(handover, each)).map((each) => each.n)).toEqual([1, 3])
    expect(mayArrange({ ...handover, arranges: false }, handover.lines[0]!)).toBe(false)
  })
  it('is counted', () => expect(tally(handover)).toEqual({ all: 4, waiting: 1, accepted: 1, declined: 1, late: 1 }))
})

describe('a note from outside', () => {
  const form: FieldForm = {
    kind: 'k',
    kind_label: 'K',
    label: 'L',
    asks: [
      { path: 'matter', rows: '', field: { key: 'matter', label: '事项', type: 'choice' } },
      { path: 'people.who', rows: 'people', field: { key: 'who', label: '姓名', type: 'party' } },
    ],
  }
  const filled = { matter: ['stall'], 'people.who': [{ name: '甲' }, undefined, { name: '乙' }] }
  it('is sent as the API takes it, without what is blank', () =>
    expect(bodyOf(form, '2024-05-01', filled)).toEqual({
      kind: 'k',
      day: '2024-05-01',
      values: { matter: 'stall' },
      rows: { people: [{ who: { name: '甲' } }, { who: { name: '乙' } }] },
    }))
  it('comes back as it was filled in', () =>
    expect(filledOf(form, bodyOf(form, '', filled))).toEqual({ matter: ['stall'], 'people.who': [{ name: '甲' }, { name: '乙' }] }))
  it('is empty until something is filled in', () => {
    expect(isEmptyNote(form, emptyNote(form))).toBe(true)
    expect(isEmptyNote(form, filled)).toBe(false)
  })
})

describe('an entry card', () => {
  const of = (card: Kind['card']): Kind =>
    kind({
      card,
      numbers: [{ key: 'no', label: '外部号', outside: true }],
      fields: [
        { key: 'caller', label: '诉求人', type: 'party', asks: ['name', 'phone'] },
        { key: 'content', label: '内容', type: 'note' },
        { key: 'reply', label: '答复', type: 'note' },
      ],
    })
  const record: Rec = {
    id: 1,
    kind: 'k',
    kind_label: '',
    title: '',
    state: '',
    state_label: '',
    version: 1,
    numbers: { no: 'A1' },
    fields: [
      { key: 'content', label: '内容', type: 'note', text: '路灯' },
      {
        key: 'caller',
        label: '诉求人',
        type: 'party',
        text: '张某 138****0000',
        masked: true,
        parts: { name: '张某', phone: '138****0000' },
      },
    ],
  }
  it('stands in the order of the outside system, by its names, part by part', () => {
    const lines = cardLines(
      record,
      of({
        number: 'no',
        lines: [
          { path: 'content', label: '' },
          { path: 'caller:name', label: '来电人' },
          { path: 'caller:phone', label: '' },
          { path: 'no', label: '' },
          { path: 'reply', label: '' },
        ],
      }),
    )
    expect(lines.map(({ label, text, masked }) => [label, text, masked])).toEqual([
      ['内容', '路灯', false],
      ['来电人', '张某', false],
      ['诉求人', '138****0000', true],
      ['外部号', 'A1', false],
      ['答复', '', false],
    ])
  })
  it("falls back to the kind's own order, without what is blank", () =>
    expect(cardLines(record, of({ number: '', lines: [] })).map((line) => line.path)).toEqual(['caller', 'content']))
})
