import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { ordinaryWeek } from '../../core/domain/calendar.ts'
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
import { worldOf } from '../state/world.ts'
import { groupsOf } from './groups.ts'

const week = ordinaryWeek
const org = anOrg({
  departments: [aDepartment('top'), aDepartment('line', 'top'), aDepartment('other')],
  posts: [
    aPost('top', 'head', true),
    aPost('line', 'ann'),
    aPost('line', 'bob'),
    aPost('other', 'ann'),
    aPost('other', 'zoe'),
  ],
  employees: [
    ...['head', 'ann', 'bob', 'zoe'].map(name => anEmployee(name, { name, week })),
    anEmployee('gone', { isDismissed: true }),
    anEmployee('lone', { name: 'lone', isExternal: true, week }),
  ],
})

/** What somebody sees: departments with their people in order. */
function seenBy(
  who: string,
  role: 'head' | 'employee' | 'external',
  { cases = [], typed = '' }: { readonly cases?: readonly Case[]; readonly typed?: string } = {},
) {
  const byId = new Map(cases.map(theCase => [theCase.caseId, theCase]))
  const departmentIds = role === 'head' ? [departmentId('top')] : []
  const world = worldOf(
    {
      me: { employeeId: employeeId(who), name: who, role, departmentIds },
      zone: 'Europe/Moscow',
      calendar: { daysOff: [], workingDays: [], shortDays: [], years: [2026] },
      org,
      kinds: new Map(),
      cases: byId,
      closed: {},
      acquainted: {},
      clientOwners: {},
      defaultLimit: 10,
    },
    mondayNoon,
  )
  const groups = world ? groupsOf(byId, world, typed) : []
  return groups.map(({ name, people, free }) => [
    name,
    people.map(({ employee }) => employee.name).join(' '),
    free,
  ])
}
const nameOf = (id: string) => aDepartment(id).name
const heldBy = (who: string) => aCase(`of ${who}`, { responsibleId: employeeId(who) })

test('a head sees the departments of the scope, the free people first', () => {
  deepEqual(seenBy('head', 'head', { cases: [heldBy('ann')] }), [
    [nameOf('line'), 'bob ann', 1],
    [nameOf('top'), 'head', 1],
  ])
})

test('an employee sees the own departments, and nobody twice in one', () => {
  deepEqual(seenBy('ann', 'employee'), [
    [nameOf('line'), 'ann bob', 2],
    [nameOf('other'), 'ann zoe', 2],
  ])
})

test('who belongs to no department sees themselves', () => {
  deepEqual(seenBy('lone', 'external', { cases: [heldBy('lone')] }), [['lone', 'lone', 0]])
})

test('a name typed leaves those it begins, and no empty department', () => {
  deepEqual(seenBy('head', 'head', { typed: 'bo' }), [[nameOf('line'), 'bob', 1]])
})
