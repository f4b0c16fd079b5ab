import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Connect, Plugin } from 'vite'
import type { Change, Deadline, Figure, Me, Reason, Row } from '../src/api/types'
import { administration, rightsOf } from './admin'
import { importing, Paper } from './imports'
import { Refusal, type Ask } from './refusal'
import { loadBook, type MockKind } from './rulebook'
import { asItStood, badge, historyOf, recordOf, rowsOf, today, withPapers, worklistOf } from './town'

/** Answers the API's contract with an invented town, so that pages can be drawn without the server. Any password but "wrong" opens. */
/** Enough of a description to see the API's page by; the server makes the real one of itself. */
const openapi = {
  openapi: '3.1.0',
  info: { title: '准绳 API', version: '1', description: '示例' },
  servers: [{ url: '/' }],
  tags: [{ name: 'records' }, { name: 'me' }],
  paths: Object.fromEntries(
    ['/me', '/records/{kind}', '/records/{kind}/{id}', '/worklist', '/figures'].map((path) => [
      `/api/v1${path}`,
      {
        get: {
          summary: path,
          tags: [path === '/me' ? 'me' : 'records'],
          parameters: [...path.matchAll(/{(\w+)}/g)].map((match) => ({
            name: match[1],
            in: 'path',
            required: true,
            schema: { type: 'string' },
          })),
          responses: { 200: { description: '办成', content: { 'application/json': { schema: { type: 'object' } } } } },
        },
      },
    ]),
  ),
}

function town() {
  const book = loadBook(fileURLToPath(new URL('../../rulebook', import.meta.url)))
  const rows = new Map<string, Row[]>()
  const administer = administration(book)
  const imports = importing(book)
  let account = 'linmou'
  let signedIn = true
  let mustChange = false
  const kindOf = (key: string): MockKind =>
    book.kinds.get(key) ??
    (() => {
      throw new Refusal(404, '没有这本台账')
    })()
  const rowsFor = (key: string): Row[] =>
    rows.get(key) ?? (rows.set(key, rowsOf(kindOf(key), book, key === 'hotline' ? 5000 : 34)), rows.get(key) ?? [])
  const rowOf = (kind: string, id: string): Row =>
    rowsFor(kind).find((row) => row.id === Number(id)) ??
    (() => {
      throw new Refusal(404, '没有这件事，或者不归您看')
    })()
  const me = (): Me => ({
    town: { id: 1, name: '墨线镇' },
    account,
    name: account === 'linmou' ? '林某' : account,
    staff: 's-lin',
    unit: 'sifa',
    unit_name: '司法所',
    village: '',
    village_name: '',
    posts: [{ key: 'judicial-office-head', label: '司法所负责人' }],
    reads: [...book.kinds.keys()],
    today,
    weekday: '周一',
    workday: true,
    rest_reason: '',
    years: [2022, 2023],
    must_change: mustChange,
    csrf: 'c',
    ...rightsOf(account),
  })
  const figures = (): Figure[] =>
    Object.entries(book.figures).map(([key, raw], i) => {
      const figure = raw as Record<string, string>
      const rate = figure.display === 'rate'
      const value = rate ? 0.969 : (i * 37) % 160
      return {
        key,
        label: figure.label ?? key,
        unit: figure.unit ?? '',
        kind: 'petition',
        form: rate ? 'ratio' : figure.sums ? 'sums' : 'counts',
        value,
        display: rate ? '96.9%' : String(value),
        before: rate ? 0.951 : i % 5 === 4 ? null : (i * 31) % 150,
        evidence: value < 1 ? 32 : value,
        case_by_case: i % 7 === 3 ? 92 : 100,
        definition: figure.definition ?? '',
        overlaps: [],
      }
    })
  const lacking = (kind: MockKind, action: string): Reason[] =>
    (kind.requires[action] ?? []).flatMap((gate) => (kind.gates[gate] ? [{ gate, ...kind.gates[gate] }] : []))
  const actsOf = (kind: MockKind, row: Row) =>
    kind.actions
      .filter((action) => !action.creates && (action.any ? !row.final : (action.from ?? []).includes(row.state)))
      .map((action, i) => {
        const reasons = lacking(kind, action.key)
        return {
          key: action.key,
          label: action.label,
          open: reasons.length === 0 || i === 0,
          primary: i === 0,
          reasons: i === 0 ? [] : reasons,
        }
      })
  function change(kind: MockKind, action: string, ask: Ask, id?: string) {
    const given = ask.body as Change
    const does = kind.actions.find((each) => each.key === action)
    const needs = (does?.needs ?? []).filter(
      (need) => !need.conditional && !need.field.includes('.') && given.values?.[need.field] === undefined,
    )
    if (needs.length)
      throw new Refusal(422, `现在不能${does?.label ?? ''}，还差 ${needs.length} 项`, {
        reasons: needs.map((need) => ({
          gate: 'needs',
          says: `没有填${kind.fields.find((field) => field.key === need.field)?.label ?? need.field}`,
          law: [],
          warns: false,
        })),
      })
    const state = kind.states.find((each) => each.key === does?.to)
    const deadlines: Deadline[] = (kind.deadlines ?? []).slice(0, 2).map((each) => ({
      key: each.key,
      row: 0,
      label: each.label,
      law: each.law,
      due: '2023-12-08',
      start: today,
      badge: badge('calm', '剩 60 天', 0),
      working: [],
    }))
    if (ask.query.get('dry_run')) return { state: state?.key ?? '', state_label: state?.label ?? '不变', deadlines }
    if (id) {
      const row = rowOf(kind.key, id)
      row.version += 1
      if (state) Object.assign(row, { state: state.key, state_label: state.label, final: state.final })
    }
    return {
      kind: kind.key,
      id: id ? Number(id) : 101,
      version: 4,
      state: state?.key ?? '',
      numbers: { number: '〔2023〕52号' },
      opened: [],
      missing: [],
      warned: [],
      breaches: [],
      entry: 8413,
    }
  }
  const monthDays = () => {
    const rest = new Map([...Array.from({ length: 6 }, (_, i) => [i + 1, '国庆节'] as const)])
    return Array.from({ length: 31 }, (_, i) => {
      const weekday = '日一二三四五六'[i % 7] ?? ''
      const day = `2023-10-${String(i + 1).padStart(2, '0')}`
      const weekend = '六日'.includes(weekday)
      const made = i === 6 || i === 7
      return {
        day,
        weekday: `周${weekday}`,
        workday: made || (!weekend && !rest.has(i + 1)),
        reason: rest.get(i + 1) ?? (made ? '调休上班' : weekend ? `周${weekday}` : ''),
        items: worklistOf(book)
          .filter((item) => item.due === day)
          .map((item) => ({ kind: item.kind, id: item.id, label: item.label, title: item.title, badge: item.badge })),
      }
    })
  }
  const chapters = [
    '一、上一年度推进法治政府建设的主要举措和成效',
    '（一）严把决策关口',
    '（二）化解矛盾纠纷',
    '（三）抓实学法普法',
    '二、存在的不足和原因',
    '三、下一年度主要安排',
  ]
  const figure = (key: string, text: string) => `<a class="figure" data-figure="${key}" href="#figure-${key}">${text}</a>`
  const report = `<h1>墨线镇2023年法治政府建设年度报告</h1><p>2023年，墨线镇把依法行政贯穿镇域治理全过程。现将有关情况报告如下。</p><h2 id="c0">${chapters[0]}</h2><h3 id="c1">${chapters[1]}</h3><p>落实法律顾问制度，重大事项先审后议。全年法律顾问列席会议${figure('counsel_meetings', '33')}次，审核协议文书${figure('counsel_contracts', '70')}份，出具法律意见书${figure('counsel_opinions', '144')}份。</p><h3 id="c2">${chapters[2]}</h3><p>各级人民调解委员会受理矛盾纠纷${figure('mediation_cases', '40')}起，达成协议涉及金额${figure('mediation_amount', '100余万')}元；办理信访事项${figure('petition_cases', '64')}宗，按期办结率${figure('petition_decide_rate', '96.9%')}；领导接访${figure('reception_persontimes', '288')}人次；办理12345热线工单${figure('hotline_tickets', '199')}单。</p><h3 id="c3">${chapters[3]}</h3><p>开展普法宣传活动${figure('pufa_events', '60')}场，受教育群众${figure('pufa_audience', '2万余')}人次。</p><h2 id="c4">${chapters[4]}</h2><p>对照台账，本年度存在以下不足：</p><ul><li>信访事项书面告知逾期 2 件。</li></ul><h2 id="c5">${chapters[5]}</h2><p>以上各项列入下一年度整改。</p><p class="sign">墨线镇人民政府</p>`

  function answer(ask: Ask): unknown {
    const [first = '', a = '', b = '', c = '', d = ''] = ask.parts
    if (first === 'login') {
      if (ask.body.password === 'wrong') throw new Refusal(401, '密码不对，还可以试 4 次', { detail: '大小写有区别。' })
      signedIn = true
      mustChange = ask.body.account === 'new'
      account = String(ask.body.account)
      return me()
    }
    if (!signedIn) throw new Refusal(401, '请先登录')
    const others = administer(ask, account) ?? imports(ask)
    if (others !== undefined) return others
    if (first === 'report' && a === 'publish') return { year: 2023, entry: 8414, day: today, figures: 40 }
    if (first === 'records') {
      const kind = kindOf(a)
      if (!b && ask.method === 'GET') {
        const view = ask.query.get('view') ?? 'open'
        const is = {
          open: (row: Row) => !row.final,
          overdue: (row: Row) => row.due?.badge.tone === 'over',
          mine: (row: Row) => row.handler === 's-lin' && !row.final,
          closed: (row: Row) => row.final ?? false,
          all: () => true,
        }
        const all = rowsFor(a)
        const matching = all
          .filter(is[view as keyof typeof is])
          .filter(
            (row) =>
              ['state', 'village', 'unit', 'handler'].every((key) => !ask.query.get(key) || row[key as 'state'] === ask.query.get(key)) &&
              (row.title + (row.number ?? '')).includes(ask.query.get('q') ?? ''),
          )
        const after = Number(ask.query.get('after') ?? 0)
        const limit = Number(ask.query.get('limit') ?? 50)
        return {
          items: matching.slice(after, after + limit),
          next: after + limit < matching.length ? String(after + limit) : null,
          counts: Object.fromEntries(Object.entries(is).map(([key, test]) => [key, all.filter(test).length])),
        }
      }
      if (!b) return change(kind, kind.actions.find((action) => action.creates)?.key ?? '', ask)
      if (b === 'quick') return change(kind, kind.actions.find((action) => action.creates)?.key ?? '', ask)
      const row = rowOf(a, b)
      if (ask.headers['if-match'] && ask.headers['if-match'] !== String(row.version))
        throw new Refusal(409, '这件事刚被孙某改过', { version: row.version, detail: '您的修改还没写入。' })
      if (!c) return asItStood(withPapers(recordOf(kind, row), kind), ask.query.get('as_of'))
      if (c === 'actions' && ask.method === 'GET') return { items: actsOf(kind, row) }
      if (c === 'actions') return change(kind, d, ask, b)
      if (c === 'history') return { items: historyOf(row) }
      if (c === 'entries')
        return {
          entry: Number(d),
          leaf: 'a3f1'.repeat(16),
          root: '09bc'.repeat(16),
          size: 8413,
          path: ['77aa'.repeat(16), '5e01'.repeat(16), 'c410'.repeat(16)],
          holds: true,
        }
      if (c === 'reveal') return { value: '某某单位', text: '墨线镇某某单位' }
      row.version += 1
      return { kind: a, id: row.id, version: row.version, state: row.state }
    }
    switch (first) {
      case 'logout':
        signedIn = false
        return null
      case 'password':
        mustChange = false
        return null
      case 'me':
        return me()
      case 'sessions':
        return ask.method === 'DELETE'
          ? null
          : {
              items: [
                { id: '1', since: '2023-10-09T08:31', last: '2023-10-09T10:42', own: true },
                { id: '2', since: '2023-10-08T08:29', last: '2023-10-08T17:20', own: false },
              ],
            }
      case 'rulebook':
        return book.book
      case 'rules':
        return { id: a, ...book.rules[a], article: '', certainty: 'verified', quote: '（条文内容由服务器给出。）' }
      case 'counts':
        return Object.fromEntries(
          [...book.kinds.keys()].map((key) => [
            key,
            { open: rowsFor(key).filter((row) => !row.final).length, overdue: ['petition', 'hotline', 'penalty'].includes(key) ? 1 : 0 },
          ]),
        )
      case 'worklist': {
        const all = worklistOf(book)
        const within = ask.query.get('within') ?? 'all'
        const items = all.filter(
          (item) =>
            within === 'all' ||
            (within === 'overdue'
              ? item.badge.tone === 'over'
              : within === '3'
                ? item.badge.tone !== 'calm' && item.badge.tone !== 'over'
                : item.due <= '2023-10-15'),
        )
        return {
          today,
          counts: { all: all.length, overdue: 3, within3: 4, week: 10, mine: 6 },
          items: ask.query.get('scope') === 'mine' ? items.filter((_, i) => i % 2 === 0) : items,
          later: 13,
          paused: 2,
        }
      }
      case 'figures': {
        if (!a) return { year: Number(ask.query.get('year')), as_of: today, items: figures() }
        const one = figures().find((each) => each.key === a)
        if (!one) throw new Refusal(404, '没有这个指标')
        if (b === 'months')
          return {
            items: Array.from({ length: 12 }, (_, i) => ({
              month: i + 1,
              value: i > 9 ? null : 3 + ((i * 5) % 7),
              before: 2 + ((i * 3) % 6),
            })),
          }
        const total = one.evidence ?? 0
        const after = Number(ask.query.get('after') ?? 0)
        const count = Math.min(40, total - after)
        return {
          figure: { key: one.key, label: one.label, unit: one.unit, definition: one.definition },
          total,
          items: Array.from({ length: count }, (_, i) => ({
            kind: 'petition',
            id: 100 + (i % 30),
            number: `信访〔2023〕${after + i + 1}号`,
            title: rowsFor('petition')[i % 30]?.title ?? '',
            state_label: '已办结',
            day: `2023-0${(i % 9) + 1}-12`,
            value: 1,
            village: '绳直村',
            unit: '司法所',
          })),
          next: after + count < total ? String(after + count) : null,
        }
      }
      case 'duties':
        return {
          items: [
            ['a', '普法部署会', 'done', '已完成', 1, 1, '2023-03-01', []],
            ['b', '年度报告公开', 'done', '已完成', 1, 1, '2023-04-01', []],
            ['c', '第一议题学习', 'on_track', '进行中', 52, 60, '2023-12-31', []],
            ['d', '综合应急演练', 'behind', '未安排', 0, 1, '2023-12-31', []],
            ['e', '法律明白人 每村 4 名', 'behind', '有缺', 9, 10, '2023-12-31', ['准平村']],
            ['f', '普法报告会', 'not_due', '未到期', 0, 1, '2023-12-31', []],
            ['g', '每周接访', 'missed', '有缺', 44, 52, null, []],
          ].map(([key, label, state, state_label, value, wanted, warn_by, behind]) => ({
            key,
            label,
            state,
            state_label,
            value,
            wanted,
            warn_by,
            behind,
            law: '2023 年度工作计划',
            ...(key === 'g' ? { windows: 52, reached: 44 } : {}),
          })),
        }
      case 'report':
        return {
          year: Number(ask.query.get('year')),
          town: '墨线镇',
          title: '墨线镇2023年法治政府建设年度报告',
          html: report,
          figures: figures(),
          chapters: chapters.map((title, i) => ({ title, anchor: `c${i}` })),
        }
      case 'drift':
        return {
          published: { year: 2023, entry: 8400, day: '2023-10-08', actor_name: '王某', figures: 40 },
          figures: [
            {
              key: 'reception_persontimes',
              label: '接访',
              unit: '人次',
              published: 290,
              now: 288,
              changes: [
                {
                  kind: 'petition',
                  kind_label: '信访事项',
                  id: 103,
                  number: '接访〔2023〕9号',
                  title: '接访登记',
                  before: 12,
                  now: 10,
                  causes: [{ entry: 8412, label: '更正', actor_name: '林某', day: '2023-10-09' }],
                },
              ],
            },
          ],
        }
      case 'calendar':
        return { days: monthDays() }
      case 'search':
        return {
          items: ['petition', 'penalty', 'hotline'].flatMap((key) =>
            rowsFor(key)
              .filter((row) => (row.title + (row.number ?? '')).includes(ask.query.get('q') ?? ''))
              .slice(0, 4),
          ),
        }
      case 'openapi.json':
        return openapi
      case 'verify':
        return { good: true, entries: 8413, faults: [], root: '09bc'.repeat(16) }
      case 'audit':
        return {
          items: [
            ['登录', '', '成功'],
            ['查看受保护字段', 'petition/100 respondent', '事由：核对送达地址'],
            ['办理：出具处理意见书', 'petition/100', '拒绝：没有听取信访人陈述的记录'],
          ].map(([what, where, outcome], i) => ({ n: 300 - i, at: `2023-10-09T10:4${i}`, account: 'linmou', what, where, outcome })),
          next: null,
        }
      default:
        throw new Refusal(404, '没有这个地址')
    }
  }
  return answer
}

async function rawOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function handler(): Connect.NextHandleFunction {
  const answer = town()
  return (request: IncomingMessage, response: ServerResponse, next) => {
    const url = new URL(request.url ?? '/', 'http://mock')
    if (!url.pathname.startsWith('/api/v1/')) return next()
    void rawOf(request).then((raw) => {
      const body =
        raw.length && request.headers['content-type'] === 'application/json' ? (JSON.parse(raw.toString()) as Record<string, unknown>) : {}
      const send = (status: number, value: unknown, type = 'application/json') => {
        response.writeHead(status, { 'Content-Type': type })
        response.end(value === null ? '' : JSON.stringify(value))
      }
      try {
        const value = answer({
          parts: url.pathname.slice(8).split('/').map(decodeURIComponent),
          query: url.searchParams,
          method: request.method ?? 'GET',
          body,
          raw,
          headers: request.headers,
        })
        if (value instanceof Paper) {
          response.writeHead(200, {
            'Content-Type': value.type,
            'Content-Disposition': `${value.view ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(value.name)}`,
          })
          response.end(value.bytes)
        } else send(value === null ? 204 : 200, value)
      } catch (error) {
        const status = error instanceof Refusal ? error.status : 500
        send(
          status,
          {
            type: 'about:blank',
            title: String(error instanceof Error ? error.message : error),
            status,
            request_id: 'mock-1',
            ...(error instanceof Refusal ? error.extra : {}),
          },
          'application/problem+json',
        )
      }
    })
  }
}

export function mock(): Plugin {
  return {
    name: 'mock-town',
    configureServer: (server) => void server.middlewares.use(handler()),
    configurePreviewServer: (server) => {
      server.middlewares.use((_request, response, next) => {
        response.setHeader('Content-Security-Policy', "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:")
        next()
      })
      server.middlewares.use(handler())
    },
  }
}
