import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryCases, arbitraryKinds, arbitraryOrg, nearInstant } from '../testing/arbitrary.ts'
import {
  aCase,
  aDepartment,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  clientId,
  day,
  departmentId,
  employeeId,
  mondayNoon,
} from '../testing/invented.ts'
import { severityOf } from './assign.ts'
import { bestHints } from './best-hint.ts'
import { noCalendar, ordinaryWeek } from './calendar.ts'
import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import { hintsFor } from './hint.ts'
import { loadsOf } from './load.ts'
import { indexOrg, subtreeOf } from './org-index.ts'
import type { Employee, Org } from './org.ts'

const now = mondayNoon
const centre = departmentId('centre')
const client = clientId('client')

function worldOf(
  employees: readonly Employee[],
  held: readonly Case[] = [],
  org: Partial<Org> = {},
  world: Partial<DropWorld> = {},
): DropWorld {
  const index = indexOrg(
    anOrg({
      departments: [aDepartment('centre')],
      posts: employees.map(employee => aPost('centre', employee.employeeId)),
      employees,
      ...org,
    }),
  )
  return {
    now,
    index,
    kinds: new Map(),
    loads: loadsOf(held, { now, index, kinds: new Map(), defaultLimit: 10, closed: {} }),
    acquainted: {},
    scope: subtreeOf(index, [centre]),
    me: employeeId('head'),
    calendar: noCalendar,
    zone: 'Europe/Moscow',
    ...world,
  }
}
const dropped = (over: Partial<Case> = {}) => aCase('1', { departmentId: centre, ...over })
const namesOf = (world: DropWorld, theCase = dropped()) =>
  hintsFor([theCase], world).map(hint => hint.employeeId)
const heldBy = (id: string, count: number) =>
  Array.from({ length: count }, (_, i) => aCase(`${id}${i}`, { responsibleId: employeeId(id) }))

test('the story of design: Anna, then Oleg, then Irina on leave', () => {
  const world = worldOf(
    ['irina', 'oleg', 'anna'].map(id => anEmployee(id)),
    [...heldBy('anna', 5), ...heldBy('oleg', 8)],
    { absences: [anAbsence('irina', now - day, now + day)] },
    { acquainted: { [client]: [employeeId('anna')] } },
  )
  assert.deepEqual(namesOf(world, dropped({ clientId: client })), ['anna', 'oleg', 'irina'])
})

test('1: judgement decides before anything else', () => {
  const world = worldOf(
    [
      anEmployee('a', { isDayOpen: false }),
      anEmployee('b', { limit: 0 }),
      anEmployee('c', { lastAssignedAt: now }),
    ],
    heldBy('c', 8),
  )
  assert.deepEqual(namesOf(world), ['c', 'a', 'b'])
})

test('2: then the number of warnings', () => {
  const world = worldOf(
    [anEmployee('a', { isDayOpen: false }), anEmployee('b')],
    [...heldBy('a', 10), ...heldBy('b', 12)],
  )
  assert.deepEqual(namesOf(world), ['b', 'a'])
})

test('3: then a required skill', () => {
  const world = worldOf([
    anEmployee('a'),
    anEmployee('b', { skills: ['egais'], isDayOpen: false, lastAssignedAt: now }),
  ])
  assert.deepEqual(namesOf(world, dropped({ requiredSkill: 'egais' })), ['b', 'a'])
})

test('4: then acquaintance with the client', () => {
  const people = [anEmployee('a'), anEmployee('b')]
  const world = worldOf(people, heldBy('b', 3), {}, { acquainted: { [client]: [employeeId('b')] } })
  assert.deepEqual(namesOf(world, dropped({ clientId: client })), ['b', 'a'])
  assert.deepEqual(namesOf(world), ['a', 'b'])
})

test('5: then the lower utilisation after the drop', () => {
  const people = [anEmployee('a', { limit: 4 }), anEmployee('b', { limit: 20 })]
  assert.deepEqual(namesOf(worldOf(people, heldBy('b', 3))), ['b', 'a'])
})

test('6: then who was given something longest ago, never first', () => {
  const world = worldOf([
    anEmployee('a', { lastAssignedAt: now - 1 }),
    anEmployee('b', { lastAssignedAt: now - 2 }),
    anEmployee('c', { lastAssignedAt: null }),
  ])
  assert.deepEqual(namesOf(world), ['c', 'b', 'a'])
})

test('7: then the name in the Russian order, where Ё stands with Е', () => {
  const world = worldOf([
    anEmployee('1', { name: 'Жуков' }),
    anEmployee('2', { name: 'Ёлкин' }),
    anEmployee('3', { name: 'Емелин' }),
  ])
  assert.deepEqual(namesOf(world), ['2', '3', '1'])
})

test('8: at last the id', () => {
  const world = worldOf(['b', 'a', 'c'].map(id => anEmployee(id, { name: 'Анна' })))
  assert.deepEqual(namesOf(world), ['a', 'b', 'c'])
})

test('the first nine get the keys 1 to 9', () => {
  const people = Array.from({ length: 11 }, (_, i) => anEmployee(`e${String(i).padStart(2, '0')}`))
  const keys = hintsFor([dropped()], worldOf(people)).map(hint => hint.key)
  assert.deepEqual(keys, [1, 2, 3, 4, 5, 6, 7, 8, 9, null, null])
})

test('dismissed people are not offered, freelancers of no department are', () => {
  const org = { posts: [aPost('centre', 'gone'), aPost('centre', 'ann')] }
  const people = [
    anEmployee('gone', { isDismissed: true }),
    anEmployee('ann'),
    anEmployee('free', { isExternal: true }),
    anEmployee('elsewhere'),
  ]
  assert.deepEqual(namesOf(worldOf(people, [], org)), ['ann', 'free'])
})

test('only the named candidates are judged when they are named', () => {
  const world = worldOf(['a', 'b'].map(id => anEmployee(id)))
  const hints = hintsFor([dropped()], world, ['b', 'stranger'].map(employeeId))
  assert.deepEqual(
    hints.map(hint => hint.employeeId),
    ['b'],
  )
})

const arbitraryWorld = fc
  .record({ org: arbitraryOrg, kinds: arbitraryKinds, now: nearInstant, held: arbitraryCases })
  .map(({ org, held, ...rest }): DropWorld => {
    const index = indexOrg({ ...org, employees: org.employees.map(withWeek) })
    return {
      ...rest,
      index,
      loads: loadsOf(held, { ...rest, index, defaultLimit: 10, closed: {} }),
      acquainted: { [clientId('c1')]: [employeeId('e1'), employeeId('e4')] },
      scope: subtreeOf(index, index.childrenOf.get(null) ?? []),
      me: employeeId('e1'),
      calendar: noCalendar,
      zone: 'Europe/Moscow',
    }
  })
const withWeek = (employee: Employee, i: number): Employee =>
  i % 2 ? { ...employee, week: ordinaryWeek } : employee

test('the order is the same from whatever order one starts', () => {
  fc.assert(
    fc.property(arbitraryWorld, arbitraryCases, (world, cases) => {
      const everybody = world.index.org.employees.map(employee => employee.employeeId)
      assert.deepEqual(
        hintsFor(cases, world, everybody),
        hintsFor(cases, { ...world }, everybody.toReversed()),
      )
    }),
    { numRuns: 300 },
  )
})

test('of any two neighbours the first is no worse in the first criterion they differ in', () => {
  fc.assert(
    fc.property(arbitraryWorld, arbitraryCases, (world, cases) => {
      const everybody = world.index.org.employees.map(employee => employee.employeeId)
      const hints = hintsFor(cases, world, everybody)
      const criteria = hints.map(({ employeeId: id, judgement }) => {
        const codes = judgement.reasons.filter(reason => severityOf(reason) === 'warn')
        const employee = world.index.employeeById.get(id)
        const known = (theCase: Case) =>
          theCase.clientId !== null && (world.acquainted[theCase.clientId] ?? []).includes(id)
        return [
          ['ok', 'warn', 'blocked'].indexOf(judgement.verdict),
          codes.length,
          codes.filter(reason => reason.code === 'lacksSkill').length,
          cases.filter(theCase => !known(theCase)).length,
          judgement.utilisationAfter,
          employee?.lastAssignedAt ?? -Infinity,
        ]
      })
      for (const [i, row] of criteria.entries()) {
        const next = criteria[i + 1]
        const different = row.findIndex((value, place) => value !== next?.[place])
        if (next && different >= 0) assert.ok((row[different] ?? 0) < (next[different] ?? 0))
      }
    }),
    { numRuns: 300 },
  )
})

test('who is best for one case after another is who is first among all', () => {
  const several = fc.array(arbitraryCases, { maxLength: 4 }).map(lists => lists.flat())
  fc.assert(
    fc.property(arbitraryWorld, several, (world, cases) => {
      const everybody = world.index.org.employees.map(employee => employee.employeeId)
      const best = bestHints(world, everybody)
      for (const theCase of cases) {
        const [first] = hintsFor([theCase], world, everybody)
        const isFree = first && first.judgement.verdict !== 'blocked'
        assert.deepEqual(best(theCase), isFree ? first : null)
      }
    }),
    { numRuns: 500 },
  )
})

test('a case due before somebody is back is not one due after it', () => {
  const away = anAbsence('anna', now - day, now + 3 * day)
  const world = worldOf([anEmployee('anna')], [], { absences: [away] })
  const best = bestHints(world, [employeeId('anna')])
  const verdicts = [1, 5, 2, 4].map(days => best(dropped({ dueAt: now + days * day })))
  assert.deepEqual(
    verdicts.map(hint => hint?.judgement.verdict ?? null),
    [null, 'warn', null, 'warn'],
  )
})
