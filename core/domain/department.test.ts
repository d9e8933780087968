import assert from 'node:assert/strict'
import { test } from 'node:test'
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
} from '../testing/invented.ts'
import { departmentOf, hoursPerPointOf, zoneOf } from './department.ts'
import { indexOrg } from './org-index.ts'

const index = indexOrg(
  anOrg({
    departments: [
      aDepartment('a-top', null, { hoursPerPoint: 2, zone: 'Europe/Samara' }),
      aDepartment('b-centre', 'a-top'),
      aDepartment('c-returns', 'b-centre', { zone: 'Asia/Omsk' }),
      aDepartment('d-legal', 'a-top', { hoursPerPoint: 4 }),
    ],
    posts: [aPost('c-returns', 'ann'), aPost('b-centre', 'ann'), aPost('d-legal', 'ann')],
    employees: [anEmployee('ann'), anEmployee('bob', { isExternal: true })],
  }),
)
const kinds = new Map(
  [aKind('k', { departmentId: departmentId('d-legal') })].map(k => [k.kindId, k]),
)
const centre = departmentId('b-centre')

test("the case's own department answers first", () => {
  const theCase = aCase('1', { departmentId: departmentId('c-returns'), kindId: kindId('k') })
  assert.equal(departmentOf(theCase, index, kinds, centre), 'c-returns')
})

test('then the mapping of its kind', () => {
  const theCase = aCase('1', { kindId: kindId('k'), responsibleId: employeeId('ann') })
  assert.equal(departmentOf(theCase, index, kinds, centre), 'd-legal')
})

test('then the lowest department of the responsible within that of the head', () => {
  const theCase = aCase('1', { responsibleId: employeeId('ann') })
  assert.equal(departmentOf(theCase, index, kinds, centre), 'b-centre')
  assert.equal(departmentOf(theCase, index, kinds, departmentId('c-returns')), 'c-returns')
})

test("then the head's department", () => {
  const theCase = aCase('1', { responsibleId: employeeId('bob') })
  assert.equal(departmentOf(theCase, index, kinds, centre), 'b-centre')
  assert.equal(departmentOf(theCase, index, kinds, null), null)
})

test('a department the organisation does not know does not answer', () => {
  const theCase = aCase('1', { departmentId: departmentId('gone'), kindId: kindId('gone') })
  assert.equal(departmentOf(theCase, index, kinds, centre), 'b-centre')
})

test('zone and hours per point come from the department or the nearest one above', () => {
  assert.equal(zoneOf(index, employeeId('ann'), 'Europe/Moscow'), 'Europe/Samara')
  assert.equal(zoneOf(index, employeeId('bob'), 'Europe/Moscow'), 'Europe/Moscow')
  assert.equal(hoursPerPointOf(index, [departmentId('c-returns')]), 2)
  assert.equal(hoursPerPointOf(index, [departmentId('d-legal')]), 4)
  assert.equal(hoursPerPointOf(index, []), 1)
})
