import type { Badge, Deadline, Due, Entry, Rec, Row, Shown, Value, WorkItem } from '../src/api/types'
import type { MockBook, MockKind } from './rulebook'

/** An invented town: 墨线镇 on 2023-10-09. Nothing and nobody in it is real. */
export const today = '2023-10-09'
export const badge = (tone: Badge['tone'], text: string, share = 0): Badge => ({ tone, text, share })

const subjects = [
  '排水沟堵塞、雨天倒灌',
  '宅基地边界与邻户重叠',
  '村集体鱼塘发包未公示',
  '征地青苗补偿未到账',
  '道路施工损坏院墙',
  '村办砖厂欠薪',
  '灌溉用水分配不均',
  '养殖场异味扰民',
  '低保资格复核',
  '公益林补偿面积有误',
  '宅基地确权登记遗漏',
  '自来水管网接入',
  '村口路灯不亮',
  '某某五金厂封闭安全出口',
]
const names = ['张某某', '李某某', '王某某', '陈某某', '赵某某', '刘某某', '周某某', '郑某某', '黄某某', '何某某', '吴某某', '马某某']
const badges: [string, Badge][] = [
  ['2023-10-07', badge('over', '超 2 天', 1)],
  ['2023-10-09', badge('now', '今天届满', 1)],
  ['2023-10-11', badge('near', '剩 2 工作日', 0.6)],
  ['2023-10-13', badge('calm', '剩 4 天', 0.93)],
  ['2023-10-17', badge('calm', '剩 8 天', 0.88)],
  ['2023-10-18', badge('calm', '剩 9 天', 0.9)],
  ['2023-10-22', badge('calm', '剩 13 天', 0.13)],
  ['2023-10-23', badge('calm', '剩 14 天', 0.06)],
  ['2023-11-01', badge('wait', '暂停中 征求第三方意见', 0.5)],
  ['2023-11-07', badge('calm', '剩 29 天', 0.5)],
  ['2023-11-15', badge('calm', '剩 37 天', 0.4)],
  ['2024-01-18', badge('calm', '约剩 60 工作日', 0.3)],
]
const bearing = (kind: MockKind) => (kind.deadlines ?? []).filter((each) => each.bears === 'office' && each.law)
const at = <T>(items: readonly T[], i: number): T => items[i % items.length] as T

export function rowsOf(kind: MockKind, book: MockBook, count = 34): Row[] {
  const due = bearing(kind)
  const finals = kind.states.filter((state) => state.final)
  const open = kind.states.filter((state) => !state.final)
  return Array.from({ length: count }, (_, i): Row => {
    const closed = i >= 12 || open.length === 0
    const state = closed ? (finals.at(-1) ?? at(kind.states, i)) : at(open, Math.floor(i / 2))
    const village = at(book.book.orgs.slice(5), i)
    const handler = at(book.book.staff.slice(0, 3), i)
    const [day, mark] = at(badges, i)
    const law = at(due.length ? due : [{ key: '', label: '', law: '' }], i)
    return {
      id: 100 + i,
      kind: kind.key,
      kind_label: kind.label,
      number: `${kind.label.slice(0, 2)}〔2023〕${51 - i > 0 ? 51 - i : i}号`,
      title: at(subjects, i),
      state: state.key,
      state_label: state.label,
      final: closed,
      unit: 'sifa',
      unit_name: '司法所',
      village: village.key,
      village_name: village.name,
      handler: handler.key,
      handler_name: handler.name,
      opened: `2023-${closed ? '0' + String((i % 6) + 1) : '09'}-${String(10 + (i % 18))}`,
      closed: closed ? '2023-08-01' : null,
      version: 3,
      due: closed || !law.key ? null : ({ deadline: law.key, label: law.label, law: law.law, due: day, badge: mark } satisfies Due),
    }
  })
}

const sample = (
  field: { type: string; options?: { key: string; label: string }[] | null; label: string; asks?: string[] | null },
  i: number,
): { value: Value; text: string } | null => {
  switch (field.type) {
    case 'date':
      return { value: '2023-09-22', text: '2023-09-22' }
    case 'moment':
      return { value: '2023-09-22T09:30', text: '2023-09-22 09:30' }
    case 'choice':
      return field.options?.[0] ? { value: field.options[0].key, text: field.options[0].label } : null
    case 'choices':
      return field.options?.[0] ? { value: [field.options[0].key], text: field.options[0].label } : null
    case 'flag':
      return { value: false, text: '否' }
    case 'count':
      return { value: 3, text: '3' }
    case 'money':
      return { value: 3000000, text: '30,000 元' }
    case 'party':
      return { value: { name: at(names, i), phone: '138****0001' }, text: `${at(names, i)}，电话 138****0001` }
    case 'note':
      return { value: '雨季排水沟堵塞，积水倒灌进三户民房，请求清淤并修复。', text: '雨季排水沟堵塞，积水倒灌进三户民房，请求清淤并修复。' }
    case 'text':
      return { value: '某某单位', text: '某某单位' }
    case 'staff':
      return { value: 's-lin', text: '林某' }
    case 'org':
      return { value: 'sifa', text: '司法所' }
    case 'place':
      return { value: '绳直村', text: '绳直村' }
    default:
      return null
  }
}

export function recordOf(kind: MockKind, row: Row): Rec {
  const created = kind.actions.find((action) => action.creates)
  const asked = new Set(
    [...(created?.needs ?? []), ...(created?.asks ?? []), { field: 'unit' }, { field: 'village' }, { field: 'handler' }].map(
      (ask) => ask.field,
    ),
  )
  const fields = kind.fields
    .filter((field) => asked.has(field.key))
    .flatMap((field, i): Shown[] => {
      const shown = sample(field, row.id)
      if (!shown) return []
      const masked = field.guard === 'personal' && i % 2 === 0
      return [
        {
          key: field.key,
          label: field.label,
          type: field.type,
          guard: field.guard,
          computed: field.computed,
          masked,
          value: masked ? null : shown.value,
          text: masked && field.type !== 'party' ? '某****位' : shown.text,
        },
      ]
    })
  const own = (kind.deadlines ?? []).slice(0, 4)
  const deadlines = own.map((each, i): Deadline => {
    const done =
      i === 0 && !row.final
        ? badge('done', '已按期', 1)
        : i === 1
          ? (row.due?.badge ?? badge('calm', '剩 41 天', 0.5))
          : i === 2
            ? badge('calm', '剩 41 天', 0.5)
            : badge('wait', '还没有起算')
    const due = row.due?.due ?? '2023-11-19'
    return {
      key: each.key,
      row: 0,
      label: each.label,
      law: each.law || '《信访工作条例》第二十三条',
      bears: each.bears,
      outcome: done.tone === 'done' ? 'met' : 'running',
      outcome_label: done.tone === 'done' ? '已按期' : '进行中',
      start: i === 3 ? null : '2023-09-22',
      due: i === 3 ? null : due,
      stop: done.tone === 'done' ? '2023-09-27' : null,
      estimated: false,
      badge: row.final ? badge('done', '已按期', 1) : done,
      working: [
        `依据 ${each.law}（${each.label}）`,
        '起算 2023-09-22',
        '期间 15日，第一日 2023-09-23',
        '不计 2023-09-29 至 2023-10-06：中秋节、国庆节',
        '计入 2023-10-07、2023-10-08：调休上班',
        '法律没有写顺延；约束本机关的期限不顺延',
        `届满 ${due}`,
      ],
    }
  })
  const path = kind.states.filter((state) => !state.final || state === kind.states.at(-1))
  const here = Math.max(
    0,
    path.findIndex((state) => state.key === row.state),
  )
  const table = kind.fields.find((field) => field.type === 'rows')
  return {
    id: row.id,
    kind: kind.key,
    kind_label: kind.label,
    number: row.number,
    numbers: { number: row.number ?? '' },
    title: row.title,
    state: row.state,
    state_label: row.state_label,
    final: row.final,
    version: row.version,
    voided: false,
    fields,
    deadlines,
    rows: table
      ? [
          {
            key: table.key,
            label: table.label,
            columns: (table.columns ?? []).map(({ key, label, type }) => ({ key, label, type })),
            rows: [1, 2].map((number) => ({
              number,
              cells: Object.fromEntries((table.columns ?? []).slice(0, 3).map((column) => [column.key, sample(column, number)])),
            })),
          },
        ]
      : [],
    steps: path.map((state, i) => ({
      state: state.key,
      label: state.label,
      day: i < here ? `2023-09-${String(10 + i)}` : i === here ? '2023-09-28' : null,
      current: i === here,
    })),
    dossier: [
      ['登记表', true, '2023-09-22'],
      ['身份证明', true, '2023-09-22'],
      ['告知书', false, null],
      ['告知书送达回证', false, null],
      ['处理意见书', false, null],
    ].map(([label, there, day], i) => ({ label: String(label), there: Boolean(there), day: day as string | null, needed: i < 4 })),
    links: [
      {
        field: 'repeat_of',
        label: '前次',
        kind: kind.key,
        kind_label: kind.label,
        id: row.id + 1,
        number: `${kind.label.slice(0, 2)}〔2023〕9号`,
        title: '同一事项的前次办理',
      },
    ],
  }
}

/** Papers in the first field that holds any: two files and one kept on paper. */
export function withPapers(record: Rec, kind: MockKind): Rec {
  const field = kind.fields.find((each) => each.type === 'files')
  if (!field) return record
  const files = [
    { digest: 'a3f1'.repeat(16), name: '听取陈述笔录（2023-09-28）.pdf', type: 'application/pdf', size: 482113 },
    { digest: '09bc'.repeat(16), name: '现场照片.txt', type: 'text/plain', size: 1536 },
    {
      digest: '77aa'.repeat(16),
      name: '往来明细.xlsx',
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      size: 20480,
    },
  ]
  return {
    ...record,
    fields: [
      ...record.fields.filter((each) => each.key !== field.key),
      {
        key: field.key,
        label: field.label,
        type: 'files',
        value: [...files.map((file) => file.digest), '笔录原件 1 份，卷 3 页'],
        text: '',
        files,
      },
    ],
  }
}

/** An earlier day: one step behind, and the last two fields not filled in yet. */
export function asItStood(record: Rec, day: string | null): Rec {
  if (!day || day >= '2023-10-08') return record
  const fields = record.fields.slice(0, -2).map((field, i) => (i === 1 ? { ...field, text: `${field.text}（更正前）` } : field))
  return {
    ...record,
    state_label: '已登记',
    fields,
    rows: record.rows?.map((table) => ({ ...table, rows: table.rows.slice(0, 1) })),
    deadlines: record.deadlines?.slice(0, -1),
  }
}

export const historyOf = (row: Row): Entry[] => [
  {
    entry: 8412,
    at: '2023-10-07T15:20',
    day: '2023-10-07',
    actor_name: '林某',
    action: 'record',
    action_label: '登记陈述、调查材料',
    way: 'registered',
    way_label: '补登',
    late_entry: true,
    text: '登记陈述、调查材料：附笔录 1 份。',
    changes: [
      { label: '级别', before: '重大', after: '一般' },
      { label: '听取陈述记录', before: null, after: '笔录 1 份' },
    ],
    breaches: [{ says: '书面告知已经逾期', law: ['《信访工作条例》第二十三条'] }],
    warned: [],
  },
  {
    entry: 8377,
    at: '2023-09-27T10:05',
    day: '2023-09-27',
    actor_name: '孙某',
    action: 'accept',
    action_label: '受理',
    way: 'done',
    way_label: '办理',
    text: '受理：六十日办理期限从此起算。',
    changes: [],
    warned: [{ says: '代表超过五人', law: ['《信访工作条例》第二十条'] }],
  },
  {
    entry: 8102,
    at: '2023-09-22T09:30',
    day: '2023-09-22',
    actor_name: '林某',
    action: 'create',
    action_label: '登记',
    way: 'done',
    way_label: '办理',
    text: `登记：${row.title}。`,
    changes: [],
    breaches: [],
  },
]

export function worklistOf(book: MockBook): WorkItem[] {
  const items: [string, number, string, string, boolean, Badge][] = [
    ['petition', 0, '2023-10-07', '周六', true, badge('over', '超 2 天', 1)],
    ['penalty', 13, '2023-10-07', '周六', true, badge('over', '超 2 工作日', 1)],
    ['hotline', 12, '2023-10-08', '周日', true, badge('over', '超 1 工作日', 1)],
    ['petition', 1, '2023-10-09', '周一', true, badge('now', '今天届满', 1)],
    ['penalty', 4, '2023-10-10', '周二', true, badge('near', '剩 1 工作日', 0.82)],
    ['litigation', 2, '2023-10-11', '周三', true, badge('near', '剩 2 天', 0.8)],
    ['foi_request', 6, '2023-10-12', '周四', true, badge('near', '剩 3 工作日', 0.8)],
    ['petition', 3, '2023-10-13', '周五', true, badge('calm', '剩 4 天', 0.93)],
    ['mediation', 5, '2023-10-13', '周五', true, badge('calm', '剩 4 天', 0.9)],
    ['penalty', 7, '2023-10-13', '周五', true, badge('calm', '剩 4 天', 0.4)],
    ['foi_request', 8, '2023-10-16', '周一', true, badge('calm', '剩 5 工作日', 0.5)],
  ]
  return items.flatMap(([key, i, due, weekday, workday, mark], n) => {
    const kind = book.kinds.get(key)
    if (!kind) return []
    const law = at(bearing(kind).length ? bearing(kind) : [{ key: 'x', label: '办结', law: '' }], n)
    return [
      {
        kind: key,
        kind_label: kind.label,
        id: 100 + i,
        number: `${kind.label.slice(0, 2)}〔2023〕${48 - i}号`,
        title: at(subjects, i),
        state_label: kind.states[0]?.label ?? '',
        unit_name: '司法所',
        handler: 's-lin',
        handler_name: at(['林某', '周某、吴某', '郑某'], n),
        deadline: law.key,
        label: law.label,
        law: law.law,
        due,
        weekday,
        workday,
        badge: mark,
        act:
          n % 3 === 0
            ? {
                key: kind.actions.find((action) => !action.creates)?.key ?? '',
                label: kind.actions.find((action) => !action.creates)?.label ?? '',
              }
            : null,
      },
    ]
  })
}
