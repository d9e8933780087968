import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type Worlds } from './nachalo.ts'
import { FirstRun } from './pages/first-run.ts'
import type { Stage, StagedHub } from './stage.ts'

const accounts = {
  olga: { email: 'olga@example.com', employeeId: 'vetrova' },
  guest: { email: 'guest@example.com', employeeId: null },
}
const secretOfHub = /nch_[0-9a-f]{12}_/

async function companyWithSignIn(
  worlds: Worlds,
  stageAt: (momentAt: number) => Stage,
): Promise<{ readonly stage: Stage; readonly hub: StagedHub }> {
  const world = await worlds.demo()
  // The browser judges by its own clock whether a cookie of the provider is still good.
  const stage = stageAt(Date.now())
  const hub = await stage.startHub(world)
  await stage.startSignIn(hub, accounts)
  return { stage, hub }
}

/** What the company's own page asks: who, and whether the hub may know. */
async function passProvider(tab: Page, account: string): Promise<void> {
  await tab.locator('input[name="login"]').fill(account)
  await tab.locator('input[name="password"]').fill('any')
  await tab.getByRole('button', { name: 'Sign-in' }).click()
  await tab.getByRole('button', { name: 'Continue' }).click()
}

/** Everything the page is sent by its core. */
function listen(page: Page): () => string {
  const heard: string[] = []
  page.on('websocket', socket =>
    socket.on('framereceived', ({ payload }) => heard.push(String(payload))),
  )
  return () => heard.join('\n')
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  const faults: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    const { violations } = await new AxeBuilder({ page }).include('main').analyze()
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        faults.push(...nodes.map(one => `${colorScheme}: ${id} ${one.target.join(' ')}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return faults
}

test('a head signs in with the company, and no token is typed or seen', async ({
  page,
  worlds,
  stageAt,
  enter,
}) => {
  const heard = listen(page)
  const { stage, hub } = await companyWithSignIn(worlds, stageAt)
  const { desk } = await enter(stage)
  const doors = new FirstRun(page)
  await doors.connectDoor.click()
  await expect(doors.signIn).toHaveCount(0)
  await doors.address.fill(hub.url())
  await doors.check.click()
  await expect(doors.answer).toContainText('Осталось войти')
  await expect(doors.enter).toBeDisabled()
  const tab = await doors.openSignIn()
  await expect(doors.answer).toContainText('Ждём, когда вы войдёте')
  expect(await tab.evaluate(() => window.opener)).toBeNull()
  expect(await faultsOf(page)).toEqual([])
  await passProvider(tab, 'olga')
  await expect(tab.getByRole('heading')).toHaveText('Вы вошли')
  expect(tab.url()).not.toMatch(secretOfHub)
  expect(await tab.content()).not.toMatch(secretOfHub)
  await expect(doors.answer).toContainText('Загородный дом')
  await expect(doors.answer).toContainText('вы — Ольга Ветрова')
  await expect(doors.signIn).toHaveCount(0)
  await doors.enter.click()
  await expect(desk.inbox.rows.first()).toBeVisible()
  expect(heard()).toContain('Ольга Ветрова')
  expect(heard()).not.toMatch(secretOfHub)
  expect(stage.log()).not.toMatch(secretOfHub)
})

/** Every token there is holds no more. */
async function revokeAll(hub: StagedHub): Promise<void> {
  await hub.stop()
  const names = new Set((await hub.command('token', 'list')).match(/\b[0-9a-f]{12}\b/g))
  for (const name of names) await hub.command('token', 'revoke', name)
  await hub.start()
}

test('whose token no longer holds signs in again and goes on where they were', async ({
  page,
  worlds,
  stageAt,
  enter,
}) => {
  const world = await worlds.demo()
  const { stage, hub } = await companyWithSignIn(worlds, stageAt)
  const { desk } = await enter(stage)
  const doors = new FirstRun(page)
  await doors.connect(hub.url(), world.headToken)
  await expect(desk.badge).toHaveText('Данные свежие')
  await revokeAll(hub)
  await desk.show('Синхронизация')
  await desk.sync.tryNow.click()
  await expect(desk.sync.link).toContainText('Токен больше не действует')
  await desk.sync.comeInAgain.click()
  await expect(doors.address).toHaveValue(hub.url())
  await doors.check.click()
  await passProvider(await doors.openSignIn(), 'olga')
  await doors.enter.click()
  await expect(desk.badge).toHaveText('Данные свежие')
  await desk.show('Синхронизация')
  await expect(desk.sync.link).toContainText('Связь есть')
})

test('a sign-in is cancelled, fails for somebody unknown, and goes beside a token', async ({
  page,
  worlds,
  stageAt,
  enter,
}) => {
  const { stage, hub } = await companyWithSignIn(worlds, stageAt)
  await enter(stage)
  const doors = new FirstRun(page)
  await doors.connectDoor.click()
  await doors.address.fill(hub.url())
  await doors.token.fill('nch_mistyped')
  await doors.check.click()
  await expect(doors.answer).toContainText('Токен не подходит')
  expect(await faultsOf(page)).toEqual([])
  const left = await doors.openSignIn()
  await expect(doors.check).toBeDisabled()
  await doors.cancelSignIn.click()
  await expect(doors.signIn).toBeEnabled()
  await passProvider(left, 'olga').catch(() => undefined)
  await expect(doors.answer).toContainText('Токен не подходит')
  await left.close()
  await page.context().clearCookies({ name: /^_/ })
  await page.reload()
  await page.getByText('English', { exact: true }).click()
  await page.getByRole('button', { name: 'Enter the address' }).click()
  await page.getByRole('textbox', { name: 'Address of the hub' }).fill(hub.url())
  await page.getByRole('button', { name: 'Check' }).click()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('button', { name: 'Sign in with your company' }).click()
  const tab = await opened
  await passProvider(tab, 'guest')
  await expect(tab.getByRole('heading')).toHaveText('You are not signed in')
  const answer = page.getByRole('region', { name: 'What the hub answered' })
  await expect(answer).toContainText('the hub does not know this name')
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeDisabled()
})
