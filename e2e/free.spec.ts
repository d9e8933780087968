import { addPeople } from './crowd.ts'
import { expect, test } from './nachalo.ts'
import { rowsOf, variantOf } from './worlds.ts'

/** Anna Polyakova of the invented company holds nothing any more. */
const withAnnaFree = (momentAt: number) => (dump: Parameters<typeof rowsOf>[0]) => {
  for (const row of rowsOf(dump, 'cases'))
    if (row['responsibleId'] === 'polyakova' && row['status'] !== 'closed')
      Object.assign(row, { status: 'closed', closedAt: momentAt - 3_600_000 })
}

test('who is free stands first, and the board follows what is given out', async ({
  page,
  play,
  worlds,
}) => {
  const demo = await worlds.demo()
  const world = await variantOf(worlds.workshop, demo, withAnnaFree(demo.momentAt))
  const { desk, hub } = await play(world)
  await desk.show('Кто свободен')
  const { free } = desk
  const own = free.departments.filter({ hasText: 'Контакт-центр' })
  await expect(own.locator('tbody tr').first()).toContainText('Анна Полякова')
  await expect(own.locator('caption')).toContainText('свободен 1 из')
  await expect(free.freeAt('Анна Полякова')).toHaveText('сейчас')
  await expect(free.person('Ирина Климова')).toContainText('в отпуске до 23.11')
  await expect(free.behind('Анна Полякова')).toHaveText('—')
  const head = hub.as(world.headToken)
  const inbox = [...(await head.cases()).values()].filter(
    one => one.responsibleId === null && one.departmentId === 'contact',
  )
  for (const theCase of inbox.slice(0, 3)) await head.assign(theCase, 'polyakova')
  await expect(free.behind('Анна Полякова')).toHaveText('2')
  await expect(free.freeAt('Анна Полякова')).toHaveText(/^(в|завтра в) \d\d:\d\d$/)
  await expect(free.person('Анна Полякова')).toContainText('№')
  await expect(own.locator('tbody tr').first()).not.toContainText('Анна Полякова')
  await free.search.fill('лапш')
  await expect(free.people).toHaveCount(1)
  await expect(free.people).toContainText('Дмитрий Лапшин')
  await free.search.press('Escape')
  await page.keyboard.press('Escape')
  await expect.poll(() => free.people.count()).toBeGreaterThan(5)
})

test('nothing is done here: no key acts and nothing can be carried', async ({
  page,
  play,
  worlds,
}) => {
  const { desk, hub } = await play(await worlds.demo())
  await desk.show('Кто свободен')
  await desk.free.people.first().click()
  for (const key of ['1', 'Shift+1', 't', 'r', 'a', 'd', 'h', ']', 'Enter'])
    await page.keyboard.press(key)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(desk.case.region).toHaveCount(0)
  const box = await desk.free.people.first().boundingBox()
  await page.mouse.move((box?.x ?? 0) + 80, (box?.y ?? 0) + 10)
  await page.mouse.down()
  await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 90, { steps: 5 })
  await expect(desk.drag.chip).toHaveCount(0)
  await page.mouse.up()
  const { tables } = await hub.contents()
  expect((tables['history'] ?? []).filter(row => row['decisionId'] !== null)).toEqual([])
})

test('an employee sees the load of the own department, and of cases only their own', async ({
  page,
  play,
  worlds,
}) => {
  const demo = await worlds.demo()
  const world = await variantOf(worlds.workshop, demo, () => {}, 'polyakova')
  const { desk } = await play(world)
  const { free } = desk
  await expect(free.departments).toHaveCount(1)
  await expect(free.departments).toContainText('Контакт-центр')
  await expect(desk.rail('Начало')).toHaveCount(0)
  const subjectOf = (who: string) =>
    rowsOf(demo.dump, 'cases')
      .filter(row => row['responsibleId'] === who && row['status'] !== 'closed')
      .map(row => String(row['subject']))
  const said = await free.region.innerText()
  expect(subjectOf('polyakova').some(subject => said.includes(subject))).toBe(true)
  expect(subjectOf('savin').some(subject => said.includes(subject))).toBe(false)
  await expect(free.person('Олег Савин')).toContainText('9/10')
  await desk.show('Канбан')
  const [number = ''] = await desk.board.numbers('Открыто')
  const mine = rowsOf(demo.dump, 'cases').filter(row => row['responsibleId'] === 'polyakova')
  expect(mine.map(row => row['number'])).toContain(number)
  await desk.board.card(number).click()
  await page.keyboard.press('r')
  await page.keyboard.press('t')
  await page.keyboard.press(']')
  await expect(desk.board.cardIn('Ждёт', number)).toBeVisible()
  await expect(desk.badge).toHaveText('Данные свежие')
  await expect(desk.rail('Синхронизация')).toHaveAccessibleName('Синхронизация')
})

for (const [width, height] of [
  [1280, 720],
  [3840, 2160],
] as const)
  test(`two hundred people on a screen of ${width} × ${height}`, async ({ page, play, worlds }) => {
    const demo = await worlds.demo()
    const world = await variantOf(worlds.workshop, demo, dump => addPeople(dump, 200))
    const { desk } = await play(world)
    await page.setViewportSize({ width, height })
    await desk.show('Кто свободен')
    await expect.poll(() => desk.free.people.count()).toBeGreaterThan(200)
    const isWithin = await desk.free.region.evaluate(element =>
      [element, ...element.querySelectorAll('*')].every(
        ({ scrollWidth, clientWidth, localName }) =>
          localName === 'span' || clientWidth === 0 || scrollWidth <= clientWidth + 1,
      ),
    )
    expect(isWithin).toBe(true)
    const letters = await desk.free.people
      .first()
      .evaluate(row => Number.parseFloat(getComputedStyle(row).fontSize))
    expect(letters).toBeGreaterThanOrEqual(width > 2_000 ? 28 : 15)
  })
