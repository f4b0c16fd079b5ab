// What people do at the desk, beginning to end. Each walk takes the tools of desk.mjs.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const json = (page, path) => page.evaluate(async (address) => (await (await fetch(`/api/v1${address}`)).json()), path)

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
  await page.getByRole('button', { name: /发布|公开/ }).first().click()
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
  await page.getByLabel(dated.label, { exact: true }).last().fill(`${Number(lawsuit.day.slice(0, 4)) - 1}${lawsuit.day.slice(4)}`)
  await page.keyboard.press('Escape')
  await page.getByLabel('更正原因').or(page.getByLabel('理由')).first().fill('收文登记簿上是上一年')
  await page.getByLabel(/签字|签批|审签/).first().selectOption(me.staff)
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
  execFileSync('python3', ['-c', `
import sys
sys.path.insert(0, 'tests/api')
from import_scenario import ROWS, workbook
open(sys.argv[1], 'wb').write(workbook('信访', ROWS))`, sheet])
  const page = await signIn('sifa')
  const entries = async () => (await json(page, '/verify')).entries
  const before = await entries()
  await page.goto(`${page.base}/desk/import`)
  await settle(page)
  await page.locator('input[type="file"]').setInputFiles(sheet)
  await page.getByText('来访日期').first().waitFor()
  await settle(page)
  expect((await page.locator('select').evaluateAll((all) => all.filter((each) => each.selectedIndex < 0).length)) === 0, 'every column shows where it goes')
  await page.getByRole('button', { name: /不能进来/ }).first().click()
  await settle(page)
  expect((await page.locator('main').innerText()).includes('2019.13.40'), 'what cannot be a day is refused with its reason')
  await shot(page, 'import-refused')
  await inspect(page, 'an import')
  expect((await entries()) === before, 'a preview writes nothing')
  await page.getByRole('button', { name: /^写入 \d+ 件/ }).last().click()
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
    const done = await fetch(`/api/v1/records/petition/${id}/edit`, { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify({ values: { attachments: [file.digest] } }) })
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
  for (const [account, sections] of [['guanli', ['people', 'orgs', 'settings', 'homes', 'rulebook/petition', 'adopt', 'why']], ['anquan', ['people']], ['shenji', ['audit']]]) {
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

export const walks = [aFigureOpensToItsRecords, aPaperIsKept, nextYearsCalendar, anOldLedgerComesIn, administratorsPages, aCorrectionDrifts]
