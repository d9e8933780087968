import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, type Played, test, type Worlds } from './nachalo.ts'
import { FirstRun } from './pages/first-run.ts'
import { type Keys, keysOf } from './pages/keys.ts'
import { Unlock } from './pages/unlock.ts'
import { keepJournal } from './story/journal.ts'
import { isRaced, losesTheHub } from './story/offline.ts'
import { beginStory } from './story/story.ts'
import {
  type Dump,
  isUnassigned,
  type Row,
  rowsOf,
  type StoryWorld,
  variantOf,
  type World,
} from './worlds.ts'

const momentAt = Date.parse('2026-11-18T08:03:00Z')
const grave: ReadonlySet<string | null | undefined> = new Set(['serious', 'critical'])

/** Colours are judged when nothing moves or fades any more. */
const isAtRest = (page: Page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== 'running' || effect?.getTiming().iterations === Infinity,
      ),
  )

/** What keeps people out of this view, or of a part laid over one that was looked at, in either scheme of colours. */
async function faultsOf(page: Page, view: string, part = 'html'): Promise<readonly string[]> {
  const faults: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await expect.poll(() => isAtRest(page)).toBe(true)
    const { violations } = await new AxeBuilder({ page })
      .include(part)
      .options({ resultTypes: ['violations'] })
      .analyze()
    for (const { id, impact, nodes } of violations)
      if (grave.has(impact))
        for (const { target, failureSummary } of nodes)
          faults.push(`${view}, ${colorScheme}: ${id} ${target.join(' ')} ${failureSummary}`)
  }
  return faults
}

test('the doors keep nobody out', async ({ page, stageAt, enter }) => {
  await enter(stageAt(momentAt))
  const doors = new FirstRun(page)
  await expect(doors.heading).toBeVisible()
  const faults = [...(await faultsOf(page, 'first run'))]
  await doors.connectDoor.click()
  await expect(doors.address).toBeVisible()
  faults.push(...(await faultsOf(page, 'third door')))
  expect(faults).toEqual([])
})

test('the passphrase keeps nobody out', async ({ page, stageAt, worlds }) => {
  const world = await worlds.demo()
  const stage = stageAt(world.momentAt)
  const hub = await stage.startHub(world)
  const core = await stage.startCore([], { hasNoKey: true })
  await page.goto(core.url)
  const doors = new FirstRun(page)
  await doors.connectDoor.click()
  await doors.address.fill(hub.url())
  await doors.token.fill(world.headToken)
  await doors.check.click()
  await doors.enter.click()
  await expect(new Unlock(page).newTitle).toBeVisible()
  expect(await faultsOf(page, 'unlock')).toEqual([])
})

/** Looking at everything takes long: a small department, and of the cases every fifth by its due. */
function smallDesk(worlds: Worlds, demo: StoryWorld): Promise<World> {
  const unassigned = rowsOf(demo.dump, 'cases')
    .filter(row => isUnassigned(row) && row['departmentId'] === 'contact')
    .toSorted((a, b) => Number(a['dueAt']) - Number(b['dueAt']))
  const chosen = new Set(unassigned.filter((_row, place) => place % 5 === 0).map(caseIdOf))
  const moveThem = (dump: Dump) => {
    for (const row of rowsOf(dump, 'cases'))
      if (chosen.has(caseIdOf(row))) row['departmentId'] = 'first-line'
  }
  return variantOf(worlds.workshop, demo, moveThem, 'zotova')
}

const caseIdOf = (row: Row) => row['caseId']

test('the desk keeps nobody out', async ({ page, play, worlds }) => {
  const { desk } = await play(await smallDesk(worlds, await worlds.demo()))
  const keys = await keysOf(page, 'latin')
  const faults = [...(await faultsOf(page, 'Начало'))]
  await desk.inbox.click(await desk.inbox.first())
  await keys.press('Space')
  await keys.press('ArrowDown', { shift: true })
  await expect(desk.inbox.picked).toBeVisible()
  faults.push(...(await faultsOf(page, 'Начало with a selection')))
  faults.push(...(await faultsWhileAsking(page, { desk, keys })))
  await desk.drag.lift(desk.inbox.row(await desk.inbox.first()))
  await desk.drag.over(desk.team.byKey(2))
  faults.push(
    ...(await faultsOf(
      page,
      'Начало while dragging',
      '[aria-label="Команда"], [data-testid="drag-chip"]',
    )),
  )
  await desk.drag.cancel()
  await desk.inbox.open(await desk.inbox.first())
  await expect(desk.case.button('Отдать…')).toBeVisible()
  faults.push(...(await faultsOf(page, 'Дело', '[aria-label^="Дело №"]')))
  await desk.case.close()
  for (const room of ['Команда', 'Настройки'] as const) {
    await desk.show(room)
    faults.push(...(await faultsOf(page, room)))
  }
  expect(faults).toEqual([])
})

test('the plan, the load and the tree keep nobody out', async ({ page, play, worlds }) => {
  const { desk } = await play(await smallDesk(worlds, await worlds.demo()))
  const keys = await keysOf(page, 'latin')
  const faults: string[] = []
  await desk.inbox.click(await desk.inbox.first())
  await keys.press('KeyP')
  await expect(desk.plan.rows.first()).toBeVisible()
  faults.push(...(await faultsOf(page, 'План')))
  await desk.plan.rows.first().focus()
  await keys.press('KeyA')
  await expect(desk.dialog(/^Кому №/)).toBeVisible()
  faults.push(...(await faultsOf(page, 'План: кому?', '[role="dialog"]')))
  await keys.press('Escape')
  await desk.plan.drop.click()
  for (const room of ['План', 'Загрузка', 'Оргструктура'] as const) {
    await desk.show(room)
    faults.push(...(await faultsOf(page, room)))
  }
  expect(faults).toEqual([])
})

test('the boards keep nobody out', async ({ page, play, worlds }) => {
  const demo = await worlds.demo()
  const freeAnna = (dump: Dump) => {
    for (const row of rowsOf(dump, 'cases'))
      if (row['responsibleId'] === 'polyakova') row['responsibleId'] = 'savin'
  }
  const { desk } = await play(await variantOf(worlds.workshop, demo, freeAnna))
  await desk.show('Канбан')
  const [number = '', next = ''] = await desk.board.numbers('Ждёт')
  await desk.board.card(number).click()
  await page.keyboard.press('Space')
  const faults = [...(await faultsOf(page, 'Канбан'))]
  await desk.board.carry(next, 'На утверждении')
  faults.push(...(await faultsOf(page, 'Канбан while carrying', '[data-testid="drag-chip"]')))
  await desk.drag.cancel()
  await desk.show('Кто свободен')
  await expect(desk.free.freeAt('Анна Полякова')).toHaveText('сейчас')
  faults.push(...(await faultsOf(page, 'Кто свободен')))
  expect(faults).toEqual([])
})

const dialogs = [
  { code: 'KeyA', name: /^Кому / },
  { code: 'Slash', shift: true, name: 'Клавиши' },
  { code: 'KeyK', ctrl: true, name: 'Дело, сотрудник, отделение или действие' },
] as const

async function faultsWhileAsking(
  page: Page,
  { desk, keys }: Pick<Played, 'desk'> & { readonly keys: Keys },
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const { code, name, ...held } of dialogs) {
    await keys.press(code, held)
    await expect(desk.dialog(name)).toBeVisible()
    faults.push(...(await faultsOf(page, String(name), '[role="dialog"]')))
    await keys.press('Escape')
    await expect(desk.dialog(name)).toBeHidden()
  }
  return faults
}

test('a conflict keeps nobody out', async ({ page, play, worlds }) => {
  const world = await worlds.demo()
  const story = beginStory(page, await play(world), world, keepJournal(page))
  const { desk } = story
  await losesTheHub(story)
  const [number = ''] = await desk.inbox.easyNumbers()
  await desk.inbox.click(number)
  await expect(desk.team.title).toHaveText(`Кому №${number}?`)
  const name = await desk.team.nameOf(desk.team.byKey(1))
  await page.keyboard.press('1')
  await expect(desk.inbox.row(number)).toHaveCount(0)
  await isRaced(story, [{ number, name }])
  await desk.show('Синхронизация')
  await desk.sync.tryNow.click()
  await expect(desk.sync.conflict(number)).toBeVisible()
  expect(await faultsOf(page, 'Синхронизация with a conflict')).toEqual([])
})
