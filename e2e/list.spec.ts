import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'
import { isUnassigned, type Row, rowsOf } from './worlds.ts'

const mine = new Set<unknown>(['contact', 'papers'])
const inInbox = (row: Row) => isUnassigned(row) && mine.has(row['departmentId'])

test('the search looks at number, client, telephone and text, with either е or ё', async ({
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk } = await play(world)
  const { inbox } = desk
  const wanted = rowsOf(world.dump, 'cases').find(
    row => inInbox(row) && String(row['subject']).includes('ё'),
  )
  const number = String(wanted?.['number'])
  const phone = String(JSON.parse(String(wanted?.['phones']))[0])
  const text = String(wanted?.['text'])
  const folded = (what: string) => what.toLowerCase().replaceAll('ё', 'е')
  const word = text.split(/[^\p{L}]+/u).toSorted((a, b) => b.length - a.length)[0] ?? ''
  for (const typed of [
    number,
    String(wanted?.['clientName']),
    folded(String(wanted?.['subject'])),
    phone.slice(-9),
    word,
  ]) {
    await inbox.search.fill(typed)
    await expect(inbox.row(number), typed).toHaveCount(1)
  }
  await inbox.search.fill('такого нигде нет')
  await expect(inbox.region.getByText('Ничего не подходит под отбор')).toBeVisible()
  await inbox.region.getByRole('button', { name: 'Показать всё' }).click()
  await expect(inbox.search).toHaveValue('')
  await expect(inbox.rows.first()).toBeVisible()
})

test('what lies with somebody is found too, with whom', async ({ play, worlds }) => {
  const world = await worlds.demo()
  const { desk } = await play(world)
  const theirs = rowsOf(world.dump, 'cases').find(
    row => row['responsibleId'] === 'polyakova' && row['status'] === 'open',
  )
  await desk.inbox.search.fill(String(theirs?.['number']))
  const found = desk.inbox.elsewhere.getByRole('button', { name: String(theirs?.['subject']) })
  await expect(found).toContainText('Анна Полякова')
  await found.click()
  await expect(desk.case.region).toContainText('Ответственный: Анна Полякова')
})

test('chips narrow the list and say how many they leave', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const { inbox } = desk
  const overdue = Number(/\d+/.exec(await inbox.chip('Просрочено').innerText())?.[0])
  expect(overdue).toBeGreaterThan(0)
  await inbox.chip('Просрочено').click()
  await expect(inbox.rows).toHaveCount(overdue)
  await page.keyboard.press('Control+A')
  await expect(inbox.picked).toHaveText(`Отобрано ${overdue} из ${overdue}`)
  await page.keyboard.press('Escape')
  await expect(inbox.picked).toHaveCount(0)
  await inbox.chip('Вид').click()
  const papers = page
    .getByRole('dialog', { name: 'Вид' })
    .getByRole('checkbox', { name: /^Документы/ })
  await papers.check()
  await page.keyboard.press('Escape')
  await expect(inbox.chip('Документы')).toHaveAttribute('aria-pressed', 'true')
  await expect(inbox.chip('Документы')).toBeFocused()
  for (const row of await inbox.rows.all())
    await expect(row.locator('[col-id="kind"]')).toHaveText('Документы')
  await inbox.chip('Сбросить').press('Enter')
  await page.keyboard.press('Control+A')
  await expect(inbox.picked).toHaveText('Отобрано 40 из 40')
  await page.keyboard.press('Escape')
  await inbox.chip('Мне сделать').click()
  await expect(inbox.count()).toHaveText(/^Мне сделать\d+$/)
  await inbox.chip('Мне сделать').click()
  await inbox.expectCount(40)
})

test('no key is lost on the way from the search into the list', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const keys = await keysOf(page, 'latin')
  await desk.inbox.search.fill('а')
  await desk.inbox.search.fill('')
  await expect(desk.inbox.search).toBeFocused()
  await Promise.all([keys.press('Enter'), keys.press('KeyA', { ctrl: true })])
  await expect(desk.inbox.picked).toHaveText('Отобрано 40 из 40')
  await Promise.all([keys.press('Slash'), keys.press('Escape'), keys.press('KeyJ')])
  await expect(desk.inbox.inFocus()).toHaveAttribute('row-index', '1')
})

test('a dialog stays with the cases it was opened for, whoever decides about them meanwhile', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  const rival = hub.as(world.rivalToken)
  const taken = async (number: string) => {
    const theCase = (await rival.cases()).get(number)
    if (!theCase) throw new Error(`${number} is not in the hub`)
    await rival.assign(theCase, 'gromov')
    await expect(desk.inbox.row(number)).toHaveCount(0)
  }
  for (const [key, name] of [
    ['a', /^Кому /],
    ['d', /^В какое отделение/],
    ['h', 'Отложить'],
  ] as const) {
    const [, number = '', next = ''] = await desk.inbox.numbers()
    await desk.inbox.click(number)
    await page.keyboard.press(key)
    await expect(desk.dialog(name)).toBeVisible()
    await taken(number)
    await expect(desk.dialog(name)).toBeHidden()
    await expect(desk.toast).toContainText(`№${number}: с тех пор дело изменили`)
    await expect(desk.inbox.row(next)).toHaveCount(1)
  }
  const [first = '', second = ''] = await desk.inbox.numbers()
  await desk.inbox.click(first)
  await page.keyboard.press('Space')
  await desk.inbox.click(second, ['Control'])
  await page.keyboard.press('a')
  await expect(desk.dialog('Кому 2 дела?')).toBeVisible()
  await taken(first)
  await expect(desk.dialog(`Кому №${second}?`)).toBeVisible()
})

test('a case somebody else gives out while it is carried falls from the hand', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  const rival = hub.as(world.rivalToken)
  const [number = '', next = ''] = await desk.inbox.easyNumbers()
  await desk.inbox.click(number)
  await desk.drag.lift(desk.inbox.row(number))
  await desk.drag.over(desk.team.byKey(1))
  const theCase = (await rival.cases()).get(number)
  if (!theCase) throw new Error(`${number} is not in the hub`)
  await rival.assign(theCase, 'gromov')
  await expect(desk.toast).toContainText(`№${number}: с тех пор дело изменили`)
  await expect(desk.drag.chip).toBeHidden()
  await page.mouse.up()
  await expect(desk.inbox.row(next)).toHaveCount(1)
  const after = (await rival.cases()).get(number)
  expect(after?.responsibleId).toBe('gromov')
})

test('the box above the list is empty, half or full', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const { inbox } = desk
  const box = inbox.region.getByRole('columnheader').getByRole('checkbox')
  await expect(box).not.toBeChecked()
  await inbox.checkbox(await inbox.first()).click()
  await expect(box).toBeChecked({ indeterminate: true })
  await inbox.click(await inbox.first())
  await page.keyboard.press('Control+A')
  await expect(box).toBeChecked()
  await expect(inbox.picked).toHaveText('Отобрано 40 из 40')
  await page.keyboard.press('Space')
  await expect(box).toBeChecked({ indeterminate: true })
  await expect(inbox.picked).toHaveText('Отобрано 39 из 40')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+A')
  await expect(box).not.toBeChecked()
})

test('new cases wait above the list and nothing moves under the pointer', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  const { inbox } = desk
  await inbox.expectCount(40)
  const before = await inbox.numbers()
  await inbox.click(before[4] ?? '')
  const rival = hub.as(world.rivalToken)
  const dueAt = world.momentAt - 30 * 86_400_000
  const created: string[] = []
  for (const subject of ['Первое', 'Второе', 'Третье'])
    created.push(await rival.create({ subject, departmentId: 'contact', dueAt }))
  await expect(inbox.news).toHaveText('+3 новых')
  await inbox.expectCount(43)
  expect(await inbox.numbers()).toEqual(before)
  await expect(inbox.inFocus().locator('[col-id="number"]')).toHaveText(before[4] ?? '')
  await inbox.news.click()
  await expect(inbox.news).toHaveCount(0)
  await expect(inbox.row(created[0] ?? '')).toHaveCount(1)
  expect((await inbox.numbers()).slice(0, 3).toSorted()).toEqual(created.toSorted())
  await page.mouse.move(5, 5)
  await desk.show('Команда')
  await desk.show('Начало')
  const later = await rival.create({ subject: 'Четвёртое', departmentId: 'contact', dueAt })
  await expect(inbox.row(later)).toHaveCount(1)
  await expect(inbox.news).toHaveCount(0)
})

test('a list that was scrolled stays where it is, however long nobody touches it', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  const { inbox } = desk
  await inbox.expectCount(40)
  await inbox.rows.nth(5).hover()
  await page.mouse.wheel(0, 170)
  await expect.poll(() => inbox.rows.first().isVisible()).toBe(true)
  const before = await inbox.numbers()
  const dueAt = world.momentAt - 30 * 86_400_000
  await hub.as(world.rivalToken).create({ subject: 'Тихое', departmentId: 'contact', dueAt })
  await expect(inbox.news).toHaveText('+1 новое')
  // Longer than the list waits for a hand at its top.
  await page.waitForTimeout(7_500)
  await expect(inbox.news).toHaveText('+1 новое')
  expect(await inbox.numbers()).toEqual(before)
})

test('Ctrl+K finds views, people, departments, cases and verbs', async ({ page, play, worlds }) => {
  const world = await worlds.demo()
  const { desk } = await play(world)
  const keys = await keysOf(page, 'russian')
  const palette = page.getByPlaceholder('Дело, сотрудник, отделение или действие')
  const call = async (letters: string, found: string) => {
    await keys.press('KeyK', { ctrl: true })
    await expect(palette).toBeFocused()
    await keys.type(letters)
    await expect(page.locator('[data-action][data-selected]')).toContainText(found)
    await keys.press('Enter')
    await expect(palette).toBeHidden()
  }
  await call('настр', 'Настройки')
  await expect(desk.rail('Настройки')).toHaveAttribute('aria-current', 'page')
  await call('ершов', 'Павел Ершов')
  await expect(page.getByRole('complementary', { name: 'Дела: Павел Ершов' })).toBeVisible()
  await call('перв лин', 'Первая линия')
  await expect(desk.rail('Команда')).toHaveAttribute('aria-current', 'page')
  const theCase = rowsOf(world.dump, 'cases').find(inInbox)
  await call(String(theCase?.['number']), String(theCase?.['subject']))
  await expect(desk.case.region).toHaveAccessibleName(`Дело №${theCase?.['number']}`)
  await call('клав', 'Клавиши')
  await expect(desk.dialog('Клавиши')).toBeVisible()
})
