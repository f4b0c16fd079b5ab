// What people do at the desk, beginning to end. Each walk takes the tools of desk.mjs.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { errandWalks } from './errands.mjs'

const json = (page, path) => page.evaluate(async (address) => await (await fetch(`/api/v1${address}`)).json(), path)

// 144 in the report: click it, count 144 behind it, open one.
async function aFigureOpensToItsRecords({ signIn, settle, expect, shot }) {
  const page = await signIn('sifa')
  await page.goto(`${page.base}/desk/report?year=2023`)
  await settle(page)
  const figure = page.locator('a.figure[data-figure]', { hasText: '144' }).first()
  await figure.click()
  await settle(page)
  const panel = await page.locator('body').innerText()
  expect(panel.includes('144'), 'the evidence says 144')
  const key = await figure.getAttribute('data-figure')
  expect((await json(page, `/figures/${key}/evidence?year=2023&limit=200`)).total === 144, 'and there are 144 behind it')
  await shot(page, 'report-144')
  await page.locator('a[href*="/desk/ledger/"]').last().click()
  await page.waitForURL(/ledger\/[a-z_]+\/\d+/)
  await settle(page)
  expect(/〔20\d\d〕/.test(await page.locator('main').innerText()), 'and one of them opens')
  await page.context().close()
}

// A correction in a published year is told as drift, with its cause.
async function aCorrectionDrifts({ signIn, settle, expect, inspect, shot }) {
  const page = await signIn('sifa')
  await page.goto(`${page.base}/desk/report?year=2023`)
  await settle(page)
  await page
    .getByRole('button', { name: /发布|公开/ })
    .first()
    .click()
  await settle(page)
  const confirm = page.getByRole('button', { name: /^(发布|公开|确认)/ }).last()
  if (await confirm.isVisible()) await confirm.click()
  await page.waitForFunction(async () => (await (await fetch('/api/v1/drift?year=2023')).json()).published !== null)
  expect((await json(page, '/drift?year=2023')).figures.length === 0, 'nothing has moved yet')

  const lawsuit = (await json(page, '/figures/litigation_cases/evidence?year=2023')).items.find((item) => item.id)
  const me = await json(page, '/me')
  const fields = (await json(page, `/records/litigation/${lawsuit.id}`)).fields
  const dated = fields.find((field) => field.type === 'date' && field.value === lawsuit.day)
  await page.goto(`${page.base}/desk/ledger/litigation/${lawsuit.id}`)
  await settle(page)
  await page.getByRole('button', { name: '更正', exact: true }).first().click()
  await page
    .getByLabel(dated.label, { exact: true })
    .last()
    .fill(`${Number(lawsuit.day.slice(0, 4)) - 1}${lawsuit.day.slice(4)}`)
  await page.keyboard.press('Escape')
  await page.getByLabel('更正原因').or(page.getByLabel('理由')).first().fill('收文登记簿上是上一年')
  await page
    .getByLabel(/签字|签批|审签/)
    .first()
    .selectOption(me.staff)
  await shot(page, 'record-correcting')
  await page.locator('form').getByRole('button', { name: /更正/ }).last().click()
  await settle(page)

  const drift = await json(page, '/drift?year=2023')
  const moved = drift.figures.find((each) => each.key === 'litigation_cases')
  expect(moved && moved.published - moved.now === 1, 'the lawsuits of the published year are one less')
  expect(moved?.changes[0]?.causes.length > 0, 'with the entry that did it')
  await page.goto(`${page.base}/desk/report?year=2023`)
  await settle(page)
  expect(/变动|不同|变化/.test(await page.locator('main').innerText()), 'the report says that it differs from what was published')
  await shot(page, 'report-drift')
  await inspect(page, 'a drifted report')
  await page.context().close()
}

// A messy sheet: told apart in four groups, entered, and the same file again writes nothing.
async function anOldLedgerComesIn({ signIn, settle, expect, inspect, shot, folder }) {
  const sheet = join(folder, '信访旧台账.xlsx')
  execFileSync('python3', [
    '-c',
    `
import sys
sys.path.insert(0, 'tests/api')
from import_scenario import ROWS, workbook
open(sys.argv[1], 'wb').write(workbook('信访', ROWS))`,
    sheet,
  ])
  const page = await signIn('sifa')
  const entries = async () => (await json(page, '/verify')).entries
  const before = await entries()
  await page.goto(`${page.base}/desk/import`)
  await settle(page)
  await page.locator('input[type="file"]').setInputFiles(sheet)
  await page.getByText('来访日期').first().waitFor()
  await settle(page)
  expect(
    (await page.locator('select').evaluateAll((all) => all.filter((each) => each.selectedIndex < 0).length)) === 0,
    'every column shows where it goes',
  )
  await page
    .getByRole('button', { name: /不能进来/ })
    .first()
    .click()
  await settle(page)
  expect((await page.locator('main').innerText()).includes('2019.13.40'), 'what cannot be a day is refused with its reason')
  await shot(page, 'import-refused')
  await inspect(page, 'an import')
  expect((await entries()) === before, 'a preview writes nothing')
  await page
    .getByRole('button', { name: /^写入 \d+ 件/ })
    .last()
    .click()
  await page.waitForFunction(async (n) => (await (await fetch('/api/v1/verify')).json()).entries > n, before)
  await settle(page)
  const after = await entries()
  expect(after > before, 'the sound rows are entered')
  await shot(page, 'import-done')
  await page.goto(`${page.base}/desk/import`)
  await settle(page)
  const again = page.getByRole('button', { name: '再导一个' }).first()
  if (await again.isVisible()) await again.click()
  await page.locator('input[type="file"]').setInputFiles(sheet)
  await page.getByText('来访日期').first().waitFor()
  await settle(page)
  expect((await entries()) === after, 'and the same file again has nothing new')
  await page.context().close()
}

// Next year's holidays: what would move is seen first.
async function nextYearsCalendar({ signIn, settle, expect, inspect, shot }) {
  const page = await signIn('guanli')
  const entries = async () => (await json(page, '/verify')).entries
  const before = await entries()
  await page.goto(`${page.base}/desk/admin/adopt`)
  await settle(page)
  await page.locator('textarea').first().fill('2031:\n  notice: 测试\n  of: [2031-01-01]\n')
  await page.getByRole('button', { name: '先看会动什么' }).first().click()
  await page.getByText('没有“of”这个键').waitFor()
  await shot(page, 'adopt-faults')
  await page.locator('textarea').first().fill('2031:\n  notice: 关于2031年部分节假日安排的通知\n  off: [2031-01-01]\n')
  await page.getByRole('button', { name: '先看会动什么' }).first().click()
  await settle(page)
  expect((await entries()) === before, 'a preview writes nothing')
  await page.getByRole('button', { name: /^采用/ }).last().click()
  await page.waitForFunction(async (n) => (await (await fetch('/api/v1/verify')).json()).entries > n, before)
  expect(!(await json(page, '/calendar?month=2031-01')).days[0].workday, 'New Year is a day off')
  await shot(page, 'adopt-done')
  await inspect(page, 'an adopted calendar')
  await page.context().close()
}

// A paper is handed in with a petition, and opens again from its record.
async function aPaperIsKept({ signIn, settle, expect, folder }) {
  const paper = join(folder, '来信.txt')
  execFileSync('python3', ['-c', 'import sys; open(sys.argv[1], "w").write("路灯不亮，请修。")', paper])
  const page = await signIn('xinfang')
  const petition = (await json(page, '/records/petition?view=open&limit=1')).items[0].id
  const kept = await page.evaluate(async (id) => {
    const me = await (await fetch('/api/v1/me')).json()
    const headers = { 'X-CSRF-Token': me.csrf }
    const file = await (await fetch('/api/v1/files?name=来信.txt', { method: 'POST', headers, body: '路灯不亮，请修。' })).json()
    const done = await fetch(`/api/v1/records/petition/${id}/edit`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ values: { attachments: [file.digest] } }),
    })
    return done.status
  }, petition)
  expect(kept === 200, 'a paper is added to a record')
  await page.goto(`${page.base}/desk/ledger/petition/${petition}`)
  await settle(page)
  expect((await page.locator('main').innerText()).includes('来信.txt'), 'and stands on its page by its name')
  await page.context().close()
}

// The pages that only administrators have.
async function administratorsPages({ signIn, settle, expect, inspect, shot }) {
  for (const [account, sections] of [
    ['guanli', ['people', 'orgs', 'settings', 'homes', 'rulebook/petition', 'adopt', 'why']],
    ['anquan', ['people']],
    ['shenji', ['audit']],
  ]) {
    const page = await signIn(account)
    for (const section of sections) {
      await page.goto(`${page.base}/desk/admin/${section}`)
      await settle(page)
      await shot(page, `admin-${section.replace('/', '-')}-${account}`)
      await inspect(page, `admin ${section} as ${account}`)
    }
    expect(page.faults.length === 0, `no errors in the console as ${account}: ${page.faults.slice(0, 3).join(' / ')}`)
    await page.context().close()
  }
  const page = await signIn('xinfang')
  await page.goto(`${page.base}/desk/api/`)
  await page.locator('.opblock-tag').first().waitFor()
  expect(true, 'the API has a page of its own')
  await shot(page, 'api')
  await page.context().close()
}

// From registration to the opinion, all through the forms of the desk: clocks start and stop as the acts fall, the
// opinion is refused while what the Regulation demands is missing, and let through when it is there.
async function aPetitionToItsOpinion({ signIn, settle, expect, inspect, shot, screens }) {
  const page = await signIn('xinfang')
  const me = await json(page, '/me')
  const form = page.locator('form.form')
  const clock = async (label) => (await page.locator('.clock', { hasText: label }).first().innerText()).replace(/\s+/g, ' ')
  const says = async (label, what) => expect((await clock(label)).includes(what), `${label}: ${what}, not ${await clock(label)}`)
  const open = async (label) => {
    const button = page.locator('.acts').getByRole('button', { name: new RegExp(`^${label}`) })
    if (await button.count()) return button.click({ force: true }) // closed ones are aria-disabled, and open too
    await page.locator('.acts').getByRole('button', { name: '其他动作' }).click()
    return page.getByRole('menuitem', { name: label }).click()
  }
  const finish = async (label) => {
    const decider = form.getByLabel('由谁决定')
    if (await decider.count()) await decider.selectOption({ index: 1 })
    await form.getByRole('button', { name: label, exact: true }).click()
    await form.waitFor({ state: 'detached' })
    await settle(page)
  }

  await page.goto(`${page.base}/desk/ledger/petition/new`)
  await page.getByLabel('渠道').waitFor()
  await page.getByLabel('收到日').fill(me.today)
  await page.keyboard.press('Escape')
  await page.getByLabel('渠道').selectOption('letter')
  await page.getByText('直接提出', { exact: true }).click()
  await page.getByLabel('信访请求').fill('村道护栏损坏，请求修复')
  await page.getByLabel('领域').selectOption({ index: 3 })
  await page.getByLabel('姓名或名称').first().fill('林某某')
  await page.locator('main').getByRole('button', { name: '登记', exact: true }).click()
  await page.waitForURL(/ledger\/petition\/\d+$/)
  await settle(page)
  await says('书面告知', '剩 15 天')
  expect((await page.locator('.clock', { hasText: '办结期限' }).count()) === 0, 'the sixty days do not run before it is accepted')

  await open('甄别分类')
  await form.getByText('申诉求决', { exact: true }).click()
  await form.getByLabel('第三十一条').selectOption({ label: '⑥其他' })
  await finish('甄别分类')
  await open('书面告知')
  await form.getByLabel('告知事项').selectOption({ label: '受理' })
  await finish('书面告知')
  await says('书面告知', '已按期')
  await open('受理')
  await finish('受理')
  await says('办结期限', '剩 60 天')
  await open('开始调查核实')
  await form.getByRole('combobox', { name: '承办人' }).press('ArrowDown')
  await page.locator('.el-select-dropdown__item').locator('visible=true').first().click()
  await finish('开始调查核实')

  const opinion = '出具信访处理意见书'
  await open(opinion)
  const why = await page.locator('#why-closed').innerText()
  for (const missing of ['没有听取信访人陈述的记录', '没有调查核实的材料', '信访工作条例', '第三十二条'])
    expect(why.includes(missing), `the closed opinion says: ${missing}`)
  await shot(page, 'petition-opinion-refused')
  await inspect(page, 'a closed opinion')
  await open('登记陈述、调查材料')
  await form.getByLabel(/^听取陈述记录 写名称和存放处/).fill('陈述笔录一页')
  await form.getByLabel(/^调查核实材料 写名称和存放处/).fill('现场核查记录二页')
  await page.keyboard.press('Tab')
  await settle(page)
  await finish('登记陈述、调查材料')
  await open(opinion)
  expect((await form.innerText()).includes('意见书没有写明投诉请求'), 'the form says beforehand what the opinion must tell')
  await form.getByText('支持', { exact: true }).first().click()
  await form.getByLabel('由谁决定').selectOption({ index: 1 })
  await form.getByLabel('意见书送出日').fill(me.today)
  await page.keyboard.press('Escape')
  await form.getByLabel('签批件').fill('信访处理意见审批表')
  await form.getByRole('button', { name: opinion, exact: true }).click()
  await form
    .getByText(/第三十二条/)
    .first()
    .waitFor()
  expect((await form.count()) === 1, 'an opinion without its elements is refused')
  await shot(page, 'petition-opinion-refused-in-form')
  for (const [label, text] of [
    ['投诉请求', '修复村道护栏'],
    ['事实和理由', '护栏损坏属实'],
    ['依据', '《公路法》第四十三条'],
  ])
    await form.getByLabel(label).fill(text)
  await finish(opinion)
  await says('办结期限', '已按期')
  expect((await page.locator('.process, main').first().innerText()).includes('已出具意见'), 'the opinion is out')
  await shot(page, 'petition-opinion')
  await inspect(page, 'a petition with its opinion')
  const paper = page.getByRole('link', { name: /信访事项处理意见书/ })
  await page.goto(page.base + (await paper.getAttribute('href')))
  const text = await page.locator('body').innerText()
  for (const part of [
    '信访事项处理意见书',
    '林某某',
    '修复村道护栏',
    '护栏损坏属实',
    '支持',
    '《公路法》第四十三条',
    '请求本机关的上一级机关',
    '鲘门镇人民政府',
  ])
    expect(text.includes(part), `the opinion says: ${part}`)
  await inspect(page, 'a paper')
  await page.setViewportSize({ width: 900, height: 1270 })
  await page.screenshot({ path: `${screens}/paper-opinion.png`, fullPage: true })
  await page.goto(`${page.base}/check/${/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(text)[0]}`)
  expect((await page.locator('body').innerText()).includes('真实有效'), 'and anybody can ask whether it is genuine')
  await shot(page, 'check-genuine')
  await inspect(page, 'the page that checks papers')
  await page.context().close()
}

// Ticking many lines brings the bar of what may be done with them, and no line moves or is covered.
async function manyAreTicked({ signIn, settle, expect, inspect, shot }) {
  const page = await signIn('xinfang')
  await page.goto(`${page.base}/desk/ledger/petition?view=all`)
  await settle(page)
  const boxes = page.locator('tbody input[type="checkbox"]')
  const place = async () => (await boxes.nth(3).boundingBox()).y
  const before = await place()
  for (let i = 0; i < 12; ++i) await boxes.nth(i).check()
  await settle(page)
  expect(await page.getByRole('toolbar').isVisible(), 'there is a bar for the ticked lines')
  expect(Math.abs((await place()) - before) < 1, `the lines stay where they were (${before}, now ${await place()})`)
  await shot(page, 'ledger-ticked')
  await inspect(page, 'ticked lines')
  await page.context().close()
}

export const walks = [
  ...errandWalks,
  aPetitionToItsOpinion,
  manyAreTicked,
  aFigureOpensToItsRecords,
  aPaperIsKept,
  nextYearsCalendar,
  anOldLedgerComesIn,
  administratorsPages,
  aCorrectionDrifts,
]
