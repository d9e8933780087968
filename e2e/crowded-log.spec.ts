import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'
import { hasCrowdedLog } from './worlds.ts'

const hourMs = 3_600_000

test('nine hundred people of an imported log: every view stands and gives', async ({
  page,
  play,
  worlds,
}) => {
  test.skip(!hasCrowdedLog(), 'the log bpi2013-incidents.csv is not here')
  const world = await worlds.crowded()
  // The log is imported at midnight; in the middle of the day people are at work.
  const { desk } = await play({ ...world, momentAt: world.momentAt + 14 * hourMs })
  const { inbox, heat, org } = desk
  const keys = await keysOf(page, 'russian')
  await inbox.expectCount(312)
  await inbox.click(await inbox.first())
  await expect(desk.team.hints.first()).toBeVisible()

  await desk.show('Загрузка')
  const number = await heat.firstOfStrip()
  const free = heat.grid.locator('[role=gridcell][data-empty]').first()
  const name = await free.locator('xpath=../*[1]/span[1]').innerText()
  await heat.carry(heat.stripRow(number).locator('[col-id="subject"]'), name, 0, true)
  await expect(heat.stripRow(number)).toHaveCount(0)
  await heat.showKinds()
  await expect(heat.grid.getByRole('gridcell').first()).toBeVisible()

  await desk.show('Оргструктура')
  const next = await org.numberAt(0)
  await org.stripRow(0).locator('[col-id="subject"]').click()
  await keys.press('Space')
  await org.tree.focus()
  await keys.times(2, 'ArrowDown')
  await keys.times(2, 'ArrowRight')
  await keys.press('KeyG', { shift: true })
  await expect.poll(() => org.numberAt(0)).not.toBe(next)

  await desk.show('Канбан')
  const [moved = ''] = await desk.board.numbers('Открыто')
  await desk.board.card(moved).click()
  await keys.press('BracketRight')
  await expect(desk.board.cardIn('Ждёт', moved)).toBeFocused()
  await keys.press('KeyZ', { ctrl: true })
  await expect(desk.board.cardIn('Открыто', moved)).toBeAttached()
  await desk.show('Кто свободен')
  await expect(page.getByRole('region', { name: 'Кто свободен' })).toBeVisible()
  await desk.show('Начало')
  await inbox.expectCount(310)
  await inbox.click(await inbox.first())
  await keys.press('Escape')
  await keys.press('KeyP')
  const planned = await desk.plan.count()
  expect(planned + (await desk.plan.leftCount())).toBe(310)
  await keys.press('Enter', { ctrl: true })
  await expect(inbox.count()).toHaveText(`Начало${310 - planned}`, { timeout: 60_000 })
})
