import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, setClock, test } from './nachalo.ts'
import { Desk } from './pages/desk.ts'
import { variantOf } from './worlds.ts'

const hourMs = 3_600_000

test('a head with nothing to give out sees a calm sentence and the numbers of today', async ({
  play,
  worlds,
}) => {
  const world = await variantOf(worlds.workshop, await worlds.demo(), () => undefined, 'nechaeva')
  const { desk } = await play(world)
  await expect(desk.inbox.region).toContainText('Все дела розданы')
  await expect(desk.inbox.region.locator('dl')).toContainText(
    /\d+в работе\d+просрочено\d+закрыто сегодня/,
  )
})

test('without the hub the console opens at once with what it had, and says how old it is', async ({
  page,
  play,
  worlds,
}) => {
  const { hub, stage, core } = await play(await worlds.demo())
  await page.goto('about:blank')
  await core.stop()
  await hub.stop()
  const again = await stage.startCore([], { laterMs: 2 * hourMs })
  await setClock(page, 2 * hourMs)
  await page.goto(again.url)
  const desk = new Desk(page)
  await desk.inbox.expectCount(40)
  await expect(desk.badge).toContainText('Нет сети')
  await expect(desk.badge).toContainText('Данные 2 ч назад')
  await desk.show('Синхронизация')
  await expect(desk.sync.link).toContainText('Нет связи')
  await expect(desk.sync.link).toContainText(/следующая попытка через|пробуем сейчас/)
})

test('without the hub and without data the list says why it is empty', async ({
  page,
  play,
  worlds,
}) => {
  const { hub, stage, core } = await play(await worlds.demo())
  await page.goto('about:blank')
  await core.stop()
  await hub.stop()
  const spaces = join(stage.data, 'spaces')
  for (const space of readdirSync(spaces))
    for (const name of ['replica.db', 'replica.db-wal', 'replica.db-shm'])
      rmSync(join(spaces, space, name), { force: true })
  const again = await stage.startCore()
  await page.goto(again.url)
  const desk = new Desk(page)
  await expect(desk.inbox.region).toContainText('Сети нет, а данных на этом компьютере ещё нет')
  await expect(desk.badge).toContainText('Данных ещё нет')
  await desk.inbox.region.getByRole('button', { name: 'Что со связью' }).click()
  await expect(desk.sync.link).toContainText('Данные ещё не загружены')
})

test('a token that no longer holds is said, and decisions wait', async ({ play, worlds }) => {
  const world = await worlds.demo()
  const { desk, hub } = await play(world)
  await hub.stop()
  const listed = await hub.command('token', 'list')
  const own = listed.split('\n').find(line => line.includes('Ольга Ветрова')) ?? ''
  await hub.command('token', 'revoke', own.trim().split(/\s+/)[0] ?? '')
  await hub.start()
  const [number = ''] = await desk.inbox.easyNumbers()
  await desk.inbox.click(number)
  await desk.drag.drop(desk.inbox.row(number), desk.team.byKey(1))
  await desk.show('Синхронизация')
  await expect(desk.sync.link).toContainText('Токен больше не действует')
  await expect(desk.badge).toContainText('Сервер не принимает ключ доступа')
  await expect(desk.badge).toContainText('1 решение ждёт отправки')
  await expect(desk.sync.waiting.getByRole('listitem')).toContainText(number)
})

test('a core that is gone is said at once', async ({ page, play, problems, worlds }) => {
  problems.expect('ERR_CONNECTION_REFUSED')
  const { desk, core } = await play(await worlds.demo())
  // The other rooms are brought when the page has a moment for it.
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('sync-view')),
  )
  await core.kill()
  await expect(desk.badge).toContainText('Программа не отвечает, подключаемся снова')
  await desk.show('Синхронизация')
  await expect(desk.sync.link).toContainText('Нет связи с программой на этом компьютере')
  // One that is only restarted is back before this.
  await expect(desk.badge).toContainText('запустите её снова', { timeout: 30_000 })
})
