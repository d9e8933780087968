import { expect } from '@playwright/test'
import { FirstRun } from '../pages/first-run.ts'
import { expectOnce } from './ledger.ts'
import { shortName, somebodyElse, type Story } from './story.ts'

/** Given out without the network: number of the case → to whom. */
export interface Given {
  readonly number: string
  readonly name: string
}

/** The hub is gone: the window only says so. */
export async function losesTheHub({ desk, hub }: Story): Promise<void> {
  await hub.stop()
  await expect(desk.badge).toContainText('Нет сети')
}

/** What was decided without the network is there after the page was loaded again. */
export async function survivesReload(story: Story, given: readonly Given[]): Promise<void> {
  const { desk, page } = story
  await expect(desk.badge).toContainText(`${given.length} решения ждут сети`)
  await page.reload()
  await desk.inbox.expectCount(story.left)
  await expect(desk.badge).toContainText(`${given.length} решения ждут сети`)
  for (const { number } of given) await expect(desk.inbox.row(number)).toHaveCount(0)
  await expect(new FirstRun(page).heading).toHaveCount(0)
}

/** Meanwhile the other head gives two of these cases to somebody else; then the hub is back. */
export async function isRaced(
  story: Story,
  raced: readonly Given[],
): Promise<ReadonlyMap<string, string>> {
  const { hub, world } = story
  const theirs = new Map<string, string>()
  await hub.meanwhile(async as => {
    const rival = as(world.rivalToken)
    const cases = await rival.cases()
    for (const { number, name } of raced) {
      const theCase = cases.get(number)
      if (!theCase) throw new Error(`the hub has no case ${number}`)
      const other = somebodyElse(world.dump, [name])
      expect((await rival.assign(theCase, other.id)).outcome).toBe('applied')
      theirs.set(number, other.name)
    }
  })
  await hub.start()
  return theirs
}

/** Both sides are shown with who decided, and nothing is chosen for the head. */
export async function seesConflict(
  story: Story,
  { number, name }: Given,
  theirs: string,
): Promise<void> {
  const { sync } = story.desk
  await expect(sync.side(number, 'Было')).toContainText('без ответственного')
  await expect(sync.side(number, 'Вы решили')).toContainText(name)
  await expect(sync.side(number, 'Сейчас')).toContainText(theirs)
  await expect(sync.side(number, 'Сейчас')).toContainText(`так решено: ${story.world.rivalName}`)
  const conflict = sync.conflict(number)
  await expect(
    conflict.getByRole('button', { name: `Оставить: ${shortName(theirs)}` }),
  ).toBeEnabled()
  await expect(
    conflict.getByRole('button', { name: `Назначить: ${shortName(name)}` }),
  ).toBeEnabled()
}

/** Nothing waits any more. */
export async function isSettled({ desk }: Story): Promise<void> {
  await expect(desk.badge).toHaveText('Данные свежие')
  await expect(desk.sync.waiting).toContainText('Всё отправлено')
}

/** The hub itself says what came of the story. */
export async function endsWell(story: Story): Promise<void> {
  const after = await story.hub.contents()
  story.ledger.expectAll(after)
  expectOnce(after, story.journal.done(), story.cancelled)
}
