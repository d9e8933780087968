import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'

const sundayAt = Date.parse('2016-03-06T10:00:00Z')

test('on a Sunday people of an ordinary week warn, and Shift gives all the same', async ({
  page,
  play,
  worlds,
}) => {
  const { desk } = await play({ ...(await worlds.log()), momentAt: sundayAt })
  const keys = await keysOf(page, 'latin')
  const number = await desk.inbox.first()
  await desk.inbox.click(number)
  const best = desk.team.byKey(1)
  await expect(best).toHaveAttribute('data-verdict', 'warn')
  await expect(best).toContainText('начнёт завтра в 12:00')
  await keys.press('Digit1')
  await expect(desk.toast).toContainText('Shift + 1 — отдать всё равно')
  await expect(desk.inbox.row(number)).toHaveCount(1)
  await keys.press('Digit1', { shift: true })
  await expect(desk.inbox.row(number)).toHaveCount(0)
  await expect(desk.badge).toHaveText('Данные свежие')
})
