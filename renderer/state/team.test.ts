import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { Case } from '../../core/domain/case.ts'
import {
  aCase,
  aDepartment,
  anEmployee,
  anOrg,
  aPost,
  departmentId,
  employeeId,
  mondayNoon,
} from '../../core/testing/invented.ts'
import { teamOf } from './team.ts'
import { worldOf } from './world.ts'

const org = anOrg({
  departments: [aDepartment('top'), aDepartment('line', 'top')],
  posts: [aPost('top', 'head', true), aPost('line', 'ann'), aPost('line', 'bob')],
  employees: [
    anEmployee('head', { limit: 10 }),
    anEmployee('ann', { limit: 10 }),
    anEmployee('bob', { limit: 10, isDismissed: true }),
    anEmployee('gone', { isDismissed: true }),
    anEmployee('forgotten', { isDismissed: true }),
  ],
})

/** Whom each department shows, and its limit. */
function shown(...cases: readonly Case[]) {
  const facts = {
    me: { employeeId: employeeId('head'), role: 'head', departmentIds: [departmentId('top')] },
    zone: 'Europe/Moscow',
    calendar: { daysOff: [], workingDays: [], shortDays: [], years: [2026] },
    org,
    kinds: new Map(),
    cases: new Map(cases.map(theCase => [theCase.caseId, theCase])),
    closed: {},
    acquainted: {},
    clientOwners: {},
    defaultLimit: 10,
  } as const
  const world = worldOf(facts, mondayNoon)
  const [top] = world ? teamOf(world) : []
  const names = (node: typeof top) => node?.people.map(one => String(one.employeeId))
  return { top: names(top), line: names(top?.children[0]), limit: top?.limit }
}

const heldBy = (who: string, over: Partial<Case> = {}) =>
  aCase(`of ${who}`, { responsibleId: employeeId(who), ...over })

test('dismissed people are in sight while they hold something, with a post or without', () => {
  deepEqual(shown(), { top: ['head'], line: ['ann'], limit: 20 })
  deepEqual(shown(heldBy('gone'), heldBy('bob')), {
    top: ['head', 'gone'],
    line: ['ann', 'bob'],
    limit: 20,
  })
})

test('what they hold may wait as well', () => {
  const later = { deferredUntil: mondayNoon + 1 }
  deepEqual(shown(heldBy('gone', later), heldBy('bob', { status: 'awaitingApproval' })), {
    top: ['head', 'gone'],
    line: ['ann', 'bob'],
    limit: 20,
  })
})
