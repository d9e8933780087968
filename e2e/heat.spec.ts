import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'

test('with a mouse: from «Начало» to a cell, from cell to cell, one of a cell', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.demo())
  const { heat } = desk
  await desk.show('Загрузка')
  const number = await heat.firstOfStrip()
  await expect(heat.points('Павел Ершов')).toContainText('3/10')
  await heat.carry(heat.stripRow(number).locator('[col-id="subject"]'), 'Павел Ершов', 2, true)
  await expect(desk.toast).toContainText(`№${number} → Павел Е.`)
  await expect(heat.stripRow(number)).toHaveCount(0)
  await expect(heat.points('Павел Ершов')).not.toContainText('3/10')
  await page.keyboard.press('Control+KeyZ')
  await expect(heat.points('Павел Ершов')).toContainText('3/10')
  await expect(heat.stripRow(number)).toHaveCount(1)

  await expect(heat.points('Светлана Дроздова')).toContainText('5/10')
  await heat.carry(heat.cell('Светлана Дроздова', 5), 'Павел Ершов', 0, true)
  await expect(heat.points('Светлана Дроздова')).toContainText('0/10')
  await expect(heat.cell('Светлана Дроздова', 5)).toHaveText('0')
  await page.keyboard.press('Control+KeyZ')
  await expect(heat.points('Светлана Дроздова')).toContainText('5/10')

  await heat.cell('Светлана Дроздова', 5).click()
  const held = heat.cases(/^Светлана Дроздова, пн/).getByRole('listitem')
  const before = await held.count()
  expect(before).toBeGreaterThan(1)
  await heat.carry(held.first(), 'Артём Носов', 1, true)
  await expect(held).toHaveCount(before - 1)
  await expect(desk.toast).toContainText('Артём Н.')
})

for (const layout of ['russian', 'latin'] as const)
  test(`with keys, ${layout}: a cell is picked and given to whose cell it is`, async ({
    page,
    play,
    worlds,
  }) => {
    const { desk } = await play(await worlds.demo())
    const { heat } = desk
    const keys = await keysOf(page, layout)
    await desk.show('Загрузка')
    await heat.grid.focus()
    await expect(heat.status).toHaveText(/^Ольга Ветрова, ср 18\.11: 3 ч из /)
    await keys.press('KeyJ')
    await expect(heat.status).toHaveText(/^Анна Полякова, ср 18\.11: 6 ч из .* · опоздает 1 дело$/)
    await keys.press('Space')
    await expect(heat.cell('Анна Полякова', 0)).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByText(/^Отобрано \d+ дел/)).toBeVisible()
    await keys.times(4, 'ArrowDown')
    await expect(heat.status).toHaveText(/^Павел Ершов/)
    await expect(heat.line('Павел Ершов').first().locator('[data-ghost]').first()).toBeVisible()
    await keys.press('KeyG', { shift: true })
    await expect(heat.points('Павел Ершов')).toContainText('9/10')
    await expect(heat.points('Анна Полякова')).toContainText('0/10')
    await keys.press('KeyZ', { ctrl: true })
    await expect(heat.points('Анна Полякова')).toContainText('6/10')
    await expect(heat.points('Павел Ершов')).toContainText('3/10')

    await keys.times(4, 'KeyK')
    await keys.press('Enter')
    const held = heat.cases(/^Анна Полякова, ср 18\.11/)
    await expect(held.getByRole('button', { name: /^№/ }).first()).toBeFocused()
    await keys.press('Space')
    await keys.press('KeyH')
    await expect(desk.dialog('Отложить')).toBeVisible()
    await keys.press('Escape')
    await keys.press('Escape')
    await keys.press('Escape')
    await expect(held).toBeHidden()
    await expect(heat.grid).toBeFocused()
  })

test('by kinds: load against the limit of each kind, and of all', async ({ play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const { heat } = desk
  await desk.show('Загрузка')
  await heat.showKinds()
  await expect(heat.cell('Никита Гусев', 0)).toHaveText('10')
  await expect(heat.cell('Никита Гусев', 0)).toHaveAttribute('data-heat', 'high')
  const place = (await heat.grid.getByRole('columnheader').allTextContents()).indexOf('Возврат') - 1
  await heat.cell('Олег Савин', place).click()
  await expect(heat.cases('Олег Савин, Возврат').getByRole('listitem').first()).toBeVisible()
})

test('an imported log: groups, people and their days', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.log())
  const { heat } = desk
  await desk.show('Загрузка')
  await expect(heat.grid.getByRole('row')).not.toHaveCount(0)
  await heat.grid.focus()
  await page.keyboard.press('Control+End')
  await expect(heat.status).toHaveText(/: .+/)
  const busy = heat.grid.locator('[role=gridcell]:not([data-empty])').first()
  await busy.click()
  await expect(page.getByRole('complementary').getByRole('listitem').first()).toBeVisible()
})

test('two hundred people and a month of days: the last is a key away', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.crowd())
  const { heat } = desk
  await desk.show('Загрузка')
  await expect(heat.grid).toHaveAttribute('aria-colcount', '31')
  await heat.grid.focus()
  await page.keyboard.press('Control+End')
  const last = await heat.grid.getAttribute('aria-rowcount')
  await expect(heat.grid.locator(`[aria-rowindex="${last}"]`)).toBeInViewport()
  await page.keyboard.press('Control+Home')
  const number = await heat.firstOfStrip()
  await heat.carry(heat.stripRow(number).locator('[col-id="subject"]'), 'Павел Ершов', 1, true)
  await expect(desk.toast).toContainText(`№${number} → Павел Е.`)
})
