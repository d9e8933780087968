import { bareId } from '../hub/bare-id.ts'
import type { Company } from '../hub/company.ts'
import { clients } from './clients.ts'
import { closedDrafts } from './closed-drafts.ts'
import { casesOf, historyOf, lastAssigned } from './draft.ts'
import { kinds } from './kinds.ts'
import { letterPicker } from './letters.ts'
import { openDrafts } from './open-drafts.ts'
import { demoOwner, people } from './people.ts'
import { chanceOf } from './random.ts'
import { headOf, staffOf } from './staff.ts'
import { demoZone, timetable } from './timetable.ts'

/** Most clients are nobody's. */
const shareLed = 0.15

/**
 * An invented company that sells country houses: about 40 people, 120 open cases of which some 40
 * wait in the «Начало» of the head of «Контакт-центр», and a year of closed ones. The same `now`
 * (UTC ms) and `seed` give the same company.
 */
export function demoCompany({
  now,
  seed,
}: {
  readonly now: number
  readonly seed: number
}): Company {
  const chance = chanceOf(seed)
  const times = timetable(now, chance)
  const leaders = people.filter(person => person.load > 2 && person.department !== 'house')
  const workshop = { chance, times, letterFor: letterPicker(chance) }
  const cases = casesOf([...openDrafts(workshop), ...closedDrafts(workshop)], chance)
  return {
    company: 'Загородный дом',
    zone: demoZone,
    ownerId: bareId('employee', demoOwner),
    ...staffOf(times, lastAssigned(cases)),
    kinds: kinds.map(kind => ({
      kindId: bareId('kind', kind.id),
      name: kind.name,
      weight: kind.weight,
      departmentId: bareId('department', kind.department),
      doesWaitingStopClock: kind.doesWaitingStopClock ?? true,
    })),
    cases,
    clients: clients.map(({ id, name }) => ({
      clientId: bareId('client', id),
      name,
      responsibleId: chance.isLucky(shareLed) ? bareId('employee', chance.oneOf(leaders).id) : null,
    })),
    history: cases.flatMap(theCase => [...historyOf(theCase, headOf)]),
  }
}
