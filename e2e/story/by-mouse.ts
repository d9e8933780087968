import { expect, type Locator } from '@playwright/test'
import { expectBack, expectGone, headName, shortName, type Story } from './story.ts'

/** The first row tells in the team column whom to give it to, the best first, with reasons. */
export async function looksAtHints({ desk }: Story): Promise<void> {
  const { inbox, team } = desk
  const number = await inbox.first()
  await inbox.click(number)
  await expect(team.title).toHaveText(`Кому №${number}?`)
  const best = team.byKey(1)
  const { before, after, limit } = await team.numbers(best)
  expect(after).toBeGreaterThan(before)
  expect(limit).toBeGreaterThan(0)
  await expect(best).toHaveAttribute('data-verdict', 'ok')
  await expect(best.getByRole('button', { name: /^Отдать: / })).toHaveText('1')
  const order = ['ok', 'warn', 'blocked']
  const verdicts = await team.hints.evaluateAll(rows =>
    rows.map(row => row.getAttribute('data-verdict') ?? ''),
  )
  const others = verdicts.slice(0, -1)
  expect(others).toEqual(others.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
}

/** Drags one case onto a person; its row leaves at once, the toast names the act, the bar has moved. */
export async function dragsOne(story: Story, number: string, person: Locator): Promise<string> {
  const { drag, inbox, team, toast } = story.desk
  await drag.lift(inbox.row(number))
  const name = await team.nameOf(person)
  const target = team.person(name)
  await drag.over(target)
  const { after, limit } = await team.numbers(target)
  await expect(drag.chip).toContainText(`№${number} → ${shortName(name)} ${after}/${limit}`)
  await drag.release()
  await expectGone(story, number)
  await expect(toast).toContainText(`№${number} → ${shortName(name)}`)
  story.ledger.note(number, { responsible: name })
  return name
}

/** The toast takes the act back, the keys do it again. */
export async function takesBack(story: Story, number: string): Promise<void> {
  const { inbox, toast } = story.desk
  await toast.getByRole('button', { name: 'Отменить' }).click()
  await expectBack(story, number)
  await expect(toast).toContainText(`Отменено: №${number}`)
  await inbox.click(number)
  await story.page.keyboard.press('Control+Shift+Z')
  await expectGone(story, number)
  await expect(toast).toContainText(`Повторено: №${number}`)
}

const selected = 12

/** Twelve at once onto somebody who has room for some: those go, the others stay and are named. */
export async function dragsMany(story: Story): Promise<string> {
  const { drag, inbox, team, toast } = story.desk
  const numbers = (await inbox.numbers()).slice(0, selected)
  const [first = '', third = '', last = ''] = [numbers[0], numbers[2], numbers[selected - 1]]
  await inbox.click(first)
  await inbox.click(last, ['Shift'])
  await expect(inbox.picked).toHaveText(`Отобрано ${selected} из ${story.left}`)
  await drag.lift(inbox.row(third))
  await expect(drag.chip).toContainText(`${selected} дел`)
  const partly = team.hints.filter({ hasText: /помест[ия]тся \d+ из 12/ }).first()
  const name = await team.nameOf(partly)
  const target = team.person(name)
  const fitting = Number(/помест[ия]тся (\d+) из 12/.exec((await target.textContent()) ?? '')?.[1])
  await drag.over(target)
  await expect(drag.chip).toContainText(`${fitting} из ${selected}`)
  await drag.release()
  story.left -= fitting
  await inbox.expectCount(story.left)
  await expect(toast).toContainText(shortName(name))
  const refused = selected - fitting
  await expect(toast.getByRole('listitem')).toHaveCount(
    Math.min(refused, 4) + (refused > 4 ? 1 : 0),
  )
  const stayed = new Set(await inbox.numbers())
  const given = numbers.filter(number => !stayed.has(number))
  expect(given).toHaveLength(fitting)
  story.ledger.noteAll(given, { responsible: name })
  await expect(inbox.picked).toHaveText(`Отобрано ${refused} из ${story.left}`)
  await dropsSelection(story)
  return name
}

/** The box above the list: all, then none. */
async function dropsSelection({ desk, left }: Story): Promise<void> {
  const all = desk.inbox.region.getByRole('columnheader').getByRole('checkbox')
  await all.click()
  await expect(desk.inbox.picked).toHaveText(`Отобрано ${left} из ${left}`)
  await all.click()
  await expect(desk.inbox.picked).toHaveCount(0)
}

/** A warning stops the drop until Shift is held; `full` has no room left. */
export async function dragsOverWarning(story: Story, full: string): Promise<void> {
  const { drag, inbox, team, toast } = story.desk
  const number = await inbox.first()
  await drag.lift(inbox.row(number))
  const warned = team.hints.and(story.page.locator('[data-verdict="warn"]'))
  const name = (await warned.count()) > 0 ? await team.nameOf(warned.first()) : full
  await drag.over(team.person(name))
  await expect(drag.chip).toContainText('Shift — отдать всё равно')
  await drag.release()
  await expect(toast).toContainText('С Shift — отдать всё равно')
  await expect(inbox.row(number)).toHaveCount(1)
  await drag.lift(inbox.row(number))
  await drag.over(team.person(name))
  await story.page.keyboard.down('Shift')
  await expect(drag.chip).toContainText('Отдадим, несмотря на оговорку')
  await drag.release()
  await story.page.keyboard.up('Shift')
  await expectGone(story, number)
  story.ledger.note(number, { responsible: name })
}

/** A department below has a head of its own: the case is theirs from now on. Esc lets go of nothing. */
export async function dragsToDepartment(story: Story): Promise<void> {
  const { drag, inbox, team, toast } = story.desk
  const { below } = story.world
  const number = await inbox.first()
  await drag.lift(inbox.row(number))
  await drag.over(team.department(below.name).first())
  await expect(drag.chip).toContainText('придёт к начальнику')
  await drag.cancel()
  await expect(inbox.row(number)).toHaveCount(1)
  await drag.drop(inbox.row(number), team.department(below.name).first())
  await expectGone(story, number)
  await expect(toast).toContainText(`№${number} → ${below.name}`)
  story.ledger.note(number, { department: below.name })
}

/** From the open case: take it, give it back, defer another until it changes, pass a third. */
export async function usesTheDrawer(story: Story): Promise<void> {
  const { desk, ledger, world } = story
  const { inbox } = desk
  const [taken = '', deferred = '', passed = ''] = await inbox.numbers()
  await inbox.open(taken)
  await desk.case.button('Взять себе').click()
  await expectGone(story, taken)
  await expect(desk.case.region).toContainText(`Ответственный: ${headName(world)}`)
  await expect(desk.toast).toContainText(`Взято себе: №${taken}`)
  await desk.case.button('Вернуть').click()
  await expectBack(story, taken)
  await desk.case.button('Взять себе').click()
  await expectGone(story, taken)
  ledger.note(taken, { responsible: headName(world) })
  await inbox.open(deferred)
  await desk.case.button('Отложить…').click()
  await desk.dialog('Отложить').getByRole('button', { name: 'Пока дело не изменится' }).click()
  await expectGone(story, deferred)
  ledger.note(deferred, { isDeferred: true })
  await inbox.open(passed)
  await desk.case.button('Передать…').click()
  await desk.choice(world.below.name).first().click()
  await expectGone(story, passed)
  ledger.note(passed, { department: world.below.name })
  await desk.case.close()
}
