import { expect, setClock, test } from './nachalo.ts'
import { Desk } from './pages/desk.ts'
import { FirstRun } from './pages/first-run.ts'
import { Unlock } from './pages/unlock.ts'

test.skip(process.platform !== 'linux', 'elsewhere the system always keeps keys')

test('where nothing keeps keys a passphrase is chosen, and only it opens the data again', async ({
  page,
  stageAt,
  worlds,
}) => {
  const world = await worlds.demo()
  const stage = stageAt(world.momentAt)
  const hub = await stage.startHub(world)
  await setClock(page, stage.offsetMs)
  const first = await stage.startCore([], { hasNoKey: true })
  await page.goto(first.url)
  const doors = new FirstRun(page)
  await doors.connectDoor.click()
  await doors.address.fill(hub.url())
  await doors.token.fill(world.headToken)
  await doors.check.click()
  await doors.enter.click()
  const unlock = new Unlock(page)
  const desk = new Desk(page)
  await test.step('a new one: not too short, twice the same', async () => {
    await expect(unlock.newTitle).toBeVisible()
    await unlock.passphrase.fill('коротко')
    await expect(page.getByText('Слишком коротко')).toBeVisible()
    await expect(unlock.encrypt).toBeDisabled()
    await unlock.passphrase.fill('синий кит читает расписание')
    await unlock.again.fill('синий кот')
    await expect(page.getByText('«Ещё раз»: фразы не совпадают')).toBeVisible()
    await expect(unlock.encrypt).toBeDisabled()
    await unlock.again.fill('синий кит читает расписание')
    await unlock.encrypt.click()
    await desk.inbox.expectCount(40)
  })
  await page.goto('about:blank')
  await first.stop()
  const second = await stage.startCore([], { hasNoKey: true })
  await page.goto(second.url)
  await test.step('a wrong one opens nothing', async () => {
    await expect(unlock.knownTitle).toBeVisible()
    await unlock.passphrase.fill('красный кит')
    await unlock.open.click()
    await expect(page.getByText('Не подошло. Проверьте раскладку')).toBeVisible()
    await expect(desk.inbox.region).toHaveCount(0)
  })
  await test.step('the right one opens what was there', async () => {
    await unlock.passphrase.fill('синий кит читает расписание')
    await unlock.open.click()
    await desk.inbox.expectCount(40)
    await desk.show('Настройки')
    await expect(page.getByRole('region', { name: 'Данные' })).toContainText(
      'под вашей кодовой фразой',
    )
  })
})
