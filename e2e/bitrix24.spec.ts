import { expect, portalMoment, test } from './nachalo.ts'
import type { Desk } from './pages/desk.ts'
import { FirstRun } from './pages/first-run.ts'
import { keysOf } from './pages/keys.ts'
import { Drag } from './pages/mouse.ts'

const deal = 2
const head = 10

/** Of two writes one is refused for now, the other is carried out and its answer never comes. */
const hostile = [
  { method: 'batch', isWrite: true, every: 2, fault: { kind: 'tooMany' } },
  { method: 'batch', isWrite: true, fault: { kind: 'resetAfter' } },
]

const idOf = (number: string) => Number(number.slice(2))

/** Takes a case in hand; the user whom key 1 would give it to. */
async function inHand({ inbox, team }: Desk, number: string): Promise<number> {
  await inbox.click(number)
  await expect(team.title).toContainText(number)
  return Number((await team.byKey(1).getAttribute('data-drop'))?.split(':').at(-1))
}

test('a webhook is checked, and says whose rights it has and what is missing', async ({
  page,
  stageAt,
  enter,
}) => {
  const stage = stageAt(portalMoment)
  const portal = await stage.startPortal()
  await enter(stage)
  const doors = new FirstRun(page)
  await page.getByRole('button', { name: 'Вставить вебхук' }).click()
  const field = page.getByLabel('Входящий вебхук', { exact: true })
  const answer = page.getByRole('region', { name: 'Ответ портала' })
  await field.fill('https://portal.bitrix24.ru/')
  await doors.check.click()
  await expect(answer).toContainText('По адресу не видно вебхука')
  await field.fill(portal.webhook.replace(/.\/$/, 'x/'))
  await doors.check.click()
  await expect(answer).toContainText('Вебхук не действует')
  await field.fill(portal.webhook)
  await doors.check.click()
  await expect(answer).toContainText('Вебхук действует от имени: Вера Плёсова')
  await expect(answer).toContainText('Вы начальник 1 отделения')
  await expect(answer).toContainText('Создать поле для отметок нельзя')
  await expect(doors.enter).toBeEnabled()
})

test('a head gives out deals of a portal by key and by mouse, and takes one back', async ({
  page,
  playPortal,
}) => {
  const { desk, portal } = await playPortal()
  const keys = await keysOf(page, 'russian')
  const { inbox, team } = desk
  const [first = '', second = ''] = (await inbox.easyNumbers()).filter(one => one.startsWith('D-'))
  const given = await inHand(desk, first)
  await keys.press('Digit1')
  await expect(inbox.row(first)).toHaveCount(0)
  await expect.poll(() => portal.responsibleFor(deal, idOf(first))).toBe(given)
  await keys.press('KeyZ', { ctrl: true })
  await expect(inbox.row(first)).toHaveCount(1)
  await expect.poll(() => portal.responsibleFor(deal, idOf(first))).toBe(head)
  const receiver = await inHand(desk, second)
  await new Drag(page).drop(inbox.row(second), team.byKey(1))
  await expect(inbox.row(second)).toHaveCount(0)
  await expect.poll(() => portal.responsibleFor(deal, idOf(second))).toBe(receiver)
})

test('what somebody gave out on the portal meanwhile is asked about', async ({
  page,
  playPortal,
}) => {
  const { desk, portal } = await playPortal()
  const { inbox } = desk
  const number = (await inbox.easyNumbers()).find(one => one.startsWith('D-')) ?? ''
  const mine = await inHand(desk, number)
  const theirs = mine === 12 ? 13 : 12
  await portal.giveTo(deal, idOf(number), theirs)
  await (await keysOf(page, 'russian')).press('Digit1')
  await expect(desk.badge).toContainText('требует внимания', { timeout: 20_000 })
  expect(await portal.responsibleFor(deal, idOf(number))).toBe(theirs)
  await desk.show('Синхронизация')
  const card = desk.sync.conflict(number)
  await card.getByRole('button', { name: /Назначить: / }).click()
  await expect.poll(() => portal.responsibleFor(deal, idOf(number))).toBe(mine)
})

test('answers that never come double nothing and lose nothing', async ({ page, playPortal }) => {
  const { desk, portal, stage } = await playPortal(hostile, true)
  const keys = await keysOf(page, 'russian')
  const { inbox } = desk
  const numbers = (await inbox.numbers()).filter(one => one.startsWith('D-')).slice(0, 3)
  const given = new Map<string, number>()
  for (const number of numbers) {
    given.set(number, await inHand(desk, number))
    await keys.press('Digit1', { shift: true })
    await expect(inbox.row(number)).toHaveCount(0)
  }
  await expect(desk.badge).toContainText('отправки')
  await expect(desk.badge).toHaveText('Данные свежие', { timeout: 90_000 })
  for (const [number, user] of given)
    expect(await portal.responsibleFor(deal, idOf(number))).toBe(user)
  // The address of a webhook is a secret: it lies in the encrypted outbox and nowhere else.
  const secret = portal.webhook.split('/').at(-2) ?? ''
  expect(secret.length).toBeGreaterThan(8)
  expect(stage.filesWith(secret)).toEqual([])
  expect(await page.content()).not.toContain(secret)
})
