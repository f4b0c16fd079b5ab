// The same person and matter while one types; and what is erased of a person.
import { join } from 'node:path'

async function newPetition(page, phone, content) {
  await page.goto(`${page.base}/desk/ledger/petition/new`)
  await page.getByLabel('渠道').waitFor()
  const today = await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).today)
  await page.getByLabel('收到日').fill(today)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByLabel('渠道').selectOption('visit')
  await page.getByText('直接提出', { exact: true }).click()
  await page.getByLabel('信访请求').fill(content)
  await page.getByLabel('领域').selectOption({ index: 3 })
  await page.getByLabel('姓名或名称').first().fill('覃某某')
  await page.getByLabel('电话').first().fill(phone)
}
const write = async (page) => {
  await page.locator('main').getByRole('button', { name: '登记', exact: true }).click()
  await page.waitForURL(/ledger\/petition\/\d+$/)
}

export async function aRepeatIsSeenWhileTyping({ signIn, settle, expect, inspect, shot }) {
  const page = await signIn('xinfang')
  await newPetition(page, '13612345678', '祠堂西侧围墙倒塌挡住道路无人处理')
  await write(page)
  const first = Number(/(\d+)$/.exec(page.url())[1])
  await newPetition(page, '13612345678', '反映另外一件完全不同的事情')
  await page.getByText('证件号或者电话相同').first().waitFor()
  await page.getByLabel('电话').first().fill('13600000001')
  await page.getByLabel('信访请求').fill('祠堂西侧围墙倒塌挡住道路没人处理')
  await page
    .getByText(/事由有 \d+% 相同/)
    .first()
    .waitFor()
  await inspect(page, 'a repeat while typing')
  await shot(page, 'alike-typing')
  await page
    .getByRole('button', { name: /与本件重复$/ })
    .first()
    .click()
  await page.getByText('已认定重复').waitFor()
  await write(page)
  await settle(page)
  const second = page.url().match(/(\d+)$/)[1]
  const record = await page.evaluate(async (id) => (await fetch(`/api/v1/records/petition/${id}`)).json(), second)
  expect(
    record.links.some((link) => link.id === first),
    `what was said is kept: ${JSON.stringify(record.links)}`,
  )
  expect(
    record.deadlines.some((deadline) => deadline.outcome === 'running'),
    'and each keeps its own clock',
  )
  await page.getByText('同一人、同一件').first().waitFor()
  await shot(page, 'alike-record')
  await page.context().close()
}

export async function aPersonIsErased({ signIn, settle, expect, inspect, shot, screens }) {
  const clerk = await signIn('xinfang')
  await newPetition(clerk, '13698765432', '请求删除个人信息的一件')
  await write(clerk)
  const url = clerk.url()
  await clerk.getByRole('button', { name: '其他', exact: true }).first().click()
  expect((await clerk.getByRole('menuitem', { name: '删除个人信息' }).count()) === 0, 'a clerk does not erase')
  await clerk.context().close()
  const page = await signIn('sifa')
  await page.goto(url)
  await settle(page)
  await page.getByRole('button', { name: '其他', exact: true }).first().click()
  await page.getByRole('menuitem', { name: '删除个人信息' }).click()
  await page
    .getByLabel(/^信访人/)
    .first()
    .check()
  await page
    .getByLabel(/^信访请求/)
    .first()
    .check()
  await page.getByLabel('删除理由').fill('本人要求删除')
  await page.getByLabel('同意人（本台账签批人）').selectOption('s-deputy-law')
  const doIt = page.getByRole('button', { name: '删除', exact: true })
  expect(await doIt.isDisabled(), 'not before one says that one knows')
  await page.getByLabel(/^我知道选中的 2 项/).check()
  await inspect(page, 'erasing')
  await shot(page, 'erase-form')
  await doIt.click()
  const certificate = page.getByRole('link', { name: '打开删除凭证' })
  await certificate.waitFor()
  const paper = await page.context().newPage()
  await paper.goto(new URL(await certificate.getAttribute('href'), page.base).href)
  expect((await paper.locator('body').innerText()).includes('证明成立'), 'the certificate has its proof')
  await paper.screenshot({ path: join(screens, 'erase-certificate.png'), fullPage: true })
  await page.getByRole('button', { name: '关闭' }).last().click()
  await settle(page)
  expect(!(await page.locator('main').innerText()).includes('覃某某'), 'the name is gone from the page')
  await page.context().close()
}
