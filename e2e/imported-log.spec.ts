import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'
import { isUnassigned, rowsOf } from './worlds.ts'

test('an imported log: planned, changed by mouse and by keys, applied and taken back', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.log()
  const all = rowsOf(world.dump, 'cases').filter(isUnassigned).length
  const { desk } = await play(world)
  const { inbox, plan } = desk
  const keys = await keysOf(page, 'russian')
  await inbox.click(await inbox.first())
  await keys.press('Escape')
  await keys.press('KeyP')
  const planned = await plan.count()
  expect(planned + (await plan.leftCount())).toBe(all)
  await expect(plan.rows.first()).toBeFocused()
  const [first = '', second = ''] = await plan.numbers()
  await keys.press('KeyR')
  await expect(plan.whom(first)).toContainText('оставить в Начале')
  const before = await plan.whom(second).innerText()
  const other = (await plan.names()).find(name => !before.includes(name)) ?? ''
  await page.keyboard.down('Shift')
  await plan.carry(second, plan.person(other))
  await page.keyboard.up('Shift')
  await expect(plan.whom(second)).toHaveText(`→ ${other}`)
  await expect(plan.region.locator('[data-kept]')).toHaveCount(2)
  const applied = await plan.count()
  await keys.press('Enter', { ctrl: true })
  await inbox.expectCount(all - applied)
  await expect(inbox.row(second)).toHaveCount(0)
  await keys.press('KeyZ', { ctrl: true })
  await inbox.expectCount(all)
})

test('an imported log: who is free knows what was just given out', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.log())
  const keys = await keysOf(page, 'latin')
  const given = await desk.inbox.first()
  await desk.inbox.click(given)
  const name = await desk.team.nameOf(desk.team.byKey(1))
  await keys.press('Digit1')
  await expect(desk.inbox.row(given)).toHaveCount(0)
  await desk.show('Кто свободен')
  const { free } = desk
  await free.search.fill(name)
  await expect(free.people).toHaveCount(1)
  await expect(free.people).toContainText(name)
  await expect(free.people).toContainText('№')
})
