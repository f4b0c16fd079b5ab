// 今后六十天: what collides, what has no date, and what would lapse if somebody were away. Walks as in walks.mjs.
const json = (page, path) => page.evaluate(async (address) => await (await fetch(`/api/v1${address}`)).json(), path)
const post = (page, path, body) =>
  page.evaluate(
    async ([address, what]) => {
      const { csrf } = await (await fetch('/api/v1/me')).json()
      return (
        await fetch(`/api/v1${address}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
          body: JSON.stringify(what),
        })
      ).json()
    },
    [path, body],
  )

export async function theDaysAheadCollide({ signIn, settle, expect, everySight, shot }) {
  const page = await signIn('xinfang')
  const me = await json(page, '/me')
  for (const content of ['一', '二', '三', '四', '五'])
    await post(page, '/records/petition', {
      values: {
        received_on: me.today,
        channel: 'letter',
        way_in: 'direct',
        content: `撞期${content}`,
        domain: 'land',
        petitioner: { name: '某某' },
        petitioner_kind: 'person',
        handler: me.staff,
      },
    })
  await page.goto(`${page.base}/desk/calendar`)
  await settle(page)
  await page.getByRole('link', { name: '今后六十天' }).click()
  await page.waitForURL(/load$/)
  await settle(page)
  const load = await json(page, '/load')
  const crowded = load.days.find((day) => day.crowded.some((each) => each.person === me.staff))
  expect(crowded, 'five on one day collide')
  expect((await page.locator('main .grid .day').count()) === 60, 'sixty days stand in the grid')
  await page.locator('.day', { hasText: '撞期' }).first().click()
  await page
    .getByText(new RegExp(`${me.name} \\d+ 件`))
    .first()
    .waitFor()
  await everySight(page, 'load')
  expect((await page.locator('main').innerText()).includes('没有定日子的任务'), 'duties without a date are named')
  for (const duty of load.undated) expect((await page.locator('main').innerText()).includes(duty.label), `${duty.label} is among them`)

  await page.getByLabel('看谁的').selectOption(`person:${me.staff}`)
  await page.waitForURL(/person=/)
  await settle(page)
  await page.locator('#away-until').fill(load.days[20].day)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '看会耽误什么' }).click()
  await page.getByText('要先办完或者交接').waitFor()
  await page.getByText('要先办完或者交接').scrollIntoViewIfNeeded()
  await shot(page, 'load-away')
  await page.setViewportSize({ width: 390, height: 844 })
  await settle(page)
  await page.locator('summary').first().click()
  await everySight(page, 'load-own')
  await page.getByRole('link', { name: '去交接' }).click()
  await page.waitForURL(/handover\/new\?giver=/)
  await settle(page)
  expect(
    (await page.locator('main').innerText()).includes('撞期') || (await page.locator('tbody tr').count()) >= 5,
    'the hand-over begins with their open work',
  )
  expect(page.faults.length === 0, `no errors in the console: ${page.faults.slice(0, 3).join(' / ')}`)
  await page.context().close()
}
