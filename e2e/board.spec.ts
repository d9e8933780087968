import { expect, test } from './nachalo.ts'
import { type Layout, keysOf } from './pages/keys.ts'

test('a case is carried along with the mouse, seen in the hub, and taken back', async ({
  page,
  play,
  worlds,
}) => {
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  await desk.show('Канбан')
  const { board } = desk
  const [number = ''] = await board.numbers('Открыто')
  const [before, waiting] = [await board.count('Открыто'), await board.count('Ждёт')]
  await board.carry(number, 'Ждёт')
  await expect(desk.drag.chip).toContainText(`№${number} → Ждёт`)
  await page.mouse.up()
  await expect(board.cardIn('Ждёт', number)).toBeVisible()
  await expect(desk.toast).toContainText(`№${number} → Ждёт`)
  expect([await board.count('Открыто'), await board.count('Ждёт')]).toEqual([
    before - 1,
    waiting + 1,
  ])
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
  await expect(desk.case.history.first()).toContainText('Закрыто')
})
