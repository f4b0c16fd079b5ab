// Every form as it prints, for the eye: one picture a paper, and sheets of nine.
//
//   ZS_PAPERS=build/papers build/release/tests/zs_unit_tests --gtest_filter='GoldenPapers.*'
//   node tests/e2e/papers.mjs build/papers
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const folder = resolve(process.argv[2] ?? 'build/papers')
const perSheet = 9
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.html') && !name.startsWith('sheet-'))
  .sort()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: 794, height: 1123 } })
for (const name of names) {
  await page.goto(`file://${join(folder, name)}`)
  await page.screenshot({ path: join(folder, name.replace('.html', '.png')), fullPage: true })
}
await page.setViewportSize({ width: 1500, height: 1400 })
for (let at = 0; at < names.length; at += perSheet) {
  const cells = names
    .slice(at, at + perSheet)
    .map(
      (name) =>
        `<figure><figcaption>${name.replace('.html', '')}</figcaption><img src="file://${join(folder, name.replace('.html', '.png'))}"></figure>`,
    )
  await page.goto(`file://${join(folder, names[at])}`)
  await page.setContent(
    `<style>body{margin:8px;display:grid;grid-template-columns:repeat(3,1fr);gap:8px;font:13px sans-serif}figure{margin:0;border:1px solid #999}img{width:100%}</style>${cells.join('')}`,
  )
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: join(folder, `sheet-${at / perSheet + 1}.png`), fullPage: true })
}
await browser.close()
console.log(`${names.length} papers, ${Math.ceil(names.length / perSheet)} sheets`)
