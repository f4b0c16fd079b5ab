// The desk in a real browser, with the real program behind it.
//
//   node desk.mjs PROGRAM SCREENS_FOLDER
//
// Opens every page at 1280 and 390 px, light and dark, keeps a picture of each, and asks axe whether anybody is shut out;
// then walks what people do. Exit code: 0 if all holds.
import { spawn, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { cases } from './cases.mjs'
import { aChapterIsWrittenBehindALink, aShowcaseIsReleasedByAnother } from './chapters.mjs'
import { everyKindOnce } from './kinds.mjs'
import { aCitationOpensItsArticle, lawFolder } from './laws.mjs'
import { theDaysAheadCollide } from './load.mjs'
import { aPersonIsErased, aRepeatIsSeenWhileTyping } from './persons.mjs'
import { aReminderArrives } from './reminders.mjs'
import { mailSink } from './sink.mjs'
import { proofs } from './proofs.mjs'
import { walks } from './walks.mjs'

const [program, screens] = process.argv.slice(2)
const password = 'zhunsheng-demo'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const failures = []
let checks = 0

function expect(condition, what) {
  ++checks
  if (condition) return
  failures.push(what)
  console.error('FAILED:', what)
}

async function serve(data, sink, laws) {
  const post = [
    '--mail',
    sink.address,
    '--mail-from',
    'zhunsheng@town.example',
    '--address',
    'https://town.example',
    '--notice-seconds',
    '1',
  ]
  const server = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--quiet', '--laws', laws, ...post])
  const line = await new Promise((resolve) => server.stdout.once('data', (text) => resolve(String(text))))
  return { server, base: /(http:\/\/[\d.:]+)\/desk/.exec(line)[1] }
}

async function signIn(browser, base, account, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 860 }, ...options })
  const page = watch(await context.newPage())
  page.faults = []
  page.on('pageerror', (error) => page.faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.faults.push(message.text())
  })
  await page.goto(`${base}/desk/signin`)
  await page.locator('input[autocomplete="username"]').fill(account)
  await page.locator('input[type="password"]').first().fill(password)
  await page.locator('button[type="submit"]').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/signin'), { timeout: 15000 })
  return page
}

// What the page still waits for: a way within the desk loads no document, so that the browser's own idle says nothing of it.
function watch(page) {
  page.asked = new Set()
  const ends = (request) => page.asked.delete(request) && (page.heard = Date.now())
  page.on('request', (request) => page.asked.add(request))
  page.on('requestfinished', ends)
  page.on('requestfailed', ends)
  return page
}

/** Until everything that the page asked for has come and a quarter of a second has brought nothing more. */
async function settle(page) {
  await page.waitForLoadState('networkidle')
  const start = Date.now()
  const quiet = () => (page.asked?.size ?? 0) === 0 && Date.now() - Math.max(start, page.heard ?? 0) >= 250
  while (!quiet() && Date.now() - start < 15000) await page.waitForTimeout(25)
}

async function inspect(page, name) {
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  for (const violation of found.violations)
    expect(
      false,
      `${name}: ${violation.id} (${violation.help}): ${violation.nodes
        .slice(0, 3)
        .map((node) => node.target.join(' '))
        .join(' | ')}`,
    )
  ++checks
}

// One page as everybody may see it: wide and narrow, light and dark, nothing sideways, nobody shut out.
async function everySight(page, name) {
  for (const [width, height] of [
    [1280, 860],
    [390, 844],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await page.evaluate((dark) => document.documentElement.classList.toggle('dark', dark), colorScheme === 'dark')
      await settle(page)
      await page.screenshot({ path: join(screens, `${name}-${width}-${colorScheme}.png`) })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wide <= 1, `${name} at ${width}: no sideways scrolling (${wide} px)`)
      await inspect(page, `${name} ${width} ${colorScheme}`)
    }
  }
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.evaluate(() => document.documentElement.classList.remove('dark'))
}

async function everyPage(browser, base) {
  for (const [width, height] of [
    [1280, 860],
    [390, 844],
  ]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await signIn(browser, base, 'xinfang', { viewport: { width, height }, colorScheme })
      const petition = await page.evaluate(
        async () => (await (await fetch('/api/v1/records/petition?view=overdue&limit=1')).json()).items[0].id,
      )
      const pages = {
        today: '',
        ledger: 'ledger/petition',
        all: 'ledger',
        record: `ledger/petition/${petition}`,
        new: 'ledger/petition/new',
        report: 'report?year=2023',
        figures: 'figures?year=2023',
        duties: 'duties',
        calendar: 'calendar',
        admin: 'admin',
        import: 'import',
        checks: 'checks/fine_execution?year=2023',
        notices: 'notices',
        handovers: 'handover',
        field: 'field',
        drafts: 'drafts',
        outside: 'outside',
        compare: `ledger/petition/${petition}/compare`,
      }
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${base}/desk/${path}`)
        await settle(page)
        await page.screenshot({ path: join(screens, `${name}-${width}-${colorScheme}.png`) })
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(wide <= 1, `${name} at ${width}: no sideways scrolling (${wide} px)`)
        await inspect(page, `${name} ${width} ${colorScheme}`)
      }
      expect(page.faults.length === 0, `no errors in the console at ${width} ${colorScheme}: ${page.faults.slice(0, 3).join(' / ')}`)
      await page.context().close()
    }
  }
}

async function closedActsSayWhy(browser, base) {
  const page = await signIn(browser, base, 'xinfang')
  const petition = await page.evaluate(
    async () => (await (await fetch('/api/v1/records/petition?view=overdue&limit=1')).json()).items[0].id,
  )
  await page.goto(`${base}/desk/ledger/petition/${petition}`)
  await settle(page)
  const text = await page.locator('main').innerText()
  expect(/超 \d+ (天|工作日)/.test(text), 'the record says by how much it is late')
  expect(text.includes('信访工作条例'), 'and by which law')
  expect((await page.locator('[aria-disabled="true"]').count()) > 0, 'closed acts stay on the page')
  await page.context().close()
}

async function aPetitionThroughItsForms(browser, base) {
  const page = await signIn(browser, base, 'xinfang')
  await page.goto(`${base}/desk/ledger/petition/new`)
  await page.getByLabel('渠道').waitFor()
  const today = await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).today)
  await page.getByLabel('收到日').fill(today)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByLabel('渠道').selectOption('visit')
  await page.getByText('直接提出', { exact: true }).click()
  await page.getByLabel('信访请求').fill('村口路灯不亮')
  await page.getByLabel('领域').selectOption({ index: 3 })
  await page.getByLabel('姓名或名称').first().fill('张某某')
  await page.locator('main').getByRole('button', { name: '登记', exact: true }).click()
  await page.waitForURL(/ledger\/petition\/\d+$/)
  await page.getByText('剩 15 天').first().waitFor()
  ++checks
  await page.getByRole('button', { name: '书面告知', exact: true }).first().click()
  await page.getByLabel('告知事项').selectOption({ index: 2 })
  await page.getByRole('button', { name: '书面告知', exact: true }).last().click()
  await page.getByText('已按期').first().waitFor()
  ++checks
  await page.screenshot({ path: join(screens, 'record-notified-1280-light.png'), fullPage: true })
  await page.context().close()
}

async function aClosedActOpensWhatIsMissing(browser, base) {
  const page = await signIn(browser, base, 'xinfang')
  const petition = await page.evaluate(
    async () => (await (await fetch('/api/v1/records/petition?view=overdue&limit=1')).json()).items[0].id,
  )
  await page.goto(`${base}/desk/ledger/petition/${petition}`)
  await page.getByRole('button', { name: '导入其他程序' }).first().click({ force: true })
  await page.getByText('还没有书面告知信访人').waitFor()
  ++checks
  await page.screenshot({ path: join(screens, 'record-refused-1280-light.png') })
  await inspect(page, 'a closed act')
  await page.context().close()
}

async function figuresOpen(browser, base) {
  const page = await signIn(browser, base, 'sifa')
  await page.goto(`${base}/desk/report?year=2023`)
  await settle(page)
  const figure = page.locator('[data-figure="first_topic_lead_times"]').first()
  expect((await figure.count()) === 1, 'the report shows who led the study')
  await figure.click()
  await settle(page)
  const text = await page.locator('body').innerText()
  expect(text.includes('69'), 'and opens the 69 behind the figure')
  await page.screenshot({ path: join(screens, 'report-evidence-1280-light.png') })
  await page.context().close()
}

async function othersRecordsAreShut(browser, base) {
  const page = await signIn(browser, base, 'pufa')
  await page.goto(`${base}/desk/ledger/petition/47`)
  await settle(page)
  const text = await page.locator('body').innerText()
  expect(!text.includes('征地'), "another unit's record cannot be opened by its address")
  await page.context().close()
}

async function wrongPassword(browser, base) {
  const page = await browser.newPage()
  await page.goto(`${base}/desk/`)
  await page.waitForURL(/signin/)
  await page.locator('input[autocomplete="username"]').fill('zhifa')
  await page.locator('input[type="password"]').first().fill('wrong password')
  await page.locator('button[type="submit"]').click()
  await page.getByText('还可以试').waitFor({ timeout: 5000 })
  ++checks
  await page.screenshot({ path: join(screens, 'signin-wrong.png') })
  await inspect(page, 'sign-in')
  await page.close()
}

const folder = mkdtempSync(join(tmpdir(), 'zs-e2e-'))
mkdirSync(screens, { recursive: true })
const sink = await mailSink()
// Reminders last: who asks for letters gets them from then on.
const lives = [
  everyKindOnce,
  ...walks,
  ...proofs,
  ...cases,
  aCitationOpensItsArticle,
  theDaysAheadCollide,
  aRepeatIsSeenWhileTyping,
  aPersonIsErased,
  aReminderArrives,
  aShowcaseIsReleasedByAnother,
  aChapterIsWrittenBehindALink,
]
let running
let browser
try {
  execFileSync(program, ['demo', '--data', join(folder, 'data')], { stdio: 'ignore' })
  // Letters go out whatever the hour at which the test runs.
  execFileSync(program, ['register', 'setting', 'quiet_hours', 'value=00:00-00:00', '--data', join(folder, 'data')], { stdio: 'ignore' })
  running = await serve(join(folder, 'data'), sink, lawFolder(folder))
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const tools = {
    signIn: async (account, options) => Object.assign(await signIn(browser, running.base, account, options), { base: running.base }),
    shot: (page, name) => page.screenshot({ path: join(screens, `${name}-1280-light.png`) }),
    watch,
    settle,
    expect,
    inspect,
    everySight,
    folder,
    screens,
    sink,
    program,
    base: running.base,
  }
  const only = process.env.ZS_WALK
  for (const walk of [
    ...lives,
    wrongPassword,
    everyPage,
    closedActsSayWhy,
    aClosedActOpensWhatIsMissing,
    aPetitionThroughItsForms,
    figuresOpen,
    othersRecordsAreShut,
  ]) {
    if (only && walk.name !== only) continue
    try {
      await (lives.includes(walk) ? walk(tools) : walk(browser, running.base))
    } catch (error) {
      const page = browser.contexts().at(-1)?.pages().at(-1)
      await page?.screenshot({ path: join(screens, `failed-${walk.name}.png`) })
      expect(false, `${walk.name}: ${error.message.split('\n')[0]} ${/[a-z-]+\.mjs:\d+/.exec(error.stack)?.[0] ?? ''}`)
    }
  }
} finally {
  await browser?.close()
  running?.server.kill('SIGTERM')
  sink.close()
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${checks} checks, ${failures.length} failed; pictures in ${screens}`)
process.exit(failures.length === 0 ? 0 : 1)
