import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  arbitraryCase,
  arbitraryCases,
  arbitraryKinds,
  arbitraryOrg,
  nearInstant,
} from '../testing/arbitrary.ts'
import {
  aCase,
  aDepartment,
  aKind,
  anEmployee,
  anOrg,
  aPost,
  departmentId,
  employeeId,
  kindId,
  mondayNoon,
} from '../testing/invented.ts'
import { isCounted, stateOf } from './case-state.ts'
import type { Case } from './case.ts'
import {
  limitOf,
  loadOf,
  loadsOf,
  type LoadWorld,
  type PersonLoad,
  utilisationAfter,
  weightOf,
} from './load.ts'
import { indexOrg, peopleOf, subtreeOf } from './org-index.ts'
import type { Employee } from './org.ts'
import { rollUp } from './roll-up.ts'

const now = mondayNoon
const ann = employeeId('ann')

const worldWith = (over: Partial<Employee> = {}): LoadWorld => ({
  now,
  index: indexOrg(
    anOrg({
      departments: [aDepartment('top', null, { defaultLimit: 8 }), aDepartment('centre', 'top')],
      posts: [aPost('centre', 'ann')],
      employees: [anEmployee('ann', over), anEmployee('bob')],
    }),
  ),
  kinds: new Map([aKind('k')].map(kind => [kind.kindId, kind])),
  defaultLimit: 10,
  closed: { [ann]: { month: 7, today: 1, days30: 9 } },
})
const held = (id: string, over: Partial<Case> = {}) => aCase(id, { responsibleId: ann, ...over })
const loadOfAnn = (cases: readonly Case[], world = worldWith()): PersonLoad => {
  const load = loadsOf(cases, world).get(ann)
  assert.ok(load)
  return load
}

test('work and overdue work weigh, what waits does not', () => {
  const load = loadOfAnn([
    held('1', { weight: 2 }),
    held('2', { dueAt: now - 1, weight: 3 }),
    held('3', { status: 'waiting' }),
    held('4', { deferredUntil: now + 1 }),
    held('5', { status: 'awaitingApproval' }),
    held('6', { status: 'closed' }),
  ])
  assert.equal(load.points, 5)
  assert.deepEqual(load.counts, {
    inWork: 3,
    overdue: 1,
    deferred: 1,
    awaitingApproval: 1,
    closed: 7,
  })
})

function limitWith(over: Partial<Employee>, id = 'ann'): number {
  const { index } = worldWith(over)
  const employee = index.employeeById.get(employeeId(id))
  assert.ok(employee)
  return limitOf(index, employee, 10)
}

test("the limit is the person's, else the department's or its parent's, else the workspace's", () => {
  assert.equal(limitWith({ limit: 3 }), 3)
  assert.equal(limitWith({ limit: 0 }), 0)
  assert.equal(limitWith({}), 8)
  assert.equal(limitWith({}, 'bob'), 10)
})

test('utilisation is the larger of the total and of the kinds with a limit', () => {
  const kind = { kindId: kindId('k') }
  const world = worldWith({ limit: 10, kindLimits: { k: 2 } })
  assert.equal(loadOfAnn([held('1', kind), held('2'), held('3')], world).utilisation, 0.5)
  assert.equal(loadOfAnn([held('1'), held('2'), held('3'), held('4')], world).utilisation, 0.4)
  assert.deepEqual(
    [...loadOfAnn([held('1', kind)], world).byKind],
    [['k', { points: 1, limit: 2 }]],
  )
})

test('any work over a limit of zero is endlessly much, no work is none', () => {
  const world = worldWith({ limit: 0 })
  assert.equal(loadOfAnn([held('1')], world).utilisation, Infinity)
  assert.equal(loadOfAnn([], world).utilisation, 0)
})

test("the head's own weight of a kind replaces that of its cases", () => {
  const kinds = new Map([aKind('k', { localWeight: 4 })].map(kind => [kind.kindId, kind]))
  assert.equal(weightOf(aCase('1', { kindId: kindId('k'), weight: 2 }), kinds), 4)
  assert.equal(weightOf(aCase('1', { kindId: kindId('other'), weight: 2 }), kinds), 2)
  assert.equal(weightOf(aCase('1', { weight: 2 }), kinds), 2)
})

test('a case the person already holds adds nothing', () => {
  const world = worldWith({ limit: 10 })
  const load = loadOfAnn([held('1')], world)
  assert.equal(utilisationAfter(load, [held('1')], world), 0.1)
  assert.equal(utilisationAfter(load, [aCase('2')], world), 0.2)
})

test('a person the organisation does not know has a load too', () => {
  const stranger = employeeId('stranger')
  const loads = loadsOf([aCase('1', { responsibleId: stranger })], worldWith())
  assert.equal(loads.get(stranger)?.points, 1)
})

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

const arbitraryWorld = fc
  .record({ org: arbitraryOrg, kinds: arbitraryKinds, now: nearInstant })
  .map(({ org, kinds, now: at }): LoadWorld => {
    return { now: at, kinds, index: indexOrg(org), defaultLimit: 10, closed: {} }
  })

test('all points of all loads are the weights of the counted cases somebody holds', () => {
  fc.assert(
    fc.property(arbitraryCases, arbitraryWorld, (cases, world) => {
      const counted = cases.filter(one => one.responsibleId && isCounted(one, world.now))
      assert.equal(
        sum([...loadsOf(cases, world).values()].map(load => load.points)),
        sum(counted.map(one => weightOf(one, world.kinds))),
      )
    }),
    { numRuns: 500 },
  )
})

test('the counts of all loads are the open cases somebody holds, each once', () => {
  fc.assert(
    fc.property(arbitraryCases, arbitraryWorld, (cases, world) => {
      const open = cases.filter(one => one.responsibleId && stateOf(one, world.now) !== 'closed')
      const counts = [...loadsOf(cases, world).values()].map(load => load.counts)
      const total = counts.reduce((n, c) => n + c.inWork + c.deferred + c.awaitingApproval, 0)
      assert.equal(total, open.length)
    }),
  )
})

test('one more case never lowers points or utilisation', () => {
  fc.assert(
    fc.property(arbitraryCases, arbitraryCase, arbitraryWorld, (cases, added, world) => {
      for (const { employeeId: id } of world.index.org.employees) {
        const own = cases.filter(one => one.responsibleId === id)
        const before = loadOf(id, own, world)
        const after = loadOf(id, [...own, { ...added, responsibleId: id }], world)
        assert.ok(after.points >= before.points)
        assert.ok(after.utilisation >= before.utilisation)
      }
    }),
    { numRuns: 500 },
  )
})

test('utilisation foretold before a drop is the utilisation after it', () => {
  fc.assert(
    fc.property(arbitraryCases, arbitraryCases, arbitraryWorld, (cases, dropped, world) => {
      for (const { employeeId: id } of world.index.org.employees) {
        const own = cases.filter(one => one.responsibleId === id)
        const foretold = utilisationAfter(loadOf(id, own, world), dropped, world)
        const given = dropped
          .filter(one => one.responsibleId !== id)
          .map(one => ({ ...one, responsibleId: id }))
        const { utilisation } = loadOf(id, [...own, ...given], world)
        assert.ok(utilisation === foretold || Math.abs(utilisation - foretold) < 1e-9)
      }
    }),
    { numRuns: 300 },
  )
})

test('a roll-up counts each person once, and the tops together hold everybody who has a post', () => {
  fc.assert(
    fc.property(arbitraryCases, arbitraryWorld, (cases, world) => {
      const { index } = world
      const loads = loadsOf(cases, world)
      for (const { departmentId: id } of index.org.departments) {
        const people = [...peopleOf(index, subtreeOf(index, [id]))].filter(one => loads.has(one))
        const rolled = rollUp(index, id, loads)
        assert.equal(rolled.people, people.length)
        assert.equal(rolled.points, sum(people.map(one => loads.get(one)?.points ?? 0)))
      }
    }),
  )
})

test('a person with posts in a department and below it is counted once there', () => {
  const index = indexOrg(
    anOrg({
      departments: [aDepartment('top'), aDepartment('centre', 'top')],
      posts: [aPost('top', 'ann', true), aPost('centre', 'ann', true)],
      employees: [anEmployee('ann', { limit: 5 })],
    }),
  )
  const world = { ...worldWith(), index }
  const rolled = rollUp(index, departmentId('top'), loadsOf([held('1')], world))
  assert.equal(rolled.people, 1)
  assert.equal(rolled.points, 1)
  assert.equal(rolled.limit, 5)
})
