import type { Page } from '@playwright/test'
import { addCases, addPeople, alter } from './crowd.ts'
import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'
import { rowsOf, variantOf } from './worlds.ts'

/** Nothing sticks out of the window to the side. */
const expectNoOverflow = async (page: Page) => {
  const [wide, shown] = await page.evaluate(() => [document.body.scrollWidth, window.innerWidth])
  expect(wide).toBeLessThanOrEqual(shown ?? 0)
}

test('two hundred people: the best nine have keys, the last is found by name', async ({
  page,
  play,
  worlds,
}) => {
  const demo = await worlds.demo()
  const world = await variantOf(worlds.workshop, demo, dump => addPeople(dump, 180))
  const { desk } = await play(world)
  const keys = await keysOf(page, 'russian')
  const [number = ''] = await desk.inbox.easyNumbers()
  await desk.inbox.click(number)
  await expect(desk.team.hints.first()).toHaveAttribute('data-verdict', 'ok')
  await keys.press('KeyA')
  await keys.type('180')
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(page.getByRole('option')).toContainText('Сотрудник 180')
  await keys.press('Enter', { shift: true })
  await expect(desk.inbox.row(number)).toHaveCount(0)
  await expect(desk.toast).toContainText(`№${number} → Сотрудник 180`)
  await desk.show('Команда')
  await expect(page.getByRole('listitem', { name: 'Сотрудник 180', exact: true })).toContainText(
    '1/10',
  )
})

test('ten thousand cases scroll, select, search and leave at once', async ({
  page,
  play,
  worlds,
}) => {
  const demo = await worlds.demo()
  const world = await variantOf(worlds.workshop, demo, dump => addCases(dump, 9_960, demo.momentAt))
  const { desk } = await play(world)
  const { inbox } = desk
  await inbox.expectCount(10_000)
  const [first = ''] = await inbox.easyNumbers()
  await inbox.click(first)
  await page.keyboard.press('End')
  await expect(inbox.inFocus()).toHaveAttribute('row-index', '9999')
  await page.keyboard.press('Control+A')
  await expect(inbox.picked).toHaveText(/^Отобрано 10.?000 из 10.?000$/)
  await page.keyboard.press('Escape')
  await inbox.search.fill('из большой очереди 9877')
  await expect(inbox.rows).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  await inbox.click(first)
  await desk.drag.drop(inbox.row(first), desk.team.byKey(1))
  await inbox.expectCount(9_999)
  await expect(inbox.row(first)).toHaveCount(0)
})

test('very long names stay in their places', async ({ page, play, worlds }) => {
  const long = 'Оченьдлинноеимябезединогопробела'.repeat(6)
  const world = await variantOf(worlds.workshop, await worlds.demo(), dump => {
    alter(dump, 'employees', { employeeId: 'mukhin' }, { name: `Константин ${long}` })
    alter(dump, 'departments', { departmentId: 'first-line' }, { name: `Линия ${long}` })
    alter(dump, 'kinds', { kindId: 'papers' }, { name: long })
    alter(dump, 'cases', { responsibleId: null }, { subject: long, clientName: long, number: '1' })
    alter(dump, 'cases', { responsibleId: null }, { statusName: long })
    for (const [place, row] of rowsOf(dump, 'cases').entries())
      row['number'] = `${long.slice(0, 40)}-${place}`
  })
  const { desk } = await play(world)
  await expectNoOverflow(page)
  const number = await desk.inbox.first()
  await desk.inbox.click(number)
  await expect(desk.team.hints.first()).toBeVisible()
  await expectNoOverflow(page)
  const panel = await desk.team.panel.boundingBox()
  for (const load of await desk.team.hints.getByRole('img', { name: /^Загрузка / }).all()) {
    const box = await load.boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(
      (panel?.x ?? 0) + (panel?.width ?? 0),
    )
  }
  await page.keyboard.press('Enter')
  await expect(desk.case.region).toBeVisible()
  await expectNoOverflow(page)
  const drawer = await desk.case.region.evaluate(element => [
    element.scrollWidth,
    element.clientWidth,
  ])
  expect(drawer[0]).toBeLessThanOrEqual(drawer[1] ?? 0)
  for (const room of ['Команда', 'Настройки'] as const) {
    await desk.show(room)
    await expectNoOverflow(page)
  }
})

test('a person dismissed while holding cases is still in sight with them', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk } = await play(world)
  const held = rowsOf(world.dump, 'cases').filter(
    row => row['responsibleId'] === 'osipov' && row['status'] !== 'closed',
  )
  expect(held.length).toBeGreaterThan(0)
  await desk.inbox.click(await desk.inbox.first())
  await expect(desk.team.hints.filter({ hasText: 'Кирилл Осипов' })).toHaveCount(0)
  await desk.show('Команда')
  const gone = page.getByRole('listitem', { name: 'Кирилл Осипов', exact: true })
  await expect(gone).toContainText('больше не работает')
  await gone.getByRole('button', { name: 'Кирилл Осипов' }).click()
  const cases = page.getByRole('complementary', { name: 'Дела: Кирилл Осипов' })
  await expect(cases.getByRole('listitem')).toHaveCount(held.length)
  await cases
    .getByRole('button')
    .filter({ hasText: String(held[0]?.['number']) })
    .click()
  await desk.case.button('Вернуть').click()
  await expect(cases.getByRole('listitem')).toHaveCount(held.length - 1)
})

test('a department without a head says so, and whose its cases are', async ({ play, worlds }) => {
  const world = await worlds.demo()
  const { desk } = await play(world)
  await expect(desk.team.department('Оформление документов').first()).toContainText(
    'без начальника',
  )
  const orphan = rowsOf(world.dump, 'cases').find(
    row => row['responsibleId'] === null && row['departmentId'] === 'papers',
  )
  await desk.inbox.search.fill(String(orphan?.['number']))
  await desk.inbox.open(String(orphan?.['number']))
  await expect(desk.case.region).toContainText('Ольга Ветрова')
  await expect(desk.case.region).toContainText('у отделения «Оформление документов» нет начальника')
})

test.describe('at 150 %', () => {
  test.use({ viewport: { width: 960, height: 600 }, deviceScaleFactor: 1.5 })

  test('everything can be reached', async ({ page, play, worlds }) => {
    const { desk } = await play(await worlds.demo())
    await expectNoOverflow(page)
    const [number = ''] = await desk.inbox.easyNumbers()
    await desk.inbox.click(number)
    await expect(desk.team.byKey(1)).toBeInViewport()
    await desk.drag.drop(desk.inbox.row(number), desk.team.byKey(1))
    await expect(desk.inbox.row(number)).toHaveCount(0)
    await expect(desk.toast.getByRole('button', { name: 'Отменить' })).toBeInViewport()
    await desk.inbox.open(await desk.inbox.first())
    for (const name of ['Отдать…', 'Взять себе', 'Отложить…', 'Передать…', 'Закрыть дело'])
      await expect(desk.case.button(name)).toBeInViewport()
    await desk.case.close()
    for (const room of ['Команда', 'Синхронизация', 'Настройки'] as const) {
      await desk.show(room)
      await expectNoOverflow(page)
    }
    await expect(desk.badge).toBeInViewport()
  })
})
