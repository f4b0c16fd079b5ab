// What people arrange among themselves at the desk, and what comes from outside. Walks as in walks.mjs.
import { join } from 'node:path'

const json = (page, path) => page.evaluate(async (address) => await (await fetch(`/api/v1${address}`)).json(), path)
const post = (page, path, body, key) =>
  page.evaluate(
    async ([address, what, once]) => {
      const { csrf } = await (await fetch('/api/v1/me')).json()
      const answer = await fetch(`/api/v1${address}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, ...(once ? { 'Idempotency-Key': once } : {}) },
        body: JSON.stringify(what),
      })
      return answer.status === 204 ? {} : answer.json()
    },
    [path, body, key],
  )

// Who leaves offers what is open; the other takes one line, declines the next; the history says so.
async function workIsHandedOver(tools) {
  const { signIn, settle, expect, inspect, shot, screens } = tools
  const giver = await signIn('xinfang')
  const work = await json(giver, '/handovers/open')
  await giver.goto(`${giver.base}/desk/handover/new`)
  await settle(giver)
  await giver.getByLabel('接收人', { exact: false }).first().selectOption('s-petition-2')
  await giver
    .getByLabel('最迟接收日')
    .first()
    .fill((await json(giver, '/me')).today)
  await giver.keyboard.press('Escape')
  await giver.getByLabel('原因').fill('调离')
  await tools.everySight(giver, 'handover-new')
  const boxes = giver.locator('tbody input[type="checkbox"]')
  await giver.locator('thead input[type="checkbox"]').uncheck()
  for (let i = 0; i < 3; ++i) await boxes.nth(i).check()
  await giver.locator('tbody select').nth(2).selectOption('s-pufa')
  await giver.getByRole('button', { name: '交出 3 件' }).click()
  await giver.getByText('请安全管理员授予').first().waitFor()
  await shot(giver, 'handover-refused')
  await inspect(giver, 'a hand-over that is refused')
  await giver.locator('tbody select').nth(2).selectOption('')
  await giver.getByRole('button', { name: '交出 3 件' }).click()
  await giver.waitForURL(/handover\/\d+$/)
  await settle(giver)
  const number = /\d+$/.exec(giver.url())[0]
  expect((await giver.locator('main').innerText()).includes('待接收 3'), 'three lines wait')
  await tools.everySight(giver, 'handover-sheet')
  await giver.emulateMedia({ media: 'print' })
  await giver.screenshot({ path: join(screens, 'handover-print.png'), fullPage: true })
  await giver.emulateMedia({ media: 'screen' })

  const taker = await signIn('xinfang2')
  await settle(taker)
  await taker.getByRole('link', { name: '交给您的 3 件等您接收' }).click()
  await settle(taker)
  const ticks = taker.locator('tbody input[type="checkbox"]')
  await ticks.nth(0).check()
  await tools.everySight(taker, 'handover-mine')
  await taker.getByRole('button', { name: '接收 1 件' }).click()
  await taker.getByText('已接收', { exact: false }).first().waitFor()
  await settle(taker)
  await taker.locator('tbody input[type="checkbox"]').nth(0).check()
  await taker.getByRole('button', { name: '退回', exact: true }).click()
  await taker.getByLabel('退回的理由').fill('不是我的分工')
  await taker.getByRole('button', { name: '退回 1 件' }).click()
  await taker.getByText('不是我的分工').first().waitFor()
  const first = (await json(taker, `/handovers/${number}`)).lines[0]
  await taker.goto(`${taker.base}/desk/ledger/${first.kind}/${first.id}`)
  await settle(taker)
  const told = await taker.locator('main').innerText()
  expect(told.includes(`接收第${number}号交接单`) && told.includes('方某某'), 'the history of the record names the hand-over')
  expect(
    work.items.length >= 3 && taker.faults.length + giver.faults.length === 0,
    `no errors in the console: ${[...taker.faults, ...giver.faults].slice(0, 3).join(' / ')}`,
  )
  await giver.context().close()
  await taker.context().close()
}

// Three are ticked, the act is filled in once, tried on each, and carried out.
async function manyAreActedOn(tools) {
  const { signIn, settle, expect, inspect, shot } = tools
  const page = await signIn('xinfang')
  const { today } = await json(page, '/me')
  const ids = []
  for (const what of ['一', '二', '三'])
    ids.push(
      (
        await post(page, '/records/petition', {
          values: {
            received_on: today,
            channel: 'visit',
            way_in: 'direct',
            content: `批量${what}`,
            domain: 'land',
            petitioner: { name: '某某' },
            petitioner_kind: 'person',
          },
        })
      ).id,
    )
  await page.goto(`${page.base}/desk/ledger/petition?view=all`)
  await settle(page)
  for (let i = 0; i < 3; ++i) await page.locator('tbody input[type="checkbox"]').nth(i).check()
  await page.getByRole('button', { name: '一起办' }).click()
  await page.getByRole('menuitem', { name: '甄别分类' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('申诉求决', { exact: true }).click()
  await dialog.getByLabel('第三十一条').selectOption({ label: '⑥其他' })
  await dialog.getByRole('button', { name: '先看每件办了以后' }).click()
  await dialog.getByText('不能办').first().waitFor()
  await shot(page, 'bulk-refused')
  await dialog.getByLabel('由谁决定').selectOption({ index: 1 })
  if (await dialog.getByLabel('签批件').count()) await dialog.getByLabel('签批件').fill('呈批表')
  await dialog.getByRole('button', { name: '先看每件办了以后' }).click()
  await dialog.getByText('3 件能办').waitFor()
  await shot(page, 'bulk-tried')
  await inspect(page, 'a bulk act that is tried')
  await dialog.getByRole('button', { name: '办能办的 3 件' }).click()
  await dialog.getByText('办成 3 件').waitFor()
  await shot(page, 'bulk-done')
  await page.setViewportSize({ width: 390, height: 844 })
  await settle(page)
  await page.screenshot({ path: join(tools.screens, 'bulk-done-390.png') })
  for (const id of ids) expect((await json(page, `/records/petition/${id}`)).version === 2, `record ${id} went on by one act`)
  expect(page.faults.length === 0, `no errors in the console: ${page.faults.slice(0, 3).join(' / ')}`)
  await page.context().close()
}

// Noted on a phone without a network, sent once there is one, completed in the office; another is declined with a reason.
async function notedOutside(tools) {
  const { signIn, settle, expect, inspect, screens } = tools
  const phone = await signIn('cunwu', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const snap = (name) => phone.screenshot({ path: join(screens, `${name}-390-light.png`), fullPage: true })
  await phone.goto(`${phone.base}/desk/field`)
  await settle(phone)
  await snap('field')
  await phone.getByRole('button', { name: '劝导', exact: true }).click()
  await settle(phone)
  await phone.context().setOffline(true)
  await phone.getByLabel('事项', { exact: false }).first().selectOption({ label: '占道经营' })
  await phone.getByLabel('方式', { exact: false }).first().selectOption({ label: '说服教育' })
  await phone.getByText('网格员', { exact: true }).click()
  await phone.getByLabel('姓名或名称').fill('丁某某')
  await phone.locator('input[type="file"]').setInputFiles({
    name: '街面.png',
    mimeType: 'image/png',
    buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  })
  await snap('field-note')
  await inspect(phone, 'a note from outside')
  await phone.getByRole('button', { name: '发回办公室' }).click()
  await phone.getByText('等网络，已存在本机').waitFor()
  await snap('field-waiting')
  await inspect(phone, 'a note that waits for the network')
  await phone.context().setOffline(false)
  await phone.getByText('待登记').first().waitFor({ timeout: 30000 })
  const sent = (await json(phone, '/field/drafts?view=mine')).items
  expect(sent.length === 1 && sent[0].photos === 1, `it is sent once, with its photo: ${sent.length}`)
  await phone.reload()
  await settle(phone)
  expect(
    (await json(phone, '/field/drafts?view=mine')).items.length === 1 && !(await phone.getByText('还没有发出').count()),
    'and never again',
  )

  await phone.getByRole('button', { name: '巡查', exact: true }).click()
  await phone.getByLabel('类别', { exact: false }).first().selectOption({ label: '消防' })
  await phone.getByLabel('巡查对象').fill('下栏仓库')
  await phone.getByRole('button', { name: '再加一个巡查人' }).click()
  await snap('field-patrol')
  await phone.getByRole('button', { name: '发回办公室' }).click()
  await phone.getByText('下栏仓库').first().waitFor()

  const office = await signIn('zhifa')
  await settle(office)
  await office.getByRole('link', { name: /外勤草稿 \d+ 份等您登记/ }).click()
  await settle(office)
  await tools.everySight(office, 'drafts')
  await office
    .locator('li', { hasText: '占道经营' })
    .getByRole('link', { name: /补全登记/ })
    .click()
  const form = office.locator('form.form')
  await form.waitFor()
  await settle(office)
  expect((await form.getByLabel('姓名或名称').inputValue()) === '丁某某', 'nothing is typed twice')
  await office.screenshot({ path: join(screens, 'draft-accept-1280-light.png'), fullPage: true })
  await inspect(office, 'a draft in the ordinary form')
  await form.getByText('不符合', { exact: true }).click()
  await form.getByRole('button', { name: /登记劝导/ }).click()
  await office.waitForURL(/ledger\/persuasion\/\d+$/)
  await settle(office)
  const record = await office.locator('main').innerText()
  expect(record.includes('街面.png') && record.includes('占道经营'), 'the photo came along')
  await office.goto(`${office.base}/desk/drafts`)
  await settle(office)
  const line = office.locator('li', { hasText: '下栏仓库' })
  await line.getByRole('button', { name: /退回/ }).click()
  await line.getByLabel('退回的理由').fill('已经登记过了')
  await line.getByRole('button', { name: '退回给发的人' }).click()
  await line.waitFor({ state: 'detached' })
  await phone.reload()
  await settle(phone)
  expect((await phone.locator('main').innerText()).includes('已经登记过了'), 'its sender reads why')
  await snap('field-declined')
  await inspect(phone, 'what became of notes')
  expect(
    phone.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(fault)).length + office.faults.length === 0,
    `no errors in the console: ${[...phone.faults, ...office.faults].slice(0, 3).join(' / ')}`,
  )
  await phone.context().close()
  await office.context().close()
}

// A ticket in the order of its platform: copied line by line, its phone number seen with a reason; a penalty without its number gets it.
async function typedIntoAnotherSystem(tools) {
  const { signIn, settle, expect, shot } = tools
  const page = await signIn('rexian')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const ticket = (await json(page, '/records/hotline?view=all&limit=1')).items[0].id
  await page.goto(`${page.base}/desk/ledger/hotline/${ticket}`)
  await settle(page)
  await page.getByRole('link', { name: '录入卡' }).first().click()
  await settle(page)
  const labels = await page.locator('.lb').allInnerTexts()
  expect(labels.slice(0, 6).join() === '派单日,类型,行业分类,诉求人姓名,联系电话,内容', `in the order of the platform: ${labels.join()}`)
  const phone = page.locator('li', { hasText: '联系电话' })
  expect((await phone.innerText()).includes('*'), 'a phone number is covered')
  await tools.everySight(page, 'card')
  await phone.getByRole('button', { name: /查看/ }).click()
  await page.getByLabel('为什么要看').fill('录入平台')
  await page.getByRole('dialog').getByRole('button', { name: '查看' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const seen = await phone.locator('.tx').innerText()
  expect(/^\d{11}$/.test(seen), `and seen with a reason: ${seen}`)
  await phone.getByRole('button', { name: '复制联系电话' }).click()
  expect((await page.evaluate(() => navigator.clipboard.readText())) === seen, 'one click copies it')

  const keeper = await signIn('guanli')
  await post(keeper, '/homes/petition', { home: '全国信访信息系统' })
  const clerk = await signIn('xinfang')
  await clerk.goto(`${clerk.base}/desk/outside`)
  await settle(clerk)
  const before = Number(await clerk.locator('.tabs b').first().innerText())
  expect(before > 0, 'petitions without their number there are listed')
  await tools.everySight(clerk, 'outside')
  await clerk
    .getByRole('link', { name: /^录入卡/ })
    .first()
    .click()
  await clerk.getByLabel('全国信访信息系统编号').fill('4415-2024-00017')
  await shot(clerk, 'card-number')
  await clerk.getByRole('button', { name: '写下编号' }).click()
  await clerk.locator('.given b', { hasText: '4415-2024-00017' }).waitFor()
  await clerk.goto(`${clerk.base}/desk/outside`)
  await settle(clerk)
  expect(Number(await clerk.locator('.tabs b').first().innerText()) === before - 1, 'and one less afterwards')
  await post(keeper, '/homes/petition', { home: 'here' })
  expect(
    page.faults.length + clerk.faults.length === 0,
    `no errors in the console: ${[...page.faults, ...clerk.faults].slice(0, 3).join(' / ')}`,
  )
  for (const each of [page, keeper, clerk]) await each.context().close()
}

export const errandWalks = [workIsHandedOver, manyAreActedOn, notedOutside, typedIntoAnotherSystem]
