/** When the files are not what they should be, the head is told so in a sentence. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './nachalo.ts'

/** Stops the core, does something to its files, and opens the window again. */
const spaceOf = (data: string): string => {
  const name = readdirSync(join(data, 'spaces')).find(each => each.startsWith('hub-'))
  return join(data, 'spaces', String(name))
}

test('decisions that are in no file any more are counted aloud', async ({
  page,
  play,
  enter,
  worlds,
  problems,
}) => {
  problems.expect('WebSocket')
  const { desk, core, stage } = await play(await worlds.demo())
  const number = await desk.inbox.first()
  await desk.inbox.click(number)
  await page.keyboard.press('Shift+1')
  await expect(desk.inbox.row(number)).toHaveCount(0)
  await expect(desk.badge).toHaveText('Данные свежие')
  await page.goto('about:blank')
  await core.stop()
  const space = spaceOf(stage.data)
  rmSync(join(space, 'outbox.db'))
  rmSync(join(space, 'backups'), { recursive: true, force: true })
  const again = await enter(stage)
  await expect(again.desk.toast).toContainText('Последних решений не нашлось ни в одной копии: 1.')
  await again.desk.show('Синхронизация')
  await expect(page.getByRole('main')).toContainText('Файл решений оказался старше')
})

test('a key that does not fit is said in a sentence, and nothing else is shown', async ({
  page,
  play,
  enter,
  worlds,
  problems,
}) => {
  problems.expect('WebSocket')
  const { core, stage } = await play(await worlds.demo())
  await page.goto('about:blank')
  await core.stop()
  writeFileSync(join(stage.folder, 'key'), 'another key of forty characters for tests')
  await enter(stage)
  await expect(page.getByRole('alert')).toContainText('Ключ из файла не подходит к этим данным.')
})
