import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Adopted, HomeItem, KindReading, Moved, OrgItem, Person, Post, Setting } from '../src/api/adminTypes'
import type { MockBook, MockKind } from './rulebook'
import { Refusal, type Ask } from './refusal'

/** What the three administrators keep, in the invented town. Accounts: guanli manages, shouquan grants, shenji audits. */
export const rightsOf = (account: string) => ({
  manages: account === 'guanli',
  grants: account === 'shouquan',
  audits: account === 'shenji',
  publishes: account === 'linmou',
})

export function administration(book: MockBook) {
  const dir = fileURLToPath(new URL('../../rulebook/', import.meta.url))
  const roles = parse(readFileSync(`${dir}roles.yaml`, 'utf8')) as Record<string, Record<string, unknown>>
  const given = parse(readFileSync(`${dir}settings.yaml`, 'utf8')) as Record<string, Record<string, unknown>>
  const scopes: Record<string, string> = { town: '全镇', own_unit: '本机构', own_village: '本村', none: '不可见' }
  const posts: Post[] = Object.entries(roles).map(([key, role]) => ({
    key,
    label: String(role.label),
    reads: Object.entries((role.reads ?? {}) as Record<string, string>)
      .filter(([, scope]) => scope !== 'none')
      .map(([kind, scope]) => ({ kind, label: book.kinds.get(kind)?.label ?? kind, scope, scope_label: scopes[scope] ?? scope })),
    never_with: ((role.never_with ?? []) as string[]).map((other) => ({ key: other, label: String(roles[other]?.label ?? other) })),
    manages: role.manages !== undefined,
    grants: role.grants !== undefined,
    audits: role.audits !== undefined,
    publishes: role.publishes !== undefined,
  }))
  for (const [key, label, right] of [
    ['system-admin', '系统管理员', 'manages'],
    ['security-admin', '安全保密管理员', 'grants'],
  ] as const)
    if (!posts.some((post) => post[right])) posts.push({ key, label, reads: [], never_with: [], [right]: true })
  const orgs: OrgItem[] = book.book.orgs.map((org, i) => ({
    key: org.key,
    name: org.name,
    type: org.type ?? 'unit',
    type_label: org.type === 'village' ? '村（社区）' : org.type === 'town' ? '镇' : '机构',
    since: '2019-01-01',
    until: i === 4 ? '2022-12-31' : null,
  }))
  const types = [...new Set(orgs.map((org) => org.type))].map((key) => ({
    key,
    label: orgs.find((org) => org.type === key)?.type_label ?? key,
  }))
  const nameOf = (key?: string | null) => orgs.find((org) => org.key === key)?.name ?? ''
  const people: Person[] = book.book.staff.map((each, i) => ({
    key: each.key,
    name: each.name,
    unit: each.unit,
    unit_name: nameOf(each.unit),
    village: i > 4 ? orgs.at(-1)?.key : null,
    village_name: i > 4 ? orgs.at(-1)?.name : '',
    posts: (each.posts?.length ? each.posts : [posts[i % posts.length]?.key ?? '']).map((key) => ({
      key,
      label: posts.find((post) => post.key === key)?.label ?? key,
    })),
    account:
      i === 3
        ? null
        : {
            account: each.key.replace('s-', ''),
            locked_until: i === 2 ? '2023-10-09T16:10' : null,
            must_change: i === 1,
            sessions: i === 0 ? 2 : 0,
          },
  }))
  const certain: Record<string, string> = {
    memory: '凭惯例，未核对',
    seed: '本镇自定',
    verified: '已逐字核对',
    page: '见于网页，未逐字核对',
  }
  const settings: Setting[] = Object.entries(given).map(([key, raw], i) => {
    const isTable = raw.value !== null && typeof raw.value === 'object'
    return {
      key,
      label: String(raw.label),
      value: isTable ? null : ((raw.value ?? null) as Setting['value']),
      text:
        raw.value === undefined || isTable
          ? null
          : String(raw.value)
              .replace('workdays', '个工作日')
              .replace('workday', '个工作日')
              .replace('days', '天')
              .replace('true', '是')
              .replace('false', '否'),
      unit: raw.unit ? String(raw.unit) : null,
      source: String(raw.source ?? ''),
      certainty: String(raw.certainty),
      certainty_label: certain[String(raw.certainty)],
      own: i === 1,
      default: (raw.value ?? null) as Setting['default'],
      table: isTable ? [{ key: '消防', value: '5000' }] : null,
    }
  })
  const homes: HomeItem[] = [...book.kinds.values()].map((kind) => ({
    kind: kind.key,
    label: kind.label,
    home: kind.home ?? 'here',
    default: kind.home ?? 'here',
    here: !kind.home,
  }))
  let entry = 8420
  const moved = (n: number): Moved[] =>
    Array.from({ length: n }, (_, i) => {
      const kind = [...book.kinds.values()][i % 3 === 0 ? 21 : 9] as MockKind
      return {
        kind: kind.key,
        kind_label: kind.label,
        id: 100 + i,
        number: `${kind.label.slice(0, 2)}〔2023〕${i + 4}号`,
        what: 'deadline',
        what_label: `${kind.deadlines?.[0]?.label ?? '办结'}届满日`,
        before: `2024-01-1${i % 9}（估计）`,
        after: `2024-01-1${(i + 2) % 9}`,
      }
    })
  const faultsOf = (text: string, name: string) => {
    const at = text.split('\n').findIndex((line) => line.includes('\t') || /^\s*bad/.test(line))
    if (at >= 0)
      throw new Refusal(422, '没有采用', {
        detail: '有不对的地方，没有采用。',
        faults: [{ place: `${name}:${at + 1}:1`, says: '这一行不能用制表符缩进；请改成空格。' }],
      })
  }
  function keeper(ask: Ask, right: 'manages' | 'grants', account: string): void {
    if (!rightsOf(account)[right]) throw new Refusal(403, '您没有这项权限')
    void ask
  }
  const written = (key: string) => ({ key, entry: ++entry })

  /** Answers what is under administration; undefined: it is somebody else's address. */
  return (ask: Ask, account: string): unknown => {
    const [first = '', a = '', b = ''] = ask.parts
    const { body, method } = ask
    const dry = ask.query.get('dry_run') === 'yes'
    const any = Object.values({ ...rightsOf(account), publishes: false }).some(Boolean)
    switch (first) {
      case 'staff': {
        if (method === 'GET') {
          if (!any) throw new Refusal(403, '人员名册由管理员维护')
          return { items: people }
        }
        keeper(ask, body.posts ? 'grants' : 'manages', account)
        if (!a) {
          if (people.some((person) => person.key === body.key))
            throw new Refusal(422, '已经有这个代号', { detail: `代号“${String(body.key)}”已经有人用了，请换一个。` })
          people.push({
            key: String(body.key),
            name: String(body.name),
            unit: body.unit as string,
            unit_name: nameOf(body.unit as string),
            village: body.village as string,
            village_name: nameOf(body.village as string),
            posts: [],
            account: null,
          })
          return written(String(body.key))
        }
        const person = people.find((each) => each.key === a)
        if (!person) throw new Refusal(404, '没有这个人')
        Object.assign(person, {
          ...body,
          posts: body.posts
            ? (body.posts as string[]).map((key) => ({ key, label: posts.find((post) => post.key === key)?.label ?? key }))
            : person.posts,
        })
        Object.assign(person, { unit_name: nameOf(person.unit), village_name: nameOf(person.village) })
        return written(a)
      }
      case 'posts':
        return { items: posts }
      case 'orgs': {
        if (method === 'GET') return { items: orgs, types }
        keeper(ask, 'manages', account)
        const org = orgs.find((each) => each.key === a)
        if (org) Object.assign(org, body)
        else orgs.push({ ...(body as unknown as OrgItem), type_label: types.find((type) => type.key === body.type)?.label })
        return written(a || String(body.key))
      }
      case 'settings': {
        if (method === 'GET') return { items: settings }
        keeper(ask, 'manages', account)
        const setting = settings.find((each) => each.key === a.split('.')[0])
        if (!setting) throw new Refusal(404, '没有这个参数')
        if (/[^\d\sa-z]/i.test(String(body.value)) && typeof body.value === 'string')
          throw new Refusal(422, '这个值写得不对', { detail: `“${String(body.value)}”不是期间。写成 5 workdays、30 days 或者 2 months。` })
        if (!dry) Object.assign(setting, { value: body.value, text: String(body.value), source: body.source, own: true })
        return { key: a, entry: dry ? null : ++entry, moved: moved(a.length % 3 === 0 ? 0 : 5) }
      }
      case 'homes': {
        if (method === 'GET') return { items: homes }
        keeper(ask, 'manages', account)
        Object.assign(homes.find((each) => each.kind === a) ?? {}, { home: body.home, here: body.home === 'here' })
        return { kind: a, entry: ++entry }
      }
      case 'accounts': {
        const person = people.find((each) => (a ? each.account?.account === a : each.key === body.staff))
        if (!person) throw new Refusal(404, '没有这个账号')
        keeper(ask, b === 'unlock' ? 'grants' : 'manages', account)
        if (method === 'DELETE') person.account = null
        else if (b === 'unlock') person.account = { account: a, sessions: 0 }
        else person.account = { account: a || String(body.account), must_change: true, sessions: 0 }
        return a ? null : { account: body.account }
      }
      case 'access': {
        const person = people.find((each) => each.key === ask.query.get('person'))
        const held = posts.filter((post) => person?.posts.some((each) => each.key === post.key))
        const kind = book.kinds.get(ask.query.get('kind') ?? '')
        const reads = held.flatMap((post) =>
          (post.reads ?? [])
            .filter((each) => each.kind === kind?.key)
            .map((each) => `岗位“${post.label}”可看${each.label}：${each.scope_label}`),
        )
        return {
          may: reads.length > 0,
          says: reads.length
            ? [...reads, `在${person?.unit_name || '本镇'}任职`]
            : [`${person?.name ?? ''}的岗位是${held.map((post) => post.label).join('、') || '（没有）'}，都不能看${kind?.label ?? ''}`],
          guards: [
            { key: 'personal', label: '个人信息', may: reads.length > 0 },
            { key: 'sensitive', label: '敏感个人信息', may: false },
          ],
        }
      }
      case 'adopt': {
        keeper(ask, 'manages', account)
        if (a === 'calendar') faultsOf(String(body.yaml), 'calendar.yaml')
        else for (const [name, text] of Object.entries((body.files ?? {}) as Record<string, string>)) faultsOf(text, name)
        return {
          moved: moved(a === 'calendar' ? 14 : 3),
          years: a === 'calendar' ? [2022, 2023, 2024] : null,
          entry: dry ? null : ++entry,
        } satisfies Adopted
      }
      case 'rulebook':
        return a === 'kinds' ? readingOf(book, b) : undefined
      default:
        return undefined
    }
  }
}

function readingOf(book: MockBook, key: string): KindReading {
  const kind = book.kinds.get(key)
  if (!kind) throw new Refusal(404, '没有这本台账')
  const lines = kind.actions.flatMap((action) => {
    const to = action.to ?? ''
    if (action.creates) return to ? [`  [*] --> ${to}: ${action.label}`] : []
    if (action.any || !to) return []
    return (action.from ?? []).map((from) => `  ${from} --> ${to}: ${action.label}`)
  })
  const names = kind.states.map((state) => `  ${state.key}: ${state.label}`)
  const ends = kind.states.filter((state) => state.final).map((state) => `  ${state.key} --> [*]`)
  const cited = new Set([...(kind.deadlines ?? []).map((each) => each.law), ...Object.values(kind.gates).flatMap((gate) => gate.law)])
  return {
    diagram: ['stateDiagram-v2', ...names, ...lines, ...ends].join('\n'),
    deadlines: (kind.deadlines ?? []).map((each, i) => ({
      key: each.key,
      label: each.label,
      law: each.law,
      within: ['15 天', '30 个工作日', '60 天'][i % 3],
      bears_label: { office: '约束本机关', party: '给当事人', superior: '上级机关', court: '法院' }[each.bears ?? ''] ?? '其他机关',
    })),
    gates: Object.entries(kind.gates).map(([gate, { says, law }]) => ({ key: gate, says, law })),
    rules: Object.entries(book.rules)
      .filter(([, rule]) => cited.has(rule.law))
      .map(([id, rule]) => ({
        id,
        law: rule.law,
        law_key: /《(.+?)》/.exec(rule.law)?.[1] ?? rule.law,
        article: rule.law.replace(/^《.+?》/, ''),
        label: rule.label,
        within: rule.within,
        quote: '（条文内容由服务器给出。）',
        certainty: 'verified',
        certainty_label: '已逐字核对',
      })),
  }
}
