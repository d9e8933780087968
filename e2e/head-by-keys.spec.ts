import { expect, test } from './nachalo.ts'
import { keysOf } from './pages/keys.ts'
import * as keys from './story/by-keys.ts'
import { keepJournal } from './story/journal.ts'
import * as offline from './story/offline.ts'
import { beginStory } from './story/story.ts'

for (const [name, layout] of [
  ['demo', 'russian'],
  ['log', 'latin'],
] as const)
  test(`a head gives out the morning's cases with keys only, offline and back: ${name}`, async ({
    page,
    play,
    worlds,
  }) => {
    const journal = keepJournal(page)
    const world = await worlds[name]()
    const played = await play(world)
    const story = { ...beginStory(page, played, world, journal), keys: await keysOf(page, layout) }
    await test.step('opens and sees what nobody is responsible for', () =>
      story.desk.inbox.expectCount(story.left))
    await test.step('goes into the list', () => keys.entersList(story))
    await test.step('gives one by its number, takes it back, gives it again', () => givesOne(story))
    const full = await test.step('gives twelve to one who has room for some', () =>
      keys.givesMany(story))
    await test.step('Shift goes over a warning', () => keys.givesOverWarning(story, full))
    await test.step('passes, takes, defers and returns', () => keys.usesEveryVerb(story))
    const given = await test.step('loses the hub and goes on', () => worksOffline(story))
    await test.step('the page is loaded again', () => offline.survivesReload(story, given))
    await test.step('the hub is back, another head was there before', () => settles(story, given))
    await test.step('every decision arrived once', () => offline.endsWell(story))
  })

async function givesOne(story: keys.KeyStory): Promise<void> {
  const [number = ''] = await story.desk.inbox.easyNumbers()
  await keys.givesByDigit(story, number)
  await keys.takesBack(story, number)
}

async function worksOffline(story: keys.KeyStory): Promise<readonly offline.Given[]> {
  const { inbox } = story.desk
  await offline.losesTheHub(story)
  await keys.entersList(story)
  const given: offline.Given[] = []
  const [one = '', two = '', three = '', number = ''] = await inbox.easyNumbers()
  for (const each of [one, two, three])
    given.push({ number: each, name: await keys.givesByDigit(story, each) })
  await keys.givesByDigit(story, number)
  story.cancelled.push(story.journal.done().at(-1) ?? '')
  await story.keys.press('KeyZ', { ctrl: true })
  await expect(inbox.row(number)).toHaveCount(1)
  story.ledger.forget(number)
  story.left += 1
  return given
}

async function settles(story: keys.KeyStory, given: readonly offline.Given[]): Promise<void> {
  const { desk, ledger } = story
  const [kept, insisted] = given
  if (!kept || !insisted) throw new Error('two cases were to be raced for')
  const theirs = await offline.isRaced(story, [kept, insisted])
  await keys.triesNow(story)
  await expect(desk.badge).toContainText('2 решения требуют внимания')
  for (const one of [kept, insisted])
    await offline.seesConflict(story, one, theirs.get(one.number) ?? '')
  await keys.answersConflict(story, kept.number, 1)
  await keys.answersConflict(story, insisted.number, 2)
  await offline.isSettled(story)
  ledger.note(kept.number, { responsible: theirs.get(kept.number) ?? '' })
  ledger.note(insisted.number, { responsible: insisted.name })
}
