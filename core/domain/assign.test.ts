import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryCases, arbitraryKinds, arbitraryOrg, nearInstant } from '../testing/arbitrary.ts'
import {
  aCase,
  aDepartment,
  aKind,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  clientId,
  day,
  departmentId,
  employeeId,
  hour,
  kindId,
  mondayNoon,
} from '../testing/invented.ts'
import { type Judgement, judge, severityOf } from './assign.ts'
import { noCalendar, ordinaryWeek } from './calendar.ts'
import { isInInbox } from './case-state.ts'
import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import { isMine } from './dropped.ts'
import { scopeOf } from './head-for.ts'
import { fits } from './hint.ts'
import { loadsOf } from './load.ts'
import { indexOrg } from './org-index.ts'
import type { Employee, Org } from './org.ts'

const now = mondayNoon
const ann = employeeId('ann')
const head = employeeId('head')

interface Setting {
  readonly ann?: Partial<Employee>
  readonly org?: Partial<Org>
  readonly held?: number
  readonly world?: Partial<DropWorld>
}
function worldWith({ ann: over = {}, org = {}, held = 0, world = {} }: Setting = {}): DropWorld {
  const index = indexOrg(
    anOrg({
      departments: [aDepartment('centre'), aDepartment('legal')],
      posts: [aPost('centre', 'head', true), aPost('centre', 'ann'), aPost('legal', 'eve', true)],
      employees: [
        anEmployee('head'),
        anEmployee('ann', { limit: 10, ...over }),
        anEmployee('eve'),
        anEmployee('free', { isExternal: true }),
      ],
      ...org,
    }),
  )
  const kinds = new Map([aKind('k')].map(kind => [kind.kindId, kind]))
  const heldByAnn = Array.from({ length: held }, (_, i) => aCase(`h${i}`, { responsibleId: ann }))
  return {
    now,
    index,
    kinds,
    loads: loadsOf(heldByAnn, { now, index, kinds, defaultLimit: 10, closed: {} }),
    acquainted: {},
    scope: scopeOf(index, head, [], now),
    me: head,
    calendar: noCalendar,
    zone: 'Europe/Moscow',
    ...world,
  }
}
const dropped = (over: Partial<Case> = {}) =>
  aCase('1', { departmentId: departmentId('centre'), ...over })

function judged(setting: Setting, cases: Case | readonly Case[] = dropped(), to = ann): Judgement {
  const world = worldWith(setting)
  const employee = world.index.employeeById.get(to)
  assert.ok(employee)
  return judge(cases, employee, world)
}
const warned = { code: 'load', after: 1, limit: 10 }

test('a drop on a person with room is fine and says the load after it', () => {
  assert.deepEqual(judged({ held: 5 }), {
    verdict: 'ok',
    reasons: [{ code: 'load', after: 6, limit: 10 }],
    loadAfter: 6,
    limit: 10,
    utilisationAfter: 0.6,
  })
})

test('a drop on a dismissed person is blocked', () => {
  const { verdict, reasons } = judged({ ann: { isDismissed: true } })
  assert.equal(verdict, 'blocked')
  assert.deepEqual(reasons[0], { code: 'dismissed' })
})

test('a drop on a person away past the due is blocked, away but back before it is a warning', () => {
  const org = { absences: [anAbsence('ann', now - day, now + day)] }
  const until = { kind: 'vacation', untilAt: now + day }
  assert.deepEqual(judged({ org }, dropped({ dueAt: now + hour })).reasons[0], {
    code: 'absentPastDue',
    ...until,
  })
  for (const dueAt of [now + day, now + 2 * day, null]) {
    const { verdict, reasons } = judged({ org }, dropped({ dueAt }))
    assert.equal(verdict, 'warn')
    assert.deepEqual(reasons, [{ code: 'absentNow', ...until }, warned])
  }
})

test('a limit of zero takes none: in all, or of a kind', () => {
  assert.equal(judged({ ann: { limit: 0 } }).verdict, 'blocked')
  const noneOfKind = { ann: { kindLimits: { k: 0 } } }
  assert.deepEqual(judged(noneOfKind, dropped({ kindId: kindId('k') })).reasons[0], {
    code: 'limitZero',
  })
  assert.equal(judged(noneOfKind).verdict, 'ok')
})

test('a person excluded by a rule is blocked, with the name of the rule', () => {
  const excluded = new Map([[ann, 'Стажёры']])
  assert.deepEqual(judged({ world: { excluded } }).reasons[0], {
    code: 'excluded',
    rule: 'Стажёры',
  })
})

test('nobody gives out what lies outside the scope, nor to people outside it', () => {
  const elsewhere = dropped({ departmentId: departmentId('legal') })
  assert.deepEqual(judged({}, elsewhere).reasons[0], { code: 'noRight' })
  assert.deepEqual(judged({}, dropped(), employeeId('eve')).reasons[0], { code: 'noRight' })
  assert.deepEqual(judged({}, dropped({ isMasked: true })).reasons[0], { code: 'noRight' })
})

test('what a person of the scope holds may be given to another, wherever it lies', () => {
  const held = dropped({ departmentId: departmentId('legal'), responsibleId: ann })
  assert.equal(judged({}, held, head).verdict, 'ok')
})

test('an external person of no department may be given cases', () => {
  assert.equal(judged({}, dropped(), employeeId('free')).verdict, 'ok')
})

test('at the limit after the drop is a warning, and so is over it', () => {
  assert.equal(judged({ held: 8 }).verdict, 'ok')
  assert.deepEqual(judged({ held: 9 }).reasons[0], { code: 'overLimit', after: 10, limit: 10 })
  assert.deepEqual(judged({ held: 10 }).reasons[0], { code: 'overLimit', after: 11, limit: 10 })
})

test('the tighter limit of a kind warns with its own numbers', () => {
  const { reasons } = judged(
    { ann: { kindLimits: { k: 1 } }, held: 3 },
    dropped({ kindId: kindId('k') }),
  )
  assert.deepEqual(reasons[0], { code: 'overKindLimit', after: 1, limit: 1, name: 'Вид k' })
})

test('outside hours is a warning with the time the person starts', () => {
  const setting = { ann: { week: ordinaryWeek }, world: { now: now + 8 * hour } }
  assert.deepEqual(judged(setting).reasons[0], { code: 'outsideHours', opensAt: now + 21 * hour })
})

test('a day not open is a warning, an unknown one is not', () => {
  assert.deepEqual(judged({ ann: { isDayOpen: false } }).reasons[0], { code: 'dayClosed' })
  assert.equal(judged({ ann: { isDayOpen: null } }).verdict, 'ok')
  assert.equal(judged({ ann: { isDayOpen: true } }).verdict, 'ok')
})

test('a lacking skill is a warning', () => {
  const needs = dropped({ requiredSkill: 'egais' })
  assert.deepEqual(judged({}, needs).reasons[0], { code: 'lacksSkill', skill: 'egais' })
  assert.equal(judged({ ann: { skills: ['egais'] } }, needs).verdict, 'ok')
})

test('the client of somebody else is a warning, an own client is good to know', () => {
  const ofClient = dropped({ clientId: clientId('c') })
  const owned = { world: { clientOwners: { [clientId('c')]: ann } } }
  assert.deepEqual(judged(owned, ofClient).reasons.at(-1), { code: 'leadsClient' })
  assert.deepEqual(judged(owned, ofClient, head).reasons[0], {
    code: 'clientOfOther',
    employeeId: 'ann',
    name: 'ann',
  })
  const dismissed = { ...owned, ann: { isDismissed: true } }
  assert.equal(judged(dismissed, ofClient, head).verdict, 'ok')
})

test('who knows the client and when a person will be free is said', () => {
  const world = {
    acquainted: { [clientId('c')]: [ann] },
    freeAt: new Map([[ann, now + hour]]),
  }
  assert.deepEqual(judged({ world }, dropped({ clientId: clientId('c') })).reasons, [
    warned,
    { code: 'knowsClient' },
    { code: 'freeAt', at: now + hour },
  ])
})

test('a drop of many adds them all up and says each reason once', () => {
  const many = [1, 2, 3].map(n => dropped({ caseId: aCase(`${n}`).caseId, requiredSkill: 'egais' }))
  const { verdict, reasons, loadAfter } = judged({ held: 7 }, many)
  assert.equal(verdict, 'warn')
  assert.equal(loadAfter, 10)
  assert.deepEqual(
    reasons.map(reason => reason.code),
    ['lacksSkill', 'overLimit', 'load'],
  )
})

test('one case of many that is not mine blocks the drop', () => {
  const many = [dropped(), dropped({ departmentId: departmentId('legal') })]
  assert.equal(judged({}, many).verdict, 'blocked')
})

test('«5 из 12 поместятся»: as many as fit under the limit, light ones first', () => {
  const world = worldWith({ held: 5 })
  const [annNow, eve] = [ann, employeeId('eve')].map(id => world.index.employeeById.get(id))
  assert.ok(annNow && eve)
  const twelve = Array.from({ length: 12 }, (_, i) => dropped({ caseId: aCase(`${i}`).caseId }))
  assert.equal(fits(twelve, annNow, world), 5)
  assert.equal(fits(twelve, eve, world), 0)
  const heavyFirst = [4, 4, 1, 1].map(weight => dropped({ weight }))
  assert.equal(fits(heavyFirst, annNow, world), 2)
})

const arbitraryWorld = fc
  .record({
    org: arbitraryOrg,
    kinds: arbitraryKinds,
    now: nearInstant,
    held: arbitraryCases,
    me: fc.constantFrom('e1', 'e2', 'e3').map(employeeId),
  })
  .map(({ org, held, ...rest }): DropWorld => {
    const index = indexOrg(org)
    return {
      ...rest,
      index,
      loads: loadsOf(held, { ...rest, index, defaultLimit: 10, closed: {} }),
      acquainted: { [clientId('c1')]: [employeeId('e1'), employeeId('e4')] },
      scope: scopeOf(index, rest.me, [], rest.now),
      calendar: noCalendar,
      zone: 'Europe/Moscow',
      clientOwners: { [clientId('c2')]: employeeId('e2') },
    }
  })

test('a verdict is that of its strongest reason, and reasons come strongest first', () => {
  const order = ['blocked', 'warn', 'information']
  fc.assert(
    fc.property(arbitraryWorld, arbitraryCases, (world, cases) => {
      for (const employee of world.index.org.employees) {
        const { verdict, reasons } = judge(cases, employee, world)
        const severities = reasons.map(severityOf)
        assert.deepEqual(
          severities,
          severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
        )
        assert.equal(verdict, severities[0] === 'information' ? 'ok' : severities[0])
      }
    }),
    { numRuns: 300 },
  )
})

test('every case of my inbox is mine to give out', () => {
  fc.assert(
    fc.property(arbitraryWorld, arbitraryCases, (world, cases) => {
      for (const theCase of cases)
        if (!theCase.isMasked && isInInbox(theCase, { ...world, fallback: null }))
          assert.equal(isMine(theCase, world), true)
    }),
    { numRuns: 300 },
  )
})

test('what fits never goes over the limit, and one more would', () => {
  fc.assert(
    fc.property(arbitraryWorld, fc.integer({ min: 0, max: 20 }), (world, count) => {
      const cases = Array.from({ length: count }, (_, i) => aCase(`${i}`))
      for (const employee of world.index.org.employees) {
        const fitting = fits(cases, employee, world)
        const utilisation = (n: number) =>
          judge(cases.slice(0, n), employee, world).utilisationAfter
        const isBlocked = judge(aCase('0'), employee, world).verdict === 'blocked'
        assert.equal(fitting > 0 && isBlocked, false)
        if (fitting > 0) assert.ok(utilisation(fitting) <= 1)
        if (!isBlocked && fitting < count) assert.ok(utilisation(fitting + 1) > 1)
      }
    }),
  )
})
