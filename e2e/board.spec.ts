import { expect, setClock, test } from './nachalo.ts'
import { Desk } from './pages/desk.ts'
import { FirstRun } from './pages/first-run.ts'
import { type Layout, keysOf } from './pages/keys.ts'
import { rowsOf } from './worlds.ts'

for (const name of ['demo', 'log'] as const)
  test(`${name}: a case is carried along with the mouse, kept by the hub, and taken back`, async ({
    page,
    play,
    worlds,
  }) => {
    const world = await worlds[name]()
    const { desk, hub } = await play(world)
    await desk.show('Канбан')
    const { board } = desk
    const [number = ''] = await board.numbers('Открыто')
    const before = [await board.count('Открыто'), await board.count('Ждёт')]
    await board.carry(number, 'Ждёт')
    await expect(desk.drag.chip).toContainText(`№${number} → Ждёт`)
    await page.mouse.up()
    await expect(board.cardIn('Ждёт', number)).toBeVisible()
    await expect(desk.toast).toContainText(`№${number} → Ждёт`)
    const after = [await board.count('Открыто'), await board.count('Ждёт')]
    expect(after).toEqual([Number(before[0]) - 1, Number(before[1]) + 1])
    const statusThere = async () =>
      (await hub.as(world.headToken).cases()).get(number)?.status ?? 'closed'
    await expect.poll(statusThere).toBe('waiting')
    await page.keyboard.press('Control+z')
    await expect(board.cardIn('Открыто', number)).toBeVisible()
    await expect.poll(statusThere).toBe('open')
    await board.move(number, 'Закрыто')
    await expect(board.cardIn('Закрыто', number)).toBeVisible()
    await expect.poll(statusThere).toBe('closed')
    await board.card(number).dblclick()
    await desk.case.showHistory()
    await expect(desk.case.history.first()).toContainText('новая стадия')
    await expect(desk.case.history.first()).toContainText('→ Закрыто')
    await desk.case.close()
    await board.move(number, 'На утверждении')
    await expect.poll(statusThere).toBe('awaitingApproval')
  })

test('several go together, those already there are named, and what is blocked says why', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.demo())
  await desk.show('Канбан')
  const { board } = desk
  const [one = '', two = '', three = ''] = await board.numbers('Открыто')
  const [waiting = ''] = await board.numbers('Ждёт')
  await board.card(one).click()
  await board.card(one).click({ modifiers: ['Control'] })
  await board.card(three).click({ modifiers: ['Shift'] })
  await board.card(waiting).click({ modifiers: ['Control'] })
  await expect(board.picked).toContainText('Отобрано 4 из')
  await board.carry(two, 'Ждёт')
  await expect(desk.drag.chip).toContainText('4 дела → Ждёт')
  await expect(desk.drag.chip).toContainText('пройдут 3 из 4')
  await page.mouse.up()
  for (const number of [one, two, three]) await expect(board.cardIn('Ждёт', number)).toBeAttached()
  await expect(desk.toast).toContainText('3 дела → Ждёт')
  await expect(desk.toast).toContainText(`№${waiting}: дело уже там`)
  await page.keyboard.press('Control+z')
  for (const number of [one, two, three])
    await expect(board.cardIn('Открыто', number)).toBeVisible()
  await page.keyboard.press('Escape')
  await board.card(one).click()
  await board.carry(one, 'Открыто')
  await expect(board.column('Открыто')).toHaveAttribute('data-verdict', 'blocked')
  await expect(desk.drag.chip).toContainText('дело уже там')
  await page.mouse.up()
  await expect(desk.toast).toContainText(`№${one}: дело уже там`)
})

for (const layout of ['latin', 'russian'] as const satisfies readonly Layout[])
  test(`the board by keys, ${layout}`, async ({ page, play, worlds }) => {
    const { desk } = await play(await worlds.demo())
    await desk.show('Канбан')
    const { board } = desk
    const keys = await keysOf(page, layout)
    const [first = '', second = '', third = ''] = await board.numbers('Открыто')
    const [waiting = ''] = await board.numbers('Ждёт')
    await board.card(first).click()
    await keys.press('ArrowDown')
    await expect(board.card(second)).toBeFocused()
    await keys.press('KeyK')
    await keys.press('ArrowRight')
    await expect(board.card(waiting)).toBeFocused()
    await keys.press('ArrowLeft')
    await keys.press('BracketRight')
    await expect(board.cardIn('Ждёт', first)).toBeFocused()
    await keys.press('ArrowRight', { shift: true })
    await expect(board.cardIn('На утверждении', first)).toBeFocused()
    await keys.press('BracketLeft')
    await keys.press('ArrowLeft', { shift: true })
    await expect(board.cardIn('Открыто', first)).toBeFocused()
    await keys.times(2, 'ArrowDown', { shift: true })
    await expect(board.picked).toContainText('Отобрано 3 из')
    await keys.press('BracketRight')
    for (const number of [first, second, third])
      await expect(board.cardIn('Ждёт', number)).toBeAttached()
    await keys.press('KeyZ', { ctrl: true })
    for (const number of [first, second, third])
      await expect(board.cardIn('Открыто', number)).toBeVisible()
    await keys.press('Escape')
    await expect(board.picked).toHaveCount(0)
    await keys.press('Enter')
    await expect(desk.case.region).toBeVisible()
    await keys.press('Escape')
    await expect(desk.case.region).toBeHidden()
    await keys.press('KeyA')
    await expect(desk.dialog(/^Кому №/)).toBeVisible()
    await keys.press('Escape')
    await keys.press('KeyT')
    await expect(desk.toast).toContainText('Взято себе')
    await keys.press('End')
    const count = await board.count('Открыто')
    await expect(page.locator('[data-case]:focus')).toHaveAttribute('aria-posinset', String(count))
  })

test('the board is narrowed to a department and to a person', async ({ page, play, worlds }) => {
  const world = await worlds.demo()
  const { desk } = await play(world)
  await desk.show('Канбан')
  const { board } = desk
  const all = await board.count('Открыто')
  await page.getByRole('combobox', { name: 'Сотрудник' }).click()
  await page.getByRole('option', { name: 'Анна Полякова' }).click()
  const theirs = rowsOf(world.dump, 'cases').filter(
    row => row['responsibleId'] === 'polyakova' && row['status'] === 'open',
  )
  await expect.poll(() => board.count('Открыто')).toBe(theirs.length)
  await page.getByRole('combobox', { name: 'Сотрудник' }).click()
  await page.getByRole('option', { name: 'Все сотрудники' }).click()
  await expect.poll(() => board.count('Открыто')).toBe(all)
  await page.getByRole('combobox', { name: 'Отделение' }).click()
  await page.getByRole('option', { name: 'Оформление документов' }).click()
  await expect.poll(() => board.count('Открыто')).toBeLessThan(all)
})

test('a move on one console is seen on the other, and nothing moves under a carried card', async ({
  page,
  context,
  play,
  stageAt,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk, hub, stage } = await play(world)
  const otherPage = await context.newPage()
  const otherStage = stageAt(world.momentAt)
  await setClock(otherPage, stage.offsetMs)
  await otherPage.goto((await otherStage.startCore()).url)
  await new FirstRun(otherPage).connect(hub.url(), world.rivalToken)
  const other = new Desk(otherPage)
  await other.show('Канбан')
  await desk.show('Канбан')
  const theirs = await other.board.numbers('Открыто')
  const mine = await desk.board.numbers('Открыто')
  const [number = '', next = ''] = mine.filter(one => theirs.includes(one))
  await desk.board.move(number, 'Ждёт')
  await expect(other.board.cardIn('Ждёт', number)).toBeAttached()
  await page.bringToFront()
  await desk.board.carry(next, 'На утверждении')
  const moving = (await hub.as(world.rivalToken).cases()).get(number)
  if (!moving) throw new Error('the case is gone')
  expect((await hub.as(world.rivalToken).move(moving, 'awaitingApproval')).outcome).toBe('applied')
  await expect(other.board.cardIn('На утверждении', number)).toBeAttached()
  await page.waitForTimeout(1_000)
  await expect(desk.board.cardIn('Ждёт', number)).toBeAttached()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(desk.board.cardIn('На утверждении', number)).toBeAttached()
})

test('two hundred people and ten thousand cases: the board stays quick', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play(await worlds.crowd())
  await desk.show('Канбан')
  const { board } = desk
  await expect.poll(() => board.count('Открыто'), { timeout: 60_000 }).toBeGreaterThan(10_000)
  const [number = ''] = await board.numbers('Открыто')
  expect(await board.cards.count()).toBeLessThan(200)
  await board.card(number).click()
  const spent = await page.evaluate(async () => {
    const startedAt = performance.now()
    const card = document.activeElement
    card?.dispatchEvent(
      new KeyboardEvent('keydown', { code: 'BracketRight', bubbles: true, cancelable: true }),
    )
    const id = card?.getAttribute('data-case') ?? ''
    const place = `[data-stage="waiting"] [data-case="${id}"]`
    while (!document.querySelector(place)) await new Promise(requestAnimationFrame)
    return performance.now() - startedAt
  })
  test.info().annotations.push({ type: 'move, ms', description: spent.toFixed(0) })
  expect(spent).toBeLessThan(1_500)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('End')
  const count = await board.count('Открыто')
  await expect(page.locator('[data-case]:focus')).toHaveAttribute('aria-posinset', String(count))
  await expect(page.locator('[data-case]:focus')).toBeInViewport()
  expect(await board.cards.count()).toBeLessThan(200)
})

test('a move that met another is settled with both sides in view', async ({ play, worlds }) => {
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  await desk.show('Канбан')
  const theirs = await hub.as(world.rivalToken).cases()
  const numbers = await desk.board.numbers('Открыто')
  const number = numbers.find(one => theirs.has(one)) ?? ''
  await hub.stop()
  await expect(desk.badge).toContainText('Нет сети')
  await desk.board.move(number, 'На утверждении')
  await expect(desk.badge).toContainText('1 решение ждёт сети')
  await hub.meanwhile(async as => {
    const theCase = (await as(world.rivalToken).cases()).get(number)
    if (!theCase) throw new Error('the case is gone')
    expect((await as(world.rivalToken).move(theCase, 'waiting')).outcome).toBe('applied')
  })
  await hub.start()
  await desk.show('Синхронизация')
  await desk.sync.tryNow.click()
  await expect(desk.sync.side(number, 'Вы решили')).toContainText('На утверждении')
  await expect(desk.sync.side(number, 'Сейчас')).toContainText('Ждёт')
  await expect(desk.sync.side(number, 'Сейчас')).toContainText(world.rivalName)
  await desk.sync
    .conflict(number)
    .getByRole('button', { name: 'Всё равно: На утверждении' })
    .click()
  await expect(desk.badge).toHaveText('Данные свежие')
  const status = async () => (await hub.as(world.headToken).cases()).get(number)?.status
  await expect.poll(status).toBe('awaitingApproval')
  await desk.show('Канбан')
  await expect(desk.board.cardIn('На утверждении', number)).toBeAttached()
})

for (const reducedMotion of ['no-preference', 'reduce'] as const)
  test(`a card somebody else moves goes to its place, motion: ${reducedMotion}`, async ({
    page,
    play,
    worlds,
  }) => {
    const world = await worlds.demo()
    const { desk, hub } = await play(world)
    await page.emulateMedia({ reducedMotion })
    await desk.show('Канбан')
    const [number = ''] = await desk.board.numbers('Ждёт')
    await page.evaluate(() => {
      const animate = Element.prototype.animate
      Element.prototype.animate = function (frames, options) {
        if (Object(options).id === 'glide') document.body.dataset['glides'] = 'true'
        return animate.call(this, frames, options)
      }
    })
    const theCase = (await hub.as(world.headToken).cases()).get(number)
    if (!theCase) throw new Error('the case is gone')
    await hub.as(world.headToken).move(theCase, 'open')
    await expect(desk.board.cardIn('Ждёт', number)).toHaveCount(0)
    const glides = await page.evaluate(() => document.body.dataset['glides'] ?? 'false')
    expect(glides).toBe(String(reducedMotion === 'no-preference'))
  })
