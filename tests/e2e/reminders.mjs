// Reminders: asked for on one's own page, seen on the bell, arriving as a letter.
import { read } from './sink.mjs'

export async function aReminderArrives({ signIn, settle, expect, inspect, shot, sink }) {
  const page = await signIn('xinfang')
  await page.goto(`${page.base}/desk/admin/own`)
  await page.getByLabel('邮箱').fill('xinfang@town.example')
  await page.getByText('每件事一封').click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('已保存').waitFor()
  await page.getByRole('button', { name: '要一个订阅地址' }).click()
  const address = await page.getByLabel('订阅地址').inputValue()
  await inspect(page, 'how one is told')
  await shot(page, 'own-told')
  const calendar = await page.request.get(address.replace(/^https?:\/\/[^/]+/, page.base))
  expect((await calendar.text()).startsWith('BEGIN:VCALENDAR'), 'the address is a calendar')

  // Received two weeks ago: the petitioner is to be told tomorrow.
  const me = await page.evaluate(async () => (await fetch('/api/v1/me')).json())
  const received = new Date(Date.parse(me.today) - 14 * 86400000).toISOString().slice(0, 10)
  const made = await page.evaluate(
    async ([csrf, day]) =>
      (
        await fetch('/api/v1/records/petition', {
          method: 'POST',
          headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' },
          body: JSON.stringify({
            way: 'registered',
            source: '登记簿',
            values: {
              received_on: day,
              channel: 'letter',
              way_in: 'direct',
              content: '反映路灯不亮',
              domain: 'land',
              petitioner: { name: '何某某' },
              handler: 's-petition',
            },
          }),
        })
      ).json(),
    [me.csrf, received],
  )
  const of = (letter) => read(letter).text.includes(`/petition/${made.id}\r`) || read(letter).text.includes(`/petition/${made.id}\n`)
  if (me.workday) {
    for (let turn = 0; turn < 100 && !sink.letters.some(of); ++turn) await page.waitForTimeout(200)
    const letter = sink.letters.find(of)
    expect(letter !== undefined, 'the letter arrives')
    if (letter) {
      const { subject, text } = read(letter)
      expect(subject.includes('临期提醒：书面告知'), `its subject says what: ${subject}`)
      expect(
        text.includes('第二十三条') && !text.includes('何某某') && !text.includes('路灯'),
        `its text says by which article, and nothing personal: ${text}`,
      )
    }
  }
  await page.waitForFunction(
    async (id) => (await (await fetch('/api/v1/notices')).json()).items.some((item) => item.record === id),
    made.id,
  )
  await page.goto(`${page.base}/desk/`)
  await page.getByRole('link', { name: /提醒，\d+ 条没看/ }).click()
  await page.getByText('临期提醒：书面告知').first().waitFor()
  await settle(page)
  await inspect(page, 'reminders')
  await shot(page, 'reminders')
  await page.getByRole('button', { name: '全部看过' }).click()
  await page.getByRole('link', { name: '提醒', exact: true }).waitFor()
  expect(page.faults.length === 0, `no errors in the console: ${page.faults.slice(0, 3).join(' / ')}`)
  await page.context().close()
}
