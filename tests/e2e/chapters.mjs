// The yearly report written by many: given out, written behind a link, adopted, in the report. Walks as in walks.mjs.

const day = async (page, label, text) => {
  const box = page.getByLabel(label, { exact: true }).last()
  await box.fill(text)
  await page.keyboard.press('Enter')
}

export async function aChapterIsWrittenBehindALink({ signIn, watch, settle, expect, inspect, everySight }) {
  const page = await signIn('sifa')
  await page.goto(`${page.base}/desk/report?year=2023`)
  await settle(page)
  await page.getByRole('link', { name: '分章编写' }).click()
  await page.waitForURL(/report\/chapters/)
  await settle(page)
  expect((await page.locator('tbody tr').count()) === 14, 'the report has its chapters')
  await page.getByRole('link', { name: '（六）化解社会矛盾纠纷' }).click()
  await page.waitForURL(/chapters\/disputes/)
  await settle(page)
  const today = await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).today)
  const later = `${Number(today.slice(0, 4)) + 1}-01-20`
  await page.evaluate(
    async ([due]) => {
      const csrf = (await (await fetch('/api/v1/me')).json()).csrf
      await fetch('/api/v1/report/chapters/disputes/assign?year=2023', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
        body: JSON.stringify({ unit: 'petition-office', due }),
      })
    },
    [later],
  )
  await page.reload()
  await settle(page)
  await day(page, '开到哪一天', later)
  await page.getByRole('button', { name: '生成链接' }).click()
  const address = (await page.locator('code').innerText()).trim()
  expect(address.includes('/desk/chapter/'), 'a link is given')
  await everySight(page, 'chapter-publisher')

  // A browser that never signed in.
  const context = await page.context().browser().newContext()
  const writer = watch(await context.newPage())
  await writer.goto(page.base + new URL(address).pathname)
  await writer.getByRole('textbox', { name: /正文/ }).waitFor()
  expect((await writer.locator('nav').count()) === 0, 'the link shows nothing of the house')
  await writer.getByRole('textbox', { name: /正文/ }).fill('受理信访{{petition_cases}}宗。\n{{no_such}}')
  await writer.getByText('1 处要改').waitFor()
  expect((await writer.locator('.faults').innerText()).includes('第2行'), 'a fault names its line')
  await writer.getByRole('textbox', { name: /正文/ }).fill('2022年起学习党的十九大精神。')
  await writer.getByText('2 处像是往年的').waitFor()
  expect((await writer.locator('.stale').innerText()).includes('2023年用“党的二十大精神”'), "an old phrase is flagged with this year's")
  await everySight(writer, 'chapter-stale')
  await writer.getByRole('textbox', { name: /正文/ }).fill('今年我们受理信访{{petition_cases}}宗，件件有答复。')
  await writer.locator('.picks li', { hasText: '村内欠款一次付清' }).getByRole('button', { name: '插入' }).click()
  await writer.locator('.reads a.record', { hasText: '邻里关系恢复' }).waitFor()
  expect((await writer.locator('.picks li').count()) === 3, 'only released showcases of the year may be taken')
  await writer.getByLabel('填写人').fill('李某某')
  await everySight(writer, 'chapter-link')
  await writer.getByRole('button', { name: '交稿' }).click()
  await writer.getByText('已交稿').first().waitFor()

  await page.reload()
  await settle(page)
  expect(
    (await page.locator('main').innerText()).includes('李某某') || (await page.locator('textarea').inputValue()).includes('件件有答复'),
    'the publisher reads what came',
  )
  await page.getByRole('button', { name: '采用' }).click()
  await page.getByText('已采用，写进了报告').waitFor()
  await inspect(page, 'an adopted chapter')
  await writer.reload()
  await writer.getByText('链接打不开').waitFor()
  await context.close()
  await page.goto(`${page.base}/desk/report/chapters?year=2023`)
  await settle(page)
  await everySight(page, 'chapters')
  await page.goto(`${page.base}/desk/report?year=2023`)
  await settle(page)
  expect((await page.locator('article.sheet').innerText()).includes('件件有答复'), 'the report has the words')
  await page.locator('article.sheet a.figure[data-figure="petition_cases"]').first().click()
  await settle(page)
  expect((await page.locator('aside.drawer').innerText()).includes('信访'), 'and their figure opens to its evidence')
  expect((await page.locator('article.sheet').innerText()).includes('梳理受托消防执法案卷'), "last year's plan is reconciled item by item")
  await page.locator('article.sheet a.record', { hasText: '邻里关系恢复' }).click()
  await page.waitForURL(/ledger\/showcase\//)
  await settle(page)
  expect((await page.locator('main').innerText()).includes('村内欠款一次付清'), 'a showcase in the report opens its record')
  expect(page.faults.length === 0, `no errors in the console: ${page.faults.slice(0, 3).join(' / ')}`)
  await page.context().close()
}

/** From a case to a showcase: begun on the case's page, counted while it is typed, released by another person. */
export async function aShowcaseIsReleasedByAnother({ signIn, settle, expect, everySight }) {
  const page = await signIn('xinfang')
  const id = await page.evaluate(
    async () => (await (await fetch('/api/v1/records/petition?view=all&limit=200')).json()).items.find((row) => row.final).id,
  )
  await page.goto(`${page.base}/desk/ledger/petition/${id}`)
  await settle(page)
  await page.getByRole('button', { name: '由本件新建' }).click()
  await page.getByRole('menuitem', { name: '典型案例' }).click()
  await page.waitForURL(/showcase\/new\?from=petition/)
  await settle(page)
  await page.locator('[data-field="case"] .state', { hasText: '信访〔' }).waitFor()
  await page.locator('[data-field="showcase_title"] input').fill('一次接访解决停水')
  await page.locator('[data-field="theme"] select').selectOption('disputes')
  const words = page.locator('[data-field="words"] textarea')
  await words.fill('水'.repeat(163))
  await page.getByText('163 / 150 字，超了，请删减').waitFor()
  await everySight(page, 'showcase-new')
  await page.getByRole('button', { name: '起草案例' }).last().click()
  await page.getByText('最多 150 字，现有 163 字').first().waitFor()
  await words.fill('某村十余户反映停水。接访领导当场约请供水单位到场，三日内恢复供水，信访专干逐户回访，没有再次反映。')
  await page.getByRole('button', { name: '起草案例' }).last().click()
  await page.waitForURL(/ledger\/showcase\/\d+/)
  await settle(page)
  const address = page.url().replace(/\?.*/, '')
  expect((await page.locator('main').innerText()).includes('典型案例〔'), 'a showcase has its number')
  await page.context().close()
  const other = await signIn('sifa')
  await other.goto(address)
  await settle(other)
  await other.getByRole('button', { name: '放行' }).first().click()
  await settle(other)
  await everySight(other, 'showcase-release')
  const released = await other.evaluate(async (record) => {
    const me = await (await fetch('/api/v1/me')).json()
    const answer = await fetch(`/api/v1/records/${record}/actions/release`, {
      method: 'POST',
      headers: { 'X-CSRF-Token': me.csrf, 'Content-Type': 'application/json' },
      body: JSON.stringify({ values: { released_by: me.staff } }),
    })
    return answer.status
  }, address.split('/ledger/')[1])
  expect(released === 200 || released === 201, `another person releases it: ${released}`)
  expect(other.faults.length === 0, `no errors in the console: ${other.faults.slice(0, 3).join(' / ')}`)
  await other.context().close()
}
