import { expect, test } from './nachalo.ts'
import * as mouse from './story/by-mouse.ts'
import { keepJournal } from './story/journal.ts'
import * as offline from './story/offline.ts'
import { beginStory, type Story } from './story/story.ts'

for (const name of ['demo', 'log'] as const)
  test(`a head gives out the morning's cases with a mouse, offline and back: ${name}`, async ({
    page,
    play,
    worlds,
  }) => {
    const journal = keepJournal(page)
    const world = await worlds[name]()
    const story = beginStory(page, await play(world), world, journal)
    await test.step('opens and sees what nobody is responsible for', () =>
      story.desk.inbox.expectCount(story.left))
    await test.step('the hints say who', () => mouse.looksAtHints(story))
    await test.step('drags one, takes it back, gives it again', () => givesOne(story))
    const full = await test.step('drags twelve onto one who has room for some', () =>
      mouse.dragsMany(story))
    await test.step('Shift goes over a warning', () => mouse.dragsOverWarning(story, full))
    await test.step('drags one to a department below', () => mouse.dragsToDepartment(story))
    await test.step('takes, returns, defers and passes in the open case', () =>
      mouse.usesTheDrawer(story))
    const given = await test.step('loses the hub and goes on', () => worksOffline(story))
    await test.step('the page is loaded again', () => offline.survivesReload(story, given))
    await test.step('the hub is back, another head was there before', () => settles(story, given))
    await test.step('every decision arrived once', () => offline.endsWell(story))
  })

async function givesOne(story: Story): Promise<void> {
  const { inbox, team } = story.desk
  const [number = ''] = await inbox.easyNumbers()
  await inbox.click(number)
  await mouse.dragsOne(story, number, team.byKey(1))
  await mouse.takesBack(story, number)
}

async function worksOffline(story: Story): Promise<readonly offline.Given[]> {
  const { inbox, team } = story.desk
  await offline.losesTheHub(story)
  const given: offline.Given[] = []
  const [one = '', two = '', three = '', number = ''] = await inbox.easyNumbers()
  for (const each of [one, two, three]) {
    await inbox.click(each)
    given.push({ number: each, name: await mouse.dragsOne(story, each, team.byKey(1)) })
  }
  await inbox.click(number)
  await mouse.dragsOne(story, number, team.byKey(1))
  story.cancelled.push(story.journal.done().at(-1) ?? '')
  await story.desk.toast.getByRole('button', { name: 'Отменить' }).click()
  await expect(inbox.row(number)).toHaveCount(1)
  story.ledger.forget(number)
  story.left += 1
  return given
}

async function settles(story: Story, given: readonly offline.Given[]): Promise<void> {
  const { desk, ledger } = story
  const [kept, insisted] = given
  if (!kept || !insisted) throw new Error('two cases were to be raced for')
  const theirs = await offline.isRaced(story, [kept, insisted])
  await desk.show('Синхронизация')
  await desk.sync.tryNow.click()
  await expect(desk.badge).toContainText('2 решения требуют внимания')
  for (const one of [kept, insisted])
    await offline.seesConflict(story, one, theirs.get(one.number) ?? '')
  await desk.sync
    .conflict(kept.number)
    .getByRole('button', { name: /^1? ?Оставить: / })
    .click()
  await expect(desk.sync.conflict(kept.number)).toHaveCount(0)
  await desk.sync
    .conflict(insisted.number)
    .getByRole('button', { name: /^2? ?Назначить: / })
    .click()
  await expect(desk.sync.conflict(insisted.number)).toHaveCount(0)
  await offline.isSettled(story)
  ledger.note(kept.number, { responsible: theirs.get(kept.number) ?? '' })
  ledger.note(insisted.number, { responsible: insisted.name })
}
