// 依据: from a citation to its article, what stands on it, and back to an open record. Walks as in walks.mjs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Texts of our own, named as rules cite them: the program needs none. */
export function lawFolder(folder) {
  const made = join(folder, 'laws')
  mkdirSync(made, { recursive: true })
  const more = Array.from(
    { length: 33 },
    (_, i) => `第${chinese(i + 1)}条 某某信访条例的第${chinese(i + 1)}个条文，各级机关、单位按照职责办理。\n`,
  )
  writeFileSync(
    join(made, '信访工作条例.md'),
    `# 某某信访条例\n\n2022年1月1日 某某通过\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n${more.join('\n')}\n## 第四章 办理\n\n第三十四条 应当自受理之日起60日内办结；情况复杂的，可以延长不超过30日。\n\n（一）告知延期的理由；\n\n## 第五章 附则\n\n第五十条 自发布之日起施行。\n`,
  )
  return made
}
const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const chinese = (n) => (n < 10 ? digits[n] : `${n < 20 ? '' : digits[Math.floor(n / 10)]}十${digits[n % 10]}`)

const json = (page, path) => page.evaluate(async (address) => await (await fetch(`/api/v1${address}`)).json(), path)

export async function aCitationOpensItsArticle({ signIn, settle, expect, inspect, everySight, shot }) {
  const page = await signIn('xinfang')
  const found = await json(page, `/laws/${encodeURIComponent('信访工作条例')}/${encodeURIComponent('第三十四条')}`)
  const first = found.records.items[0]
  expect(found.records.records > 0, 'open petitions stand on the article')
  await page.goto(`${page.base}/desk/ledger/${first.kind}/${first.id}`)
  await settle(page)
  await page.locator('.law', { hasText: '第三十四条' }).first().click()
  await page.getByText('应当自受理之日起60日内办结').waitFor()
  expect(
    !(await page.getByRole('dialog').innerText()).includes('延长不超过三十日'),
    'of two rules on the article none is named beside the period',
  )
  await shot(page, 'law-float')
  await page.getByRole('link', { name: '看整条和在办事项' }).click()
  await page.waitForURL(/admin\/laws\//)
  await page.getByText('站在这一条上的规则').waitFor()
  await settle(page)
  const said = await page.locator('main').innerText()
  expect(
    said.includes('某某信访条例') && said.includes('六十日内办结') && said.includes('延长不超过三十日'),
    'the article shows the rules on it',
  )
  expect(said.includes(`${found.records.records} 件，期限 ${found.records.deadlines} 个`), 'and counts the open records')
  expect(await page.locator('.article.here').isVisible(), 'the article is marked in its law')
  await everySight(page, 'law-article')
  await page
    .getByRole('link', { name: new RegExp(first.number.replace(/[〔〕]/g, '.')) })
    .first()
    .click()
  await page.waitForURL(new RegExp(`ledger/${first.kind}/\\d+$`))

  await page.goto(`${page.base}/desk/admin/laws`)
  await settle(page)
  await everySight(page, 'laws')
  await page.getByRole('searchbox', { name: '找法条' }).fill('情况复杂 60日')
  await page.keyboard.press('Enter')
  await page.getByText('找到 1 条').waitFor()
  await everySight(page, 'law-found')
  await page.getByRole('link', { name: '《信访工作条例》第三十四条' }).click()
  await page.getByText('站在这一条上的规则').waitFor()
  await page.goto(`${page.base}/desk/admin/laws/${encodeURIComponent('行政处罚法')}`)
  await settle(page)
  expect((await page.locator('main').innerText()).includes('行政处罚法'), 'a law without text is read by its rules')
  await inspect(page, 'a law without text')
  await page.goto(`${page.base}/desk/admin/rulebook/petition`)
  await settle(page)
  expect((await page.locator('main').innerText()).includes('应当自受理之日起60日内办结'), 'the rulebook quotes its articles')
  await inspect(page, 'a kind with its law')
  expect(page.faults.length === 0, `no errors in the console: ${page.faults.slice(0, 3).join(' / ')}`)
  await page.context().close()
}
