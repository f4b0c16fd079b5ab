// Self-checks, the review of a case file, and papers that are taken back: what proves that the office kept to the law.
const json = (page, path) => page.evaluate(async (address) => await (await fetch(`/api/v1${address}`)).json(), path)
const post = (page, path, body) =>
  page.evaluate(
    async ([address, sent]) => {
      const { csrf } = await (await fetch('/api/v1/me')).json()
      const answer = await fetch(`/api/v1${address}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
        body: JSON.stringify(sent),
      })
      return { status: answer.status, body: await answer.json() }
    },
    [path, body],
  )

// From the figure to the sheet, from the sheet to what each act was held to, and to the case itself.
async function aNoughtIsProvenCaseByCase({ signIn, settle, expect, inspect, shot, screens }) {
  const page = await signIn('fenguan')
  await page.goto(`${page.base}/desk/figures?year=2023&open=acts_outside_authority`)
  await settle(page)
  await page.getByRole('link', { name: '逐件看核过什么' }).click()
  await page.waitForURL(/checks\/authority/)
  await settle(page)
  const text = await page.locator('main').innerText()
  expect(text.includes('不符 0 件') && text.includes('共 36 件'), `nought of thirty-six: ${text.slice(0, 200)}`)
  expect(text.includes('委托〔2022〕1号'), 'each line names the letter of delegation')
  await page.getByRole('button', { name: '核过什么' }).first().click()
  expect(/立案 20\d\d-\d\d-\d\d 核过 \d+ 项/.test(await page.locator('main').innerText()), 'and what each act was held to')
  await page.screenshot({ path: `${screens}/checks-authority-1280-light.png` })
  await inspect(page, 'the sheet of authority')
  await page.getByRole('link', { name: '罚款执行情况自查' }).click()
  await page.waitForURL(/fine_execution/)
  await settle(page)
  expect((await page.locator('main').innerText()).includes('79300.00 元'), 'fines are added up')
  await shot(page, 'checks-fines')
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 1123, height: 794 })
  await page.screenshot({ path: `${screens}/checks-fines-print.png`, fullPage: true })
  await page.emulateMedia({ media: 'screen' })
  await page.locator('.case a').first().click()
  await page.waitForURL(/ledger\/penalty\/\d+/)
  await page.context().close()
  for (const colorScheme of ['light', 'dark']) {
    const phone = await signIn('fenguan', { viewport: { width: 390, height: 844 }, colorScheme })
    for (const sheet of ['authority', 'fine_execution']) {
      await phone.goto(`${phone.base}/desk/checks/${sheet}?year=2023`)
      await settle(phone)
      await phone.screenshot({ path: `${screens}/checks-${sheet}-390-${colorScheme}.png`, fullPage: false })
      const wide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide <= 1, `${sheet} at 390: no sideways scrolling (${wide} px)`)
      await inspect(phone, `${sheet} 390 ${colorScheme}`)
    }
    await phone.context().close()
  }
}

// A case file is drawn: what it lacks is listed by itself, a person looks at each and decides the grade.
async function aCaseFileIsReviewed({ signIn, settle, expect, inspect, screens }) {
  const page = await signIn('sifa')
  const cases = (await json(page, '/records/penalty?view=all&limit=5')).items
  const made = await post(page, '/records/dossier_review', {
    values: { batch: '2023年下半年', direction: 'internal', drawn: 'random', case: `penalty/${cases[0].id}` },
  })
  expect(made.status === 201, `a case file is drawn: ${JSON.stringify(made.body).slice(0, 200)}`)
  await page.goto(`${page.base}/desk/ledger/dossier_review/${made.body.id}`)
  await settle(page)
  await page.screenshot({ path: `${screens}/dossier-review-1280-light.png`, fullPage: true })
  await inspect(page, 'a review of a case file')
  await page.context().close()
}

// The dry run shows the paper; once issued it is replaced, and old and new name each other.
async function aPaperIsSeenFirstAndReplacedLater({ signIn, settle, expect, inspect, screens }) {
  const page = await signIn('xinfang')
  const today = (await json(page, '/me')).today
  const made = await post(page, '/records/petition', {
    values: {
      received_on: today,
      channel: 'letter',
      way_in: 'direct',
      content: '路灯不亮',
      domain: 'land',
      petitioner: { name: '何某某' },
    },
  })
  await page.goto(`${page.base}/desk/ledger/petition/${made.body.id}`)
  await settle(page)
  await page.getByRole('button', { name: '书面告知', exact: true }).first().click()
  await page.getByLabel('告知事项').selectOption({ index: 2 })
  await page
    .getByRole('button', { name: '试算' })
    .or(page.getByRole('button', { name: /先看|试/ }))
    .first()
    .click()
  await page.getByText('（样稿）').first().click()
  const draft = page.frameLocator('iframe').locator('body')
  expect(/样稿/.test(await draft.innerText()) && /何某某/.test(await draft.innerText()), 'the draft shows the paper')
  await page.screenshot({ path: `${screens}/paper-draft-1280-light.png`, fullPage: true })
  await page.getByRole('button', { name: '书面告知', exact: true }).last().click()
  await page.getByText('已出文书').waitFor()
  await settle(page)
  await page.getByRole('button', { name: /撤回、换发/ }).click()
  await page.getByRole('menuitem', { name: '换发' }).click()
  await page
    .getByLabel(/理由|原因/)
    .last()
    .fill('日期有误')
  await page
    .getByLabel(/签批|签字/)
    .last()
    .selectOption({ index: 1 })
  await page.screenshot({ path: `${screens}/paper-replacing-1280-light.png`, fullPage: true })
  await page.getByRole('button', { name: '换发', exact: true }).click()
  await page.getByText(/已经撤回，以.*为准/).waitFor()
  await page.screenshot({ path: `${screens}/paper-replaced-1280-light.png`, fullPage: true })
  await inspect(page, 'a paper that was replaced')
  await page.context().close()
}

export const proofs = [aNoughtIsProvenCaseByCase, aCaseFileIsReviewed, aPaperIsSeenFirstAndReplacedLater]
