import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryCases, arbitraryKinds, arbitraryOrg, nearInstant } from '../testing/arbitrary.ts'
import {
  anAbsence,
  anEmployee,
  clientId,
  day,
  employeeId,
  hour,
  kindId,
  mondayNoon,
} from '../testing/invented.ts'
import { inventedDepartment, planWorld, unassigned } from '../testing/plan-world.ts'
import { judge } from './assign.ts'
import { noCalendar } from './calendar.ts'
import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import { scopeOf } from './head-for.ts'
import type { CaseId, EmployeeId } from './id.ts'
import { loadsOf } from './load.ts'
import { indexOrg } from './org-index.ts'
import { whyLeft } from './plan-left.ts'
import { type Kept, type Plan, planOf, pointsGivenSince } from './plan.ts'

const cases = (count: number, over: Partial<Case> = {}) =>
  Array.from({ length: count }, (_, n) => unassigned(`c${String(n + 1).padStart(2, '0')}`, over))
const person = (id: string, limit = 10) => anEmployee(id, { limit })

/** How many each person gets. */
function shares(plan: Plan): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { employeeId: id } of plan.rows)
    counts[id ?? 'nobody'] = (counts[id ?? 'nobody'] ?? 0) + 1
  return counts
}

test('cases go to the people least loaded, as evenly as can be', () => {
  const held = [unassigned('h1', { responsibleId: employeeId('anna') })]
  const world = planWorld([person('anna'), person('boris'), person('vera', 5)], held)
  assert.deepEqual(shares(planOf(cases(9), world)), { boris: 4, anna: 3, vera: 2 })
})

test('a person at the limit is full, and what is left says so with the best choice of the head', () => {
  const world = planWorld([person('anna', 3), anEmployee('boris')], [], {
    absences: [anAbsence('boris', mondayNoon - day, mondayNoon + day)],
  })
  const plan = planOf(cases(4), world)
  assert.deepEqual([shares(plan), plan.left], [{ anna: 2 }, ['c03', 'c04']])
  const [third] = cases(3).slice(2)
  assert.ok(third)
  const { counts, best } = whyLeft(third, plan)
  assert.deepEqual(counts, [
    { code: 'vacation', count: 1 },
    { code: 'full', count: 1 },
  ])
  assert.deepEqual(
    [best?.employeeId, best?.judgement.loadAfter, best?.judgement.limit],
    ['anna', 3, 3],
  )
})

test('where not all fit, the overdue go first, then the pressing', () => {
  const late = unassigned('late', { dueAt: mondayNoon - hour, priority: 0 })
  const urgent = unassigned('urgent', { priority: 3 })
  const plan = planOf([...cases(3), urgent, late], planWorld([person('anna', 3)]))
  assert.deepEqual(
    plan.rows.map(row => row.caseId),
    ['late', 'urgent'],
  )
})

test('somebody full makes room by giving on to another who alone may take it', () => {
  const skilled = anEmployee('anna', { limit: 3, skills: ['egais'] })
  const plan = planOf(
    [...cases(2), ...['s1', 's2'].map(id => unassigned(id, { requiredSkill: 'egais' }))],
    planWorld([skilled, person('boris', 3)]),
  )
  assert.deepEqual([shares(plan), plan.left.length], [{ anna: 2, boris: 2 }, 0])
})

test('limits of kinds count as the larger ratio', () => {
  const orders = kindId('orders')
  const world = planWorld([
    anEmployee('anna', { limit: 20, kindLimits: { [orders]: 2 } }),
    anEmployee('boris', { limit: 20 }),
  ])
  const plan = planOf(cases(4, { kindId: orders }), world)
  assert.deepEqual(shares(plan), { boris: 4 })
})

test('who takes none of one kind still gets their share of the others', () => {
  const orders = kindId('orders')
  const world = planWorld([
    anEmployee('anna', { kindLimits: { [orders]: 0 } }),
    anEmployee('boris'),
  ])
  const [order] = [unassigned('order', { kindId: orders })]
  assert.deepEqual(shares(planOf([...cases(3), order], world)), { anna: 2, boris: 2 })
})

test('among equals a case goes to whoever knows the client, then to whoever waited longest', () => {
  const people = [
    anEmployee('anna', { lastAssignedAt: mondayNoon - hour }),
    anEmployee('boris', { lastAssignedAt: mondayNoon - day }),
  ]
  const client = clientId('client')
  const world = planWorld(people, [], {}, { acquainted: { [client]: [employeeId('anna')] } })
  const [first, second] = [unassigned('1'), unassigned('2', { clientId: client })]
  assert.deepEqual(planOf([first, second], world).rows, [
    { caseId: '1', employeeId: 'boris', isKept: false },
    { caseId: '2', employeeId: 'anna', isKept: false },
  ])
  assert.deepEqual(shares(planOf([first], world)), { boris: 1 })
})

test('who is back from leave is filled by a third of the limit a day for two days', () => {
  const back = (daysAgo: number) =>
    planWorld([person('anna', 9)], [], {
      absences: [
        anAbsence('anna', mondayNoon - 30 * day, Date.UTC(2026, 10, 22, 21) - daysAgo * day),
      ],
    })
  assert.deepEqual(shares(planOf(cases(9), back(0))), { anna: 3 })
  assert.deepEqual(shares(planOf(cases(9), back(1))), { anna: 3 })
  assert.deepEqual(shares(planOf(cases(9), back(2))), { anna: 8 })
  const given = unassigned('h', {
    responsibleId: employeeId('anna'),
    assignedAt: mondayNoon - hour,
  })
  const pointsToday = pointsGivenSince([given], mondayNoon - 12 * hour, back(0))
  const plan = planOf(cases(9), back(0), { pointsToday })
  assert.deepEqual(shares(plan), { anna: 2 })
  const [first] = cases(1)
  assert.ok(first)
  assert.deepEqual(whyLeft(first, plan).counts, [{ code: 'gradual', count: 1 }])
})

test('rows the head changed stand, and the rest is planned around them', () => {
  const kept: Kept = new Map<CaseId, EmployeeId | null>(
    cases(6).map(({ caseId }, place) => [caseId, place === 5 ? null : employeeId('anna')]),
  )
  const world = planWorld([person('anna'), person('boris')])
  const plan = planOf(cases(13), world, { kept })
  assert.deepEqual(shares(plan), { anna: 6, boris: 6, nobody: 1 })
  for (const row of plan.rows) assert.equal(row.isKept, kept.has(row.caseId))
})

interface Setting {
  readonly cases: readonly Case[]
  readonly world: DropWorld
}
const strangeSetting: fc.Arbitrary<Setting> = fc
  .tuple(arbitraryOrg, arbitraryCases, arbitraryKinds, nearInstant)
  .map(([org, all, kinds, now]) => {
    const index = indexOrg(org)
    const me = employeeId('e1')
    const world: DropWorld = {
      now,
      index,
      kinds,
      loads: loadsOf(all, { now, index, kinds, defaultLimit: 10, closed: {} }),
      acquainted: { [clientId('c1')]: [employeeId('e2'), employeeId('e3')] },
      clientOwners: { [clientId('c2')]: employeeId('e4') },
      scope: scopeOf(index, me, [], now),
      me,
      calendar: noCalendar,
      zone: 'Europe/Moscow',
    }
    const free = all.filter(one => one.responsibleId === null && one.status !== 'closed')
    return { cases: free, world }
  })

/** Departments of ordinary quality, in which much can be placed. */
const ordinarySetting: fc.Arbitrary<Setting> = fc
  .tuple(
    fc.nat(),
    fc.nat({ max: 24 }),
    fc.integer({ min: 1, max: 7 }),
    fc.nat({ max: 4 }),
    fc.boolean(),
  )
  .map(([seed, count, people, more, areKindsLimited]) => {
    const size = { cases: count, people, heaviest: 1 + more, areKindsLimited }
    return inventedDepartment(seed, size)
  })
const anySetting = fc.oneof(strangeSetting, ordinarySetting)

/** Everybody's given cases, judged together as the last of them would be. */
function isOkForAll({ rows }: Plan, { cases: all, world }: Setting, isKept = false): void {
  const chosen = rows.filter(row => row.isKept === isKept)
  const byPerson = Map.groupBy(chosen, row => row.employeeId)
  for (const [id, own] of byPerson) {
    const employee = id === null ? undefined : world.index.employeeById.get(id)
    assert.ok(employee)
    const given = own.flatMap(row => all.find(one => one.caseId === row.caseId) ?? [])
    for (const theCase of given) assert.notEqual(judge(theCase, employee, world).verdict, 'blocked')
    assert.equal(judge(given, employee, world).verdict, 'ok')
  }
}

test('a plan makes only drops that are ok, and every case is once in a row or left', () => {
  let placed = 0
  fc.assert(
    fc.property(anySetting, setting => {
      const plan = planOf(setting.cases, setting.world)
      isOkForAll(plan, setting)
      placed += plan.rows.length
      const all = [...plan.rows.map(row => row.caseId), ...plan.left]
      assert.deepEqual(all.toSorted(), setting.cases.map(one => one.caseId).toSorted())
    }),
    { numRuns: 600 },
  )
  assert.ok(placed > 500, `only ${placed} cases were placed`)
})

test('nothing is left that somebody could still get without a warning', () => {
  fc.assert(
    fc.property(anySetting, ({ cases: all, world }) => {
      const plan = planOf(all, world)
      for (const theCase of all.filter(({ caseId }) => plan.left.includes(caseId)))
        for (const { code } of whyLeft(theCase, plan).counts)
          if (code === 'gradual') assert.ok(world.index.org.absences.length > 0)
    }),
    { numRuns: 200 },
  )
})

test('the order in which cases and people come does not matter', () => {
  fc.assert(
    fc.property(anySetting, fc.infiniteStream(fc.nat()), ({ cases: all, world }, chances) => {
      const shuffled = <T>(list: readonly T[]) =>
        list
          .map(one => ({ one, key: chances.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one)
      const { org } = world.index
      const index = indexOrg({
        ...org,
        employees: shuffled(org.employees),
        posts: shuffled(org.posts),
      })
      const { rows, left } = planOf(all, world)
      const again = planOf(shuffled(all), { ...world, index })
      assert.deepEqual({ rows: again.rows, left: again.left }, { rows, left })
    }),
    { numRuns: 200 },
  )
})

test('kept rows are kept, and around them only ok drops are made', () => {
  fc.assert(
    fc.property(anySetting, fc.array(fc.nat({ max: 6 })), (setting, chances) => {
      const people = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', null]
      const kept = new Map<CaseId, EmployeeId | null>()
      chances.forEach((chance, place) => {
        const theCase = setting.cases[place]
        const id = people[chance] ?? null
        if (theCase) kept.set(theCase.caseId, id === null ? null : employeeId(id))
      })
      const plan = planOf(setting.cases, setting.world, { kept })
      for (const [caseId, employeeIdKept] of kept)
        assert.deepEqual(
          plan.rows.find(row => row.caseId === caseId),
          { caseId, employeeId: employeeIdKept, isKept: true },
        )
      const all = setting.cases.length
      assert.equal(plan.rows.length + plan.left.length, all)
    }),
    { numRuns: 200 },
  )
})

test('one person more never means fewer cases placed, where cases weigh the same', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const size = { cases: 20, people: 6, heaviest: 1, areKindsLimited: seed % 2 === 0 }
    const { world, cases: all, employees } = inventedDepartment(seed, size)
    const ids = employees.map(one => one.employeeId)
    const fewer = planOf(all, world, { candidates: ids.slice(1) })
    const more = planOf(all, world, { candidates: ids })
    assert.ok(more.rows.length >= fewer.rows.length, `seed ${seed}`)
  }
})
