// Whole cases from the first clue to the archive. Each act is asked of the program as the desk asks it, by the account of
// whoever does it; before each, the desk itself must show the act that is not open yet, with what is missing.
import { execFileSync } from 'node:child_process'

const password = 'zhunsheng-demo'

/** An account for somebody of the register, whose first password is changed already. */
async function enrol({ program, folder, base }, account, staff) {
  execFileSync(program, ['user', account, staff, '--data', `${folder}/data`], {
    input: 'the first password\n',
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const ask = async (path, body, headers = {}) =>
    fetch(`${base}/api/v1${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    })
  const welcome = await ask('/login', { account, password: 'the first password' })
  const { csrf } = await welcome.json()
  await ask(
    '/password',
    { old: 'the first password', new: password },
    { Cookie: welcome.headers.get('set-cookie').split(';')[0], 'X-CSRF-Token': csrf },
  )
}

/** Somebody at the desk: asks the program, and looks at the page. */
class Person {
  constructor(tools, page) {
    Object.assign(this, { tools, page })
  }
  static async in(tools, account) {
    return new Person(tools, await tools.signIn(account))
  }
  ask(path, body) {
    return this.page.evaluate(
      async ([address, sent]) => {
        const me = await (await fetch('/api/v1/me')).json()
        const headers = { 'X-CSRF-Token': me.csrf, 'Content-Type': 'application/json' }
        const answer = await fetch(`/api/v1${address}`, sent === null ? {} : { method: 'POST', headers, body: JSON.stringify(sent) })
        const text = await answer.text()
        return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text }
      },
      [path, body ?? null],
    )
  }
  /** The act is taken; what it became. */
  async does(record, action, body = {}) {
    const path = action === 'create' ? `/records/${record}` : `/records/${record}/actions/${action}`
    const answer = await this.ask(path, body)
    this.tools.expect(
      answer.status === 200 || answer.status === 201,
      `${record} ${action}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 400)}`,
    )
    return answer.body
  }
  /** The act is refused, for this reason among others, and by an article. */
  async refused(record, action, body, reason) {
    const answer = await this.ask(`/records/${record}/actions/${action}`, body)
    const found = (answer.body.reasons ?? []).find((each) => each.says.includes(reason))
    this.tools.expect(
      answer.status === 422 && found?.law?.length > 0,
      `${record} ${action} is refused: ${reason}; ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
    )
  }
  /** On the page the act is there, closed, and says this when it is asked. */
  async shut(record, label, reason) {
    await this.page.goto(`${this.page.base}/desk/ledger/${record}`)
    await this.tools.settle(this.page)
    const menu = this.page.getByRole('button', { name: '其他动作' })
    let button = this.page.getByRole('button', { name: new RegExp(`^${label}`) }).first()
    if (!(await button.count()) && (await menu.count())) {
      await menu.first().click()
      button = this.page.getByRole('menuitem', { name: new RegExp(`^${label}`) }).first()
    }
    await button.click({ force: true })
    try {
      await this.page.getByText(reason).first().waitFor({ timeout: 5000 })
      this.tools.expect(true, `${label} is shut: ${reason}`)
    } catch {
      this.tools.expect(
        false,
        `${label} is shut with “${reason}”; the page says: ${(await this.page.locator('main').innerText()).slice(0, 600)}`,
      )
    }
  }
  async one(kind, of) {
    const { body } = await this.ask(`/records/${kind}?view=all&limit=200`)
    const found = body.items.find(of)
    this.tools.expect(found !== undefined, `there is such a ${kind}`)
    return found
  }
  async file(name, text) {
    return this.page.evaluate(
      async ([title, content]) => {
        const me = await (await fetch('/api/v1/me')).json()
        return (
          await (
            await fetch(`/api/v1/files?name=${encodeURIComponent(title)}`, {
              method: 'POST',
              headers: { 'X-CSRF-Token': me.csrf },
              body: content,
            })
          ).json()
        ).digest
      },
      [name, text],
    )
  }
  leave() {
    return this.page.context().close()
  }
}

const later = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10)

/** What a delegated fire case stands on: the item, the delegation in force, two officers. */
async function grounds(clerk) {
  const power = await clerk.one('power_list', (row) => row.title.includes('疏散通道'))
  const delegation = await clerk.one('delegation', (row) => !row.final)
  const certs = (await clerk.ask('/records/officer_cert?view=all&limit=50')).body.items.slice(0, 2).map((row) => `officer_cert/${row.id}`)
  return {
    power_source: 'delegated',
    power: `power_list/${power.id}`,
    delegation: `delegation/${delegation.id}`,
    on_behalf_of: 'fire-brigade',
    officers: certs,
    lasting: 'once',
  }
}

const reportOf = {
  facts: '某商铺堆放货物占用疏散通道',
  law_violated: '消防法第二十八条',
  law_penalty: '消防法第六十条',
  discretion: '从轻',
  discretion_why: '主动改正',
  mitigation_checked: true,
  capacity: 'full',
  gains: 'no_gains',
  proposed_kinds: ['fine'],
  proposed_fine: 50000,
  discretion_base: 'published',
}
const decisionOf = {
  facts_clear: true,
  evidence_enough: true,
  weighty: false,
  law_time: 'of_the_act',
  remedy_branch: 'general',
  perform_way: '收到决定书之日起十五日内到代收机构缴纳',
  publish_need: false,
  bank: '农商银行',
  surcharge_said: true,
}

/** A fire case handled here, from persuasion to closing; the desk refuses at each missing step. */
export async function aFireCaseHandledHere(tools) {
  const { expect } = tools
  await enrol(tools, 'gaojc', 's-officer-1')
  const clerk = await Person.in(tools, 'zhifa')
  const officer = await Person.in(tools, 'gaojc')
  const keeper = await Person.in(tools, 'guanli')
  const { today } = (await clerk.ask('/me')).body
  const home = (await keeper.ask('/homes/penalty', { home: 'here' })).status
  const cap = await keeper.ask('/settings/hearing_fine.fire', { value: '20000', source: '省消防救援机构听证数额规定' })
  expect(home === 200 && cap.status === 200, `penalties are handled here: ${home} ${cap.status} ${JSON.stringify(cap.body)}`)
  const by = { decider: 's-deputy-law', signed_paper: '审批表' }

  const talk = await officer.does('persuasion', 'create', {
    values: { met_on: today, matter: 'fire', method: 'talk', as_what: 'officer', meets_filing: 'reached', target: { name: '某商铺' } },
  })
  await officer.shut(`persuasion/${talk.id}`, '核实已改正', '应当转立案核查，不能以劝导办结')
  const opened = (await officer.does(`persuasion/${talk.id}`, 'to_case', { values: { act_village: 'village-1' } })).opened[0]
  const it = `penalty/${opened.id}`
  const known = await officer.ask(`/records/${it}/edit`, { values: { cause: '占用疏散通道' } })
  expect(known.status === 200, `the clue gets its cause: ${JSON.stringify(known.body).slice(0, 200)}`)
  await officer.does(it, 'verify', {
    values: {
      act_on: later(today, -1),
      act_place: 'here',
      lasting: 'once',
      offender: { name: '某商铺', id_no: '92441500MA00000001', address: '甲村商业街8号' },
    },
  })

  const power = await grounds(clerk)
  const filing = { values: { ...power, act_on: later(today, -1) }, numbers: { delegator_no: '深消罚立〔2026〕9号' }, ...by }
  await clerk.refused(it, 'file', { ...filing, values: { ...filing.values, on_behalf_of: 'enforcement-office' } }, '名义不是委托机关')
  await clerk.refused(it, 'file', { ...filing, values: { ...filing.values, officers: power.officers.slice(0, 1) } }, '不足两人')
  await clerk.does(it, 'file', filing)
  await officer.does(it, 'investigate')
  const transcript = await officer.file('笔录.txt', '现场检查笔录')
  const seen = {
    held_on: today,
    sort: 'scene',
    asked_by: power.officers[0],
    noted_by: power.officers[1],
    id_shown: true,
    signed: 'signed',
    paper_copy: [transcript],
  }
  await officer.refused(it, 'inquire', { rows: { inquiries: [{ ...seen, id_shown: false }] } }, '没有出示执法证件')
  await officer.does(it, 'inquire', { rows: { inquiries: [seen] } })
  await officer.does(it, 'add_proof', {
    rows: { proofs: [{ sort: 'site_notes', got_on: today, checked: true, lawful: true, used: true }] },
  })
  await officer.does(it, 'order_correction', { values: { correct_order: 'by_day', correct_by: later(today, 7) } })
  await officer.does(it, 'report', { values: reportOf })
  await clerk.does(it, 'notify', { values: { statement_until: later(today, 5) }, ...by })
  await officer.shut(it, '复核', '告知书还没有送达')
  const serve = (doc) =>
    officer.does(it, 'serve_paper', {
      rows: { services: [{ doc, method: 'direct', sent_on: today, proof_on: today, signer: 'legal_rep' }] },
    })
  await serve('notice')
  await officer.shut(it, '复核', '陈述申辩期未满，也没有意见或者放弃')
  await officer.does(it, 'listen', { values: { statement: '已经清理，请求从轻' } })
  await officer.does(it, 'recheck', { rows: { rechecks: [{ point: '请求从轻', adopted: true, why: '主动改正属实' }] } })

  const heavier = { values: decisionOf, rows: { penalties: [{ sort: 'fine', amount: 60000, wording: '罚款六百元' }] }, ...by }
  await clerk.refused(it, 'decide', heavier, '罚款比告知的重')
  await clerk.refused(it, 'decide', { ...heavier, values: { ...decisionOf, evidence_enough: false } }, '证据不足')
  await clerk.does(it, 'decide', { ...heavier, rows: { penalties: [{ sort: 'fine', amount: 50000, wording: '罚款五百元' }] } })
  await officer.shut(it, '决定书送达完成', '决定书还没有送达')
  await serve('decision')
  await officer.does(it, 'served')
  await clerk.shut(it, '结案', '罚款没有缴清')
  await clerk.does(it, 'pay', {
    rows: { payments: [{ paid_on: today, amount: 50000, sort: 'fine', voucher: '缴001', treasury: '库001', handed_as: 'to_treasury' }] },
    values: { paid_off_on: today },
  })
  await clerk.does(it, 'perform')
  await clerk.shut(it, '结案', '责令限期改正而没有复查')
  await officer.does(it, 'check_correction')
  await clerk.does(it, 'close', by)

  const now = (await clerk.ask(`/records/${it}`)).body
  expect(now.final && now.deadlines.every((each) => each.outcome !== 'overdue'), `closed, nothing overdue: ${now.state}`)
  const missing = now.dossier.filter((line) => line.needed !== false && !line.there)
  expect(missing.length === 0, `the case file is whole: ${missing.map((line) => line.label)}`)
  expect(
    now.papers.length >= 6 && now.papers.every((paper) => paper.text),
    `its papers are kept: ${now.papers.map((paper) => paper.label)}`,
  )
  const history = (await clerk.ask(`/records/${it}/history`)).body.items
  expect(
    history.every((entry) => !entry.breaches?.length),
    'and no breach stands in it',
  )
  await clerk.page.goto(`${clerk.page.base}/desk/ledger/${it}`)
  await tools.settle(clerk.page)
  await tools.inspect(clerk.page, 'a closed fire case')
  await tools.shot(clerk.page, 'case-fire-closed')
  expect((await keeper.ask('/homes/penalty', { home: '委托机关执法系统' })).status === 200, 'penalties are handled elsewhere again')
  for (const person of [clerk, officer, keeper]) await person.leave()
}

/** A delegated fire case that lives in the system of the delegating body: registered with its days, its breach by name. */
export async function aFireCaseInTheOtherSystem(tools) {
  const { expect } = tools
  const clerk = await Person.in(tools, 'zhifa')
  await enrol(tools, 'hezc', 's-officer-2')
  const officer = await Person.in(tools, 'hezc')
  const { today } = (await clerk.ask('/me')).body
  const power = await grounds(clerk)
  const day = (days) => later(today, -days)
  const out = (days, body = {}) => ({
    way: 'registered',
    day: day(days),
    source: '粤执法案卷',
    decider: 's-deputy-law',
    signed_paper: '案卷审批表',
    ...body,
  })
  const it = `penalty/${(await clerk.does('penalty', 'create', out(40, { values: { cause: '占用疏散通道', clue: 'inspection', found_on: day(40), act_village: 'village-2', act_on: day(41), act_place: 'here', offender: { name: '某饭店' }, unit: 'enforcement-office' } }))).id}`
  await clerk.does(it, 'file', out(39, { values: { ...power, act_on: day(41) }, numbers: { delegator_no: '深消罚立〔2026〕10号' } }))
  await officer.does(it, 'investigate', out(38))
  await officer.does(it, 'report', out(35, { values: reportOf }))
  await clerk.does(it, 'notify', out(34, { values: { statement_until: day(29) } }))
  // The days of another system are taken as they are; what the law would have refused is said by name.
  const early = await officer.does(it, 'recheck', out(33, { rows: { rechecks: [{ point: '无', adopted: false, why: '无' }] } }))
  expect(
    early.breaches.some((breach) => breach.says.includes('告知书还没有送达')),
    `the breach is named: ${JSON.stringify(early.breaches)}`,
  )
  await clerk.does(
    it,
    'decide',
    out(30, { values: decisionOf, rows: { penalties: [{ sort: 'fine', amount: 50000, wording: '罚款五百元' }] } }),
  )
  await clerk.page.goto(`${clerk.page.base}/desk/ledger/${it}`)
  await tools.settle(clerk.page)
  const text = await clerk.page.locator('main').innerText()
  expect(text.includes('告知书还没有送达') && text.includes('行政处罚法'), 'the page shows the breach with its article')
  const record = (await clerk.ask(`/records/${it}`)).body
  expect(!(record.papers ?? []).some((paper) => paper.text), 'and no paper of ours was issued')
  await tools.shot(clerk.page, 'case-fire-registered')
  await clerk.leave()
  await officer.leave()
}

/** A contract from submission to seal; what a counsel says stands in for no review, and nobody seals unapproved. */
export async function aContractToItsSeal(tools) {
  const { expect } = tools
  await enrol(tools, 'sifags', 's-judicial')
  await enrol(tools, 'fashen', 's-legal')
  const office = await Person.in(tools, 'dangzb')
  const judicial = await Person.in(tools, 'sifags')
  const reviewer = await Person.in(tools, 'fashen')
  const { today } = (await office.ask('/me')).body
  const draft = await office.file('合同文本.txt', '村道路灯维修合同')
  const made = await office.does('contract', 'create', {
    values: {
      contract_title: '村道路灯维修合同',
      sort: 'civil',
      undertaking_unit: 'party-office',
      undertaker: 's-office',
      drafted_on: today,
      counterparty: { name: '某电力公司' },
      amount: 1200000,
      draft: [draft],
    },
  })
  const it = `contract/${made.id}`
  await office.shut(it, '审批', '没有经过合法性审查')
  const review = `legality_review/${(await office.does(it, 'submit', {})).opened[0].id}`
  await office.shut(it, '登记审查通过', '法律顾问的意见代替不了')
  await judicial.does(review, 'accept')
  await reviewer.does(review, 'study', { values: { reviewer: 's-legal', reviewer_new: false } })
  await reviewer.refused(
    review,
    'opine',
    { values: { conclusion: 'lawful', power_view: '有权签订' }, decider: 's-judicial-head' },
    '三项没有写齐',
  )
  await reviewer.does(review, 'opine', {
    values: { conclusion: 'lawful', power_view: '有权签订', steps_view: '采购程序齐备', content_view: '内容合法' },
    decider: 's-judicial-head',
  })
  await judicial.does(review, 'close')
  await office.does(it, 'pass_review', { values: { review } })
  const by = { decider: 's-mayor', signed_paper: '合同审批单' }
  await office.does(it, 'approve', by)
  await office.does(it, 'sign', { ...by, rows: { nodes: [{ what: '验收付款', due_on: later(today, 60), bears: 'us' }] } })
  await office.shut(it, '用印', '用印没有经领导批准')
  await office.refused(it, 'approve_seal', { ...by, values: { seal_approved_by: 's-office', seal_copies: 4 } }, '批准用印的人就是承办人')
  await office.does(it, 'approve_seal', { ...by, values: { seal_approved_by: 's-mayor', seal_copies: 4 } })
  const sealed = await office.does(it, 'seal')
  expect(sealed.state === 'sealed', `sealed: ${sealed.state}`)
  await office.page.goto(`${office.page.base}/desk/ledger/${it}`)
  await tools.settle(office.page)
  await tools.inspect(office.page, 'a sealed contract')
  await tools.shot(office.page, 'case-contract-sealed')
  for (const person of [office, judicial, reviewer]) await person.leave()
}

/** A mediation settled on the spot, in one form; and one whose agreement the court confirms. */
export async function mediationsOnTheSpotAndConfirmed(tools) {
  const { expect } = tools
  const clerk = await Person.in(tools, 'tiaojie')
  const { page } = clerk
  const { today } = (await clerk.ask('/me')).body
  const committee = `mediation_committee/${(await clerk.one('mediation_committee', (row) => !row.final)).id}`
  const parties = [
    { who: { name: '赵某' }, side: 'applicant', consent: 'agreed' },
    { who: { name: '钱某' }, side: 'opposite', consent: 'agreed' },
  ]
  const about = { came_by: 'applied', committee, dispute_type: 'neighbour', village: 'village-1', unit: 'mediation-office' }
  const spot = await clerk.ask('/records/mediation/quick/settled_on_spot', {
    values: { ...about, brief: '排水沟堵塞互相指责', content: '双方共同清沟，三日内完成' },
    rows: {
      parties,
      mediators: [{ who: 's-mediator-1' }],
      sessions: [{ held_on: today, where_held: '村委会', wording: '当场调解', signed: true }],
    },
    decider: 's-mediator-1',
  })
  expect(
    spot.status === 201 && spot.body.state === 'performed',
    `settled on the spot in one form: ${JSON.stringify(spot.body).slice(0, 400)}`,
  )
  await page.goto(`${page.base}/desk/ledger/mediation/new?quick=settled_on_spot`)
  await page.getByText('当场调成（口头协议）').first().waitFor()
  await tools.settle(page)
  await tools.inspect(page, 'a mediation in one form')
  await tools.shot(page, 'mediation-on-the-spot')

  const made = await clerk.does('mediation', 'create', {
    values: { ...about, brief: '建房占用通道引起的损害赔偿' },
    rows: { parties: [parties[0], { ...parties[1], consent: undefined }] },
  })
  const it = `mediation/${made.id}`
  await clerk.shut(it, '受理', '还有当事人没有表示同意')
  await clerk.does(it, 'accept', { rows: { mediators: [{ who: 's-mediator-1' }] }, edits: { parties: { 2: { consent: 'agreed' } } } })
  await clerk.does(it, 'inquire', { rows: { inquiries: [{ held_on: today, of_whom: '赵某', wording: '现场查看' }] } })
  await clerk.does(it, 'mediate', { rows: { sessions: [{ held_on: today, where_held: '调解室', wording: '双方协商' }] } })
  await clerk.does(it, 'draft_agreement', {
    values: { content: '钱某赔偿三千元', amount: 300000 },
    rows: { instalments: [{ due_on: later(today, 20), what: '付三千元' }] },
  })
  const signing = { decider: 's-mediator-1', signed_paper: '调解协议书', values: { mediator_signed_on: today, sealed_on: today } }
  await clerk.refused(
    it,
    'sign',
    { ...signing, edits: { parties: { 1: { signed_on: today, copy_given: true } }, sessions: { 1: { signed: true } } } },
    '印章不齐',
  )
  await clerk.does(it, 'sign', {
    ...signing,
    edits: {
      parties: { 1: { signed_on: today, copy_given: true }, 2: { signed_on: today, copy_given: true } },
      sessions: { 1: { signed: true } },
    },
  })
  const court = { values: { court_name: '海丰县人民法院', exclusions_checked: true } }
  await clerk.refused(it, 'apply_confirm', { ...court, edits: { parties: { 1: { joins_confirm: true } } } }, '不是各方共同申请')
  const joint = await clerk.does(it, 'apply_confirm', {
    ...court,
    edits: { parties: { 1: { joins_confirm: true }, 2: { joins_confirm: true } } },
  })
  expect(joint.id === made.id && (await clerk.ask(`/records/${it}`)).body.state === 'agreed', 'confirmation is a second track')
  await clerk.does(it, 'court_accept', { numbers: { court_no: '（2026）粤1521民特1号' }, values: { court_got_on: today } })
  await clerk.does(it, 'court_confirm')
  const now = (await clerk.ask(`/records/${it}`)).body
  expect(now.fields.find((field) => field.key === 'confirm')?.text === '已确认', 'the court has confirmed it')
  await page.goto(`${page.base}/desk/ledger/${it}`)
  await tools.settle(page)
  await tools.shot(page, 'mediation-confirmed')
  await clerk.leave()
}

export const cases = [aFireCaseHandledHere, aFireCaseInTheOtherSystem, aContractToItsSeal, mediationsOnTheSpotAndConfirmed]
