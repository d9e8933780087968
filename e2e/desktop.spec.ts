/** What a window gives to the desktop around it, and what the desktop may ask of the window. */
import type { Page } from '@playwright/test'
import { expect, test } from './nachalo.ts'
import { isUnassigned, type Row, rowsOf, type World } from './worlds.ts'

const numberIn = (world: World, isOne: (row: Row) => boolean): string =>
  String(rowsOf(world.dump, 'cases').find(isOne)?.['number'])

/** Everything the page tells about itself, as it crosses the wire. */
function toldBy(page: Page): readonly Readonly<Record<string, unknown>>[] {
  const told: Readonly<Record<string, unknown>>[] = []
  page.on('websocket', socket =>
    socket.on('framesent', ({ payload }) => {
      const { ask, arg } = JSON.parse(String(payload))
      if (ask === 'tellDesktop') told.push(arg)
    }),
  )
  return told
}

/** As if the window were hidden, or seen again. */
const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate(isIt => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isIt })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)

test('the title counts «Начало», what comes while nobody looks is told in numbers alone', async ({
  page,
  play,
  worlds,
}) => {
  // Whoever would use it fails, and a page that fails is seen.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Notification'))
  const told = toldBy(page)
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  const first = Number(/^\((\d+)\) Начало$/.exec(await page.title())?.[1])
  expect(first).toBeGreaterThan(5)
  await expect(desk.rail('Начало')).toHaveAccessibleName(`Начало: ${first}`)
  await setHidden(page, true)
  for (const subject of ['Тайна одного клиента', 'Тайна другого'])
    await hub.as(world.headToken).create({ subject, departmentId: 'contact' })
  await expect(page).toHaveTitle(`(${first + 2}) Начало`)
  await expect.poll(() => told.at(-1)).toEqual({ waiting: first + 2, arrived: 2, language: 'ru' })
  await setHidden(page, false)
  await expect.poll(() => told.at(-1)).toEqual({ waiting: first + 2, arrived: 0, language: 'ru' })
  expect(JSON.stringify(told)).not.toContain('Тайна')
})

test('an address with #case/… opens that case, and says so when there is none', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const open = numberIn(world, isUnassigned)
  const { desk } = await play(world)
  const follow = (number: string) =>
    page.evaluate(
      hash => {
        location.hash = hash
      },
      `case/${encodeURIComponent(number)}`,
    )
  await desk.show('Команда')
  await follow(open)
  await expect(desk.case.region).toHaveAccessibleName(`Дело №${open}`)
  await expect(desk.rail('Начало')).toHaveAttribute('aria-current', 'page')
  expect(new URL(page.url()).hash).toBe('')
  await desk.case.close()
  await follow('<b>0</b>')
  await expect(desk.toast).toContainText('Дела №<b>0</b> здесь нет.')
  await expect(desk.case.region).toHaveCount(0)
})

test('a closed case is opened by its number too, and a link that starts the window waits for the data', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const since = world.momentAt - 30 * 86_400_000
  const closed = numberIn(
    world,
    row =>
      row['status'] === 'closed' &&
      row['departmentId'] === 'contact' &&
      Number(row['closedAt']) > since,
  )
  const { desk } = await play(world)
  const { origin } = new URL(page.url())
  await page.goto('about:blank')
  await page.goto(`${origin}/#case/${closed}`)
  await expect(desk.case.region).toHaveAccessibleName(`Дело №${closed}`)
})
