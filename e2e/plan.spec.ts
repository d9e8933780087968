import { addCases, addPeople } from './crowd.ts'
import { expect, setClock, test } from './nachalo.ts'
import { Desk } from './pages/desk.ts'
import { keysOf, type Layout } from './pages/keys.ts'
import { somebodyElse } from './story/story.ts'
import { rowsOf, variantOf } from './worlds.ts'

const numberOf = (text: string) => /№(\S+)/.exec(text)?.[1] ?? ''

for (const layout of ['latin', 'russian'] as const satisfies readonly Layout[])
  test(`by keys: everything is planned, two rows changed, applied as one act and taken back: ${layout}`, async ({
    page,
    play,
    worlds,
  }) => {
    const { desk } = await play(await worlds.demo())
    const keys = await keysOf(page, layout)
    const { plan, inbox } = desk
    await inbox.click(await inbox.first())
    await keys.press('Escape')
    await keys.press('KeyP')
    const count = await plan.count()
    expect(count + (await plan.leftCount())).toBe(40)
    await expect(plan.rows.first()).toBeFocused()
    const first = numberOf(await plan.rows.first().innerText())
    await keys.press('KeyR')
    await keys.press('KeyJ')
    await keys.press('KeyR')
    await expect(plan.region.locator('[data-kept]')).toHaveCount(2)
    await keys.press('Space')
    await expect(plan.region.locator('[data-kept]')).toHaveCount(1)
    await expect(plan.whom(first)).toContainText('оставить в Начале')
    expect(await plan.count()).toBeLessThanOrEqual(count)
    await plan.row(first).focus()
    await keys.press('KeyJ')
    const second = numberOf((await page.locator(':focus').innerText()) ?? '')
    await keys.press('KeyA')
    await expect(desk.dialog(`Кому №${second}?`)).toBeVisible()
    await page.getByRole('option').nth(1).waitFor()
    await keys.press('ArrowDown')
    await keys.press('Enter', { shift: true })
    await expect(plan.row(second)).toHaveAttribute('data-kept', 'true')
    const applied = await plan.count()
    await keys.press('Enter', { ctrl: true })
    await inbox.expectCount(40 - applied)
    await expect(inbox.row(first)).toHaveCount(1)
    await keys.press('KeyZ', { ctrl: true })
    await inbox.expectCount(40)
  })

test('Ctrl+Enter in a dialog over the plan carries nothing out', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const { plan, inbox } = desk
  await inbox.click(await inbox.first())
  await page.keyboard.press('p')
  await plan.rows.nth(1).focus()
  await page.keyboard.press('a')
  await page.keyboard.type('Григорий')
  await expect(desk.choice('Григорий Панин')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+Enter')
  await expect(desk.toast).toContainText('Григорий Панин: сейчас не работает')
  await page.keyboard.press('Escape')
  await expect(plan.apply).toBeEnabled()
  await desk.show('Начало')
  await inbox.expectCount(40)
})

test('by mouse: the selected are planned, a row is dragged onto somebody, released, applied', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.demo())
  const { plan, inbox } = desk
  const chosen = (await inbox.easyNumbers()).slice(0, 6)
  for (const number of chosen) await inbox.checkbox(number).click()
  await page.keyboard.press('p')
  await expect(plan.rows).toHaveCount(6)
  const [number = ''] = chosen
  const before = await plan.whom(number).innerText()
  const other = (await plan.names()).find(name => !before.includes(name)) ?? ''
  await page.keyboard.down('Shift')
  await plan.carry(number, plan.person(other))
  await page.keyboard.up('Shift')
  await expect(plan.whom(number)).toHaveText(`→ ${other}`)
  await expect(plan.row(number)).toHaveAttribute('data-kept', 'true')
  await plan
    .row(number)
    .getByRole('button', { name: /^Вернуть выбор плану/ })
    .click()
  await expect(plan.row(number)).not.toHaveAttribute('data-kept', 'true')
  await plan.apply.click()
  await inbox.expectCount(34)
  await expect(desk.toast).toContainText('Отдано: 6 дел')
  await desk.toast.getByRole('button', { name: 'Отменить' }).click()
  await inbox.expectCount(40)
})

test('a draft is there after a restart, says what has moved, and plans the rest', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk, core, hub, stage } = await play(world)
  const { plan, inbox } = desk
  await inbox.click(await inbox.first())
  await page.keyboard.press('Escape')
  await page.keyboard.press('p')
  await plan.rows.nth(1).focus()
  const kept = numberOf(await plan.rows.nth(1).innerText())
  await page.keyboard.press('r')
  await expect(plan.row(kept)).toHaveAttribute('data-kept', 'true')
  const given = numberOf(await plan.rows.nth(2).innerText())
  await plan.putOff.click()
  await inbox.expectCount(40)
  await page.goto('about:blank')
  await core.stop()
  const rival = hub.as(world.rivalToken)
  const theCase = (await rival.cases()).get(given)
  if (!theCase) throw new Error(`the hub has no case ${given}`)
  expect((await rival.assign(theCase, somebodyElse(world.dump, []).id)).outcome).toBe('applied')
  const again = await stage.startCore()
  await setClock(page, stage.offsetMs)
  await page.goto(again.url)
  const after = new Desk(page)
  await after.inbox.expectCount(39)
  await after.show('План')
  await expect(after.plan.moved).toContainText('1 из 40 уже розданы')
  await expect(after.plan.row(given)).toHaveCount(0)
  await expect(after.plan.row(kept)).toHaveAttribute('data-kept', 'true')
  await after.plan.moved.getByRole('button', { name: 'Понятно' }).click()
  await expect(after.plan.moved).toHaveCount(0)
  await after.plan.drop.click()
  await after.show('План')
  await expect(after.plan.region).toContainText('Плана пока нет')
})

test('what did not fit says why, and goes to somebody all the same by one press', async ({
  page,
  play,
  worlds,
}) => {
  const demo = await worlds.demo()
  const world = await variantOf(worlds.workshop, demo, dump => addCases(dump, 200, demo.momentAt))
  const { desk } = await play(world)
  const { plan, inbox } = desk
  await inbox.click(await inbox.first())
  await page.keyboard.press('Escape')
  await page.keyboard.press('p')
  const count = await plan.count()
  const left = await plan.leftCount()
  expect(count + left).toBe(240)
  expect(left).toBeGreaterThan(0)
  await plan.leftTab.click()
  await expect(plan.left.first()).toContainText(/заполнен|в отпуске|навык|не вед/)
  const anyway = plan.left.getByRole('button', { name: /^всё равно: / }).first()
  await anyway.click()
  await expect(plan.leftTab).toContainText(String(left - 1))
  expect(await plan.count()).toBe(count + 1)
})

test('ten thousand cases over two hundred people are planned and stay usable', async ({
  page,
  play,
  worlds,
}) => {
  const demo = await worlds.demo()
  const world = await variantOf(worlds.workshop, demo, dump => {
    addPeople(dump, 180)
    const employees = rowsOf(dump, 'employees')
    const atWork = employees.find(row => row['name'] === 'Максим Рябов')
    for (const row of employees.filter(one => String(one['employeeId']).startsWith('extra-')))
      Object.assign(row, { ...atWork, employeeId: row['employeeId'], name: row['name'], limit: 10 })
    addCases(dump, 9_960, demo.momentAt)
    for (const row of rowsOf(dump, 'cases').filter(one =>
      String(one['subject']).startsWith('Дело из большой'),
    ))
      Object.assign(row, { requiredSkill: null, clientId: null, weight: 1 })
  })
  const { desk } = await play(world)
  const { plan, inbox } = desk
  await inbox.expectCount(10_000)
  await inbox.click(await inbox.first())
  await page.keyboard.press('Escape')
  const since = Date.now()
  await page.keyboard.press('p')
  const count = await plan.count()
  const tookMs = Date.now() - since
  test.info().annotations.push({ type: 'planned', description: `${count} cases in ${tookMs} ms` })
  expect(count).toBeGreaterThan(1_500)
  expect(tookMs).toBeLessThan(15_000)
  await plan.rows.first().focus()
  const first = numberOf(await plan.rows.first().innerText())
  await page.keyboard.press('r')
  await expect(plan.row(first)).toHaveAttribute('data-kept', 'true')
  await plan.apply.click()
  await expect(inbox.count()).not.toHaveText('Начало10000')
  await page.keyboard.press('Control+Z')
  await inbox.expectCount(10_000)
})
