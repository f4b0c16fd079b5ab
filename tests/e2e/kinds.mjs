// Every kind of the rulebook once: its list, its form, one of its records. Drawn from the rulebook alone, each must stand
// without an error and be named as the rulebook names it.
const accounts = ['sifa', 'xinfang', 'zhifa', 'pufa', 'gongkai', 'zhenzhang', 'fenguan', 'yingji', 'dangan']

const json = (page, path) => page.evaluate(async (address) => await (await fetch(`/api/v1${address}`)).json(), path)

export async function everyKindOnce({ signIn, expect, shot }) {
  const listed = new Set()
  const opened = new Set()
  const formed = new Set()
  let kinds = []
  for (const account of accounts) {
    const page = await signIn(account).catch(() => null)
    if (page === null) continue
    kinds = (await json(page, '/rulebook')).kinds.filter((kind) => kind.key !== 'summary')
    const { reads } = await json(page, '/me')
    for (const kind of kinds.filter((each) => reads.includes(each.key))) {
      const says = (text) =>
        page
          .locator('main')
          .getByText(text)
          .first()
          .waitFor({ timeout: 5000 })
          .then(
            () => true,
            () => false,
          )
      if (!listed.has(kind.key)) {
        await page.goto(`${page.base}/desk/ledger/${kind.key}`)
        if (await says(kind.label)) listed.add(kind.key)
      }
      if (!opened.has(kind.key)) {
        const { items } = await json(page, `/records/${kind.key}?view=all&limit=1`)
        if (items?.length) {
          await page.goto(`${page.base}/desk/ledger/${kind.key}/${items[0].id}`)
          if (await says(items[0].number || items[0].title)) opened.add(kind.key)
          // Keys are the rulebook's own; people read names.
          const raw = (await page.locator('main').innerText()).match(/\b[a-z_]+\.[a-z_]+\b|\b[a-z]+_[a-z_]+\b/)
          expect(raw === null, `${kind.key} shows names, no keys: ${raw?.[0]}`)
        }
      }
      if (!formed.has(kind.key)) {
        await page.goto(`${page.base}/desk/ledger/${kind.key}/new`)
        if (
          await page
            .locator('main form')
            .first()
            .waitFor({ timeout: 2000 })
            .then(
              () => true,
              () => false,
            )
        )
          formed.add(kind.key)
      }
    }
    expect(page.faults.length === 0, `no errors in the console while ${account} opens every kind: ${page.faults.slice(0, 3).join(' / ')}`)
    await shot(page, `kinds-${account}`)
    await page.context().close()
  }
  const lacking = (seen) =>
    kinds
      .map((kind) => kind.key)
      .filter((key) => !seen.has(key))
      .join(' ')
  expect(lacking(listed) === '', `every list opens; not: ${lacking(listed)}`)
  expect(lacking(opened) === '', `a record of every kind opens; not: ${lacking(opened)}`)
  expect(lacking(formed) === '', `every form opens; not: ${lacking(formed)}`)
}
