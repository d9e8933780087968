import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
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
import { everything, type Filter, shownOf } from './filter.ts'

const org = anOrg({
  departments: [aDepartment('top'), aDepartment('line', 'top'), aDepartment('other')],
  posts: [aPost('top', 'head', true), aPost('line', 'ann'), aPost('other', 'zoe')],
  employees: ['head', 'ann', 'zoe'].map(name => anEmployee(name)),
})
const inside = (department: string, who: string | null = null) => ({
  departmentId: departmentId(department),
  responsibleId: who === null ? null : employeeId(who),
})
const cases = [
  aCase('1', inside('top')),
  aCase('2', inside('line', 'ann')),
  aCase('3', inside('line')),
  aCase('4', inside('other', 'zoe')),
  aCase('5', { ...inside('other', 'ann'), isMasked: true }),
]

function shown(filter: Partial<Filter>, who = 'head', role: 'head' | 'employee' = 'head') {
  const departmentIds = role === 'head' ? [departmentId('top')] : []
  const world = worldOf(
    {
      me: { employeeId: employeeId(who), name: who, role, departmentIds },
      zone: 'Europe/Moscow',
      calendar: { daysOff: [], workingDays: [], shortDays: [], years: [2026] },
      org,
      kinds: new Map(),
      cases: new Map(cases.map(theCase => [theCase.caseId, theCase])),
      closed: {},
      acquainted: {},
      clientOwners: {},
      defaultLimit: 10,
    },
    mondayNoon,
  )
  const found = world ? shownOf(cases, { ...everything, ...filter }, world) : []
  return found.map(({ number }) => number).join(' ')
}

test('without a filter all of mine is shown, and nothing I may not read', () => {
  deepEqual([shown({}), shown({}, 'ann', 'employee')], ['1 2 3', '2'])
})

test('a department is shown with all below it, a person alone, and what nobody has', () => {
  deepEqual(
    [
      shown({ departmentId: departmentId('line') }),
      shown({ departmentId: departmentId('top') }),
      shown({ person: employeeId('ann') }),
      shown({ person: 'nobody' }),
      shown({ person: 'nobody', departmentId: departmentId('line') }),
    ],
    ['2 3', '1 2 3', '2', '1 3', '3'],
  )
})
