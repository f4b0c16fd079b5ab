// The yearly report written by many: given out, written behind a link, adopted, in the report. Walks as in walks.mjs.

const day = async (page, label, text) => {
  const box = page.getByLabel(label, { exact: true }).last()
  await box.fill(text)
  await page.keyboard.press('Enter')
}

export async function aChapterIsWrittenBehindALink({ signIn, settle, expect, inspect, everySight }) {
  const page = await signIn('sifa')
  await page.goto(`${page.base}/desk/report?year=2023`)
  await settle(page)
  await page.getByRole('link', { name: '分章编写' }).click()
  await page.waitForURL(/report\/chapters/)
  await settle(page)
  expect((await page.locator('tbody tr').count()) === 13, 'the report has its chapters')
  await page.getByRole('link', { name: '（六）化解社会矛盾纠纷' }).click()
  await page.waitForURL(/chapters\/disputes/)
  await settle(page)
  const today = await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).today)
  const later = `${Number(today.slice(0, 4)) + 1}-01-20`
  await page.evaluate(async ([due]) => {
    const csrf = (await (await fetch('/api/v1/me')).json()).csrf
    await fetch('/api/v1/report/chapters/disputes/assign?year=2023', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify({ unit: 'petition-office', due }) })
  }, [later])
  await page.reload()
  await settle(page)
  await day(page, '开到哪一天', later)
  await page.getByRole('button', { name: '生成链接' }).click()
  const address = (await page.locator('code').innerText()).trim()
  expect(address.includes('/desk/chapter/'), 'a link is given')
  await everySight(page, 'chapter-publisher')

  // A browser that never signed in.
  const context = await page.context().browser().newContext()
  const writer = await context.newPage()
  await writer.goto(page.base + new URL(address).pathname)
  await writer.getByRole('textbox', { name: /正文/ }).waitFor()
  expect((await writer.locator('nav').count()) === 0, 'the link shows nothing of the house')
  await writer.getByRole('textbox', { name: /正文/ }).fill('受理信访{{petition_cases}}宗。\n{{no_such}}')
  await writer.getByText('1 处要改').waitFor()
  expect((await writer.locator('.faults').innerText()).includes('第2行'), 'a fault names its line')
  await writer.getByRole('textbox', { name: /正文/ }).fill('今年我们受理信访{{petition_cases}}宗，件件有答复。')
  await writer.getByLabel('填写人').fill('李某某')
  await everySight(writer, 'chapter-link')
  await writer.getByRole('button', { name: '交稿' }).click()
  await writer.getByText('已交稿').first().waitFor()

  await page.reload()
  await settle(page)
  expect((await page.locator('main').innerText()).includes('李某某') || (await page.locator('textarea').inputValue()).includes('件件有答复'), 'the publisher reads what came')
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
  expect(page.faults.length === 0, `no errors in the console: ${page.faults.slice(0, 3).join(' / ')}`)
  await page.context().close()
}
