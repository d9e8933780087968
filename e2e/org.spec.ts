import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'

test('with a mouse: a case goes to a person, to a department, and a line tells all of it', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.demo())
  const { org } = desk
  await desk.show('Оргструктура')
  await expect(org.line('Контакт-центр')).toContainText('21 человек')
  await expect(org.line('Контакт-центр')).toContainText('94/188')
  await expect(org.line('Оформление документов')).toContainText('сейчас отвечает Ольга В.')
  await expect(org.line('Бухгалтерия')).not.toContainText('/')

  const number = await org.numberAt(0)
  await org.carry(0, 'Павел Ершов', true)
  await expect(desk.toast).toContainText(`№${number} → Павел Е.`)
  await expect(org.line('Павел Ершов')).not.toContainText('3/10')
  await page.keyboard.press('Control+KeyZ')
  await expect(org.line('Павел Ершов')).toContainText('3/10')
  await expect.poll(() => org.numberAt(0)).toBe(number)

  await org.carry(0, 'Бухгалтерия')
  await expect(desk.toast).toContainText(`№${number} → Бухгалтерия`)
  await expect.poll(() => org.numberAt(0)).not.toBe(number)

  await org.line('Оформление документов').click()
  const details = org.details('Оформление документов')
  await expect(details).toContainText('Ольга Ветрова')
  await expect(details).toContainText('у отделения «Оформление документов» нет начальника')
  await org.line('Ирина Климова').click()
  await expect(org.details('Ирина Климова')).toContainText('отпуск')
  await org.details('Ирина Климова').getByRole('button', { name: 'Дела' }).click()
  await expect(page.getByRole('complementary', { name: 'Дела: Ирина Климова' })).toBeVisible()
})

for (const layout of ['russian', 'latin'] as const)
  test(`with keys, ${layout}: fold, unfold, give to the line`, async ({ page, play, worlds }) => {
    const { desk } = await play(await worlds.demo())
    const { org } = desk
    const keys = await keysOf(page, layout)
    await desk.show('Оргструктура')
    const number = await org.numberAt(1)
    await org.stripRow(1).locator('[col-id="subject"]').click()
    await keys.press('Space')
    await org.tree.focus()
    await keys.press('ArrowLeft')
    await expect(org.line('Загородный дом')).toHaveAttribute('aria-expanded', 'false')
    await expect(org.line('Контакт-центр')).toHaveCount(0)
    await keys.press('ArrowRight')
    await keys.press('ArrowRight')
    await keys.press('KeyJ')
    await keys.press('KeyJ')
    await expect(org.line('Бухгалтерия')).toHaveAttribute('data-at', 'true')
    await keys.press('Enter')
    await expect(org.details('Бухгалтерия')).toContainText('Галина Нечаева')
    await keys.press('KeyG')
    await expect(desk.toast).toContainText(`№${number} → Бухгалтерия`)
    await keys.press('Escape')
    await expect(org.details('Бухгалтерия')).toBeHidden()
    await expect.poll(() => org.numberAt(1)).not.toBe(number)
  })

test('several cases on a department of mine: how its people could share them comes first', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.demo())
  const { org, plan } = desk
  await desk.show('Оргструктура')
  for (const place of [0, 1, 2])
    await org
      .stripRow(place)
      .locator('[col-id="subject"]')
      .click({ modifiers: ['Control'] })
  // Near its edge the tree would glide away under the pointer.
  await org.line('Первая линия').evaluate(line => line.scrollIntoView({ block: 'center' }))
  await org.carry(1, 'Первая линия')
  await expect(page.getByTestId('plan-split')).toContainText('Первая линия')
  await expect(plan.region).toContainText('3 дела')
  for (const name of await plan.rows.getByRole('button', { name: /^Кому №/ }).allTextContents())
    expect(name).toMatch(/Марина|Артём|Вера|Никита|Руслан|Светлана|Юлия|оставить/)
  await page.getByRole('button', { name: 'Передать начальнику: Марина Зотова' }).click()
  await expect(desk.toast).toContainText('3 дела → Первая линия')
})

test('an imported log: the groups stand folded under their root', async ({ play, worlds }) => {
  const { desk } = await play(await worlds.log())
  const { org } = desk
  await desk.show('Оргструктура')
  const group = org.tree.locator('[data-kind="department"]').nth(1)
  await expect(group).toHaveAttribute('aria-expanded', 'false')
  await group.getByRole('button').click()
  await expect(group).toHaveAttribute('aria-expanded', 'true')
  await expect(org.tree.locator('[data-kind="person"]').nth(1)).toBeVisible()
})

test('two hundred people: every department and everybody in it is a key away', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.crowd())
  const { org } = desk
  await desk.show('Оргструктура')
  await org.tree.focus()
  await page.keyboard.press('End')
  const last = await org.tree.getAttribute('aria-rowcount')
  await expect(org.tree.locator(`[aria-rowindex="${last}"]`)).toBeInViewport()
})
