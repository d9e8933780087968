import { expect, type Locator } from '@playwright/test'
import type { Keys } from '../pages/keys.ts'
import { expectBack, expectGone, shortName, type Story } from './story.ts'

/** A head who never touches the mouse. */
export interface KeyStory extends Story {
  readonly keys: Keys
}

/** Into the list from wherever the focus is. */
export async function entersList({ desk, keys }: KeyStory): Promise<void> {
  await keys.press('Slash')
  await expect(desk.inbox.search).toBeFocused()
  await keys.press('Enter')
  await expect(desk.inbox.inFocus()).toHaveCount(1)
}

/** Moves with J from the top until this row is in focus. */
async function movesTo({ desk, keys }: KeyStory, number: string): Promise<void> {
  await keys.press('Home')
  const place = (await desk.inbox.numbers()).indexOf(number)
  await keys.times(place, 'KeyJ')
  await expect(
    desk.inbox.inFocus().getByRole('gridcell', { name: number, exact: true }),
  ).toHaveCount(1)
}

/** Tab until it has the focus. */
async function tabsTo({ keys }: KeyStory, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  const hasFocus = () => target.evaluate(element => element === document.activeElement)
  for (let pressed = 0; !(await hasFocus()); pressed += 1) {
    expect(pressed, 'presses of Tab').toBeLessThan(60)
    await keys.press('Tab')
  }
}

/** Types into «Кому?» until the wanted one is marked. */
async function choosesByName({ desk, keys }: KeyStory, name: string): Promise<void> {
  await keys.type(name)
  const marked = desk.page.getByRole('option', { selected: true })
  const exact = marked.getByText(name, { exact: true })
  await expect(marked).toHaveCount(1)
  for (let pressed = 0; (await exact.count()) === 0; pressed += 1) {
    expect(pressed, 'presses of the arrow').toBeLessThan(20)
    await keys.press('ArrowDown')
  }
}

/** Ctrl+K, a few letters, Enter. */
async function callsUp({ desk, keys }: KeyStory, letters: string): Promise<void> {
  await keys.press('KeyK', { ctrl: true })
  const palette = desk.page.getByPlaceholder('Дело, сотрудник, отделение или действие')
  await expect(palette).toBeFocused()
  await keys.type(letters)
  await expect(
    desk.page.getByRole('dialog').getByText(letters, { exact: false }).first(),
  ).toBeVisible()
  await keys.press('Enter')
  await expect(palette).toBeHidden()
}

/** The number of the best hint gives the case. */
export async function givesByDigit(story: KeyStory, number: string): Promise<string> {
  const { desk, keys, ledger } = story
  await movesTo(story, number)
  await expect(desk.team.title).toHaveText(`Кому №${number}?`)
  const name = await desk.team.nameOf(desk.team.byKey(1))
  await keys.press('Digit1')
  await expectGone(story, number)
  await expect(desk.toast).toContainText(`№${number} → ${shortName(name)}`)
  ledger.note(number, { responsible: name })
  return name
}

export async function takesBack(story: KeyStory, number: string): Promise<void> {
  const { desk, keys } = story
  await keys.press('KeyZ', { ctrl: true })
  await expectBack(story, number)
  await expect(desk.toast).toContainText(`Отменено: №${number}`)
  await keys.press('KeyZ', { ctrl: true, shift: true })
  await expectGone(story, number)
  await expect(desk.toast).toContainText(`Повторено: №${number}`)
}

const selected = 12

/** Twelve rows in a row to somebody who has room for some of them. */
export async function givesMany(story: KeyStory): Promise<string> {
  const { desk, keys, ledger } = story
  const { inbox, team } = desk
  const numbers = (await inbox.numbers()).slice(0, selected)
  await keys.press('Home')
  await keys.times(selected - 1, 'ArrowDown', { shift: true })
  await expect(inbox.picked).toHaveText(`Отобрано ${selected} из ${story.left}`)
  const partly = team.hints.filter({ hasText: /помест[ия]тся \d+ из 12/ }).first()
  const name = await team.nameOf(partly)
  const digit = await partly.getByRole('button', { name: /Отдать: / }).textContent()
  const fitting = Number(/помест[ия]тся (\d+) из 12/.exec((await partly.textContent()) ?? '')?.[1])
  await keys.press(`Digit${digit}`)
  story.left -= fitting
  await inbox.expectCount(story.left)
  await expect(inbox.picked).toHaveText(`Отобрано ${selected - fitting} из ${story.left}`)
  const stayed = new Set(await inbox.numbers())
  ledger.noteAll(
    numbers.filter(number => !stayed.has(number)),
    { responsible: name },
  )
  await keys.press('Escape')
  await expect(inbox.picked).toHaveCount(0)
  return name
}

/** A: Enter stops at a warning, Shift+Enter goes over it. */
export async function givesOverWarning(story: KeyStory, full: string): Promise<void> {
  const { desk, keys, ledger } = story
  const number = await desk.inbox.first()
  await movesTo(story, number)
  await keys.press('KeyA')
  await expect(desk.dialog(`Кому №${number}?`)).toBeVisible()
  const isWarned = desk.page
    .getByRole('option')
    .filter({ has: desk.page.getByRole('img', { name: 'с оговоркой' }) })
  const warned = desk.team.hints.and(desk.page.locator('[data-verdict="warn"]'))
  const name =
    (await isWarned.count()) > 0 && (await warned.count()) > 0
      ? await desk.team.nameOf(warned.first())
      : full
  await choosesByName(story, name)
  await keys.press('Enter')
  await expect(desk.toast).toContainText('С Shift — отдать всё равно')
  await expect(desk.inbox.row(number)).toHaveCount(1)
  await keys.press('Enter', { shift: true })
  await expectGone(story, number)
  ledger.note(number, { responsible: name })
}

/** D to the department below, T for oneself, H until it changes; then the taken one is given back. */
export async function usesEveryVerb(story: KeyStory): Promise<void> {
  const { desk, keys, ledger, world } = story
  const [passed = '', taken = '', deferred = ''] = await desk.inbox.numbers()
  await movesTo(story, passed)
  await keys.press('KeyD')
  await choosesByName(story, world.below.name)
  await keys.press('Enter')
  await expectGone(story, passed)
  ledger.note(passed, { department: world.below.name })
  await movesTo(story, taken)
  await keys.press('KeyT')
  await expectGone(story, taken)
  await expect(desk.toast).toContainText(`Взято себе: №${taken}`)
  await movesTo(story, deferred)
  await keys.press('KeyH')
  await tabsTo(
    story,
    desk.dialog('Отложить').getByRole('button', { name: 'Пока дело не изменится' }),
  )
  await keys.press('Enter')
  await expectGone(story, deferred)
  ledger.note(deferred, { isDeferred: true })
  await callsUp(story, `№${taken}`)
  await tabsTo(story, desk.case.button('Вернуть'))
  await keys.press('Enter')
  await expectBack(story, taken)
  await keys.press('Escape')
  await expect(desk.case.region).toHaveCount(0)
}

/** «Синхронизация» by name, then the answer's number on the card of the conflict. */
export async function answersConflict(
  story: KeyStory,
  number: string,
  digit: 1 | 2,
): Promise<void> {
  const conflict = story.desk.sync.conflict(number)
  await tabsTo(story, conflict)
  await story.keys.press(`Digit${digit}`)
  await expect(conflict).toHaveCount(0)
}

export async function triesNow(story: KeyStory): Promise<void> {
  await callsUp(story, 'Синхронизация')
  await tabsTo(story, story.desk.sync.tryNow)
  await story.keys.press('Enter')
}
