import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryOrg } from '../testing/arbitrary.ts'
import {
  aDepartment,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  day,
  departmentId,
  employeeId,
  mondayNoon,
} from '../testing/invented.ts'
import { absenceAt, awayUntil, chainAbove, indexOrg, peopleOf, subtreeOf } from './org-index.ts'

const company = indexOrg(
  anOrg({
    departments: [
      aDepartment('top'),
      aDepartment('sales', 'top'),
      aDepartment('retail', 'sales'),
      aDepartment('legal', 'top'),
    ],
    posts: [aPost('top', 'ann', true), aPost('retail', 'bob'), aPost('sales', 'bob', true)],
    employees: [anEmployee('ann'), anEmployee('bob')],
  }),
)

test('a subtree is the roots and everything below them', () => {
  assert.deepEqual([...subtreeOf(company, [departmentId('sales')])], ['sales', 'retail'])
})

test('the chain above begins with the department itself and ends at the top', () => {
  assert.deepEqual(chainAbove(company, departmentId('retail')), ['retail', 'sales', 'top'])
})

test('a person of two departments is one of the people once', () => {
  const scope = subtreeOf(company, [departmentId('sales')])
  assert.deepEqual([...peopleOf(company, scope)], ['bob'])
})

test('a dismissed holder of the head post is no head', () => {
  const index = indexOrg(
    anOrg({
      departments: [aDepartment('d')],
      posts: [aPost('d', 'ann', true)],
      employees: [anEmployee('ann', { isDismissed: true })],
    }),
  )
  assert.equal(index.headOf.has(departmentId('d')), false)
})

test('of a circle of parents the lowest id is the top', () => {
  const index = indexOrg(
    anOrg({ departments: [aDepartment('c', 'b'), aDepartment('b', 'a'), aDepartment('a', 'c')] }),
  )
  assert.deepEqual(chainAbove(index, departmentId('c')), ['c', 'b', 'a'])
  assert.deepEqual(index.childrenOf.get(null), ['a'])
})

test('a department that is its own parent is a top', () => {
  const index = indexOrg(anOrg({ departments: [aDepartment('a', 'a')] }))
  assert.deepEqual(index.childrenOf.get(null), ['a'])
})

test('an absence covers its first instant and not its last', () => {
  const index = indexOrg(
    anOrg({
      employees: [anEmployee('ann')],
      absences: [anAbsence('ann', mondayNoon, mondayNoon + day)],
    }),
  )
  assert.equal(absenceAt(index, employeeId('ann'), mondayNoon - 1), null)
  assert.equal(absenceAt(index, employeeId('ann'), mondayNoon)?.kind, 'vacation')
  assert.equal(absenceAt(index, employeeId('ann'), mondayNoon + day), null)
})

test('a sick leave right after a vacation prolongs it', () => {
  const index = indexOrg(
    anOrg({
      employees: [anEmployee('ann')],
      absences: [
        anAbsence('ann', mondayNoon + day, mondayNoon + 3 * day, 'sick'),
        anAbsence('ann', mondayNoon - day, mondayNoon + day),
      ],
    }),
  )
  assert.equal(awayUntil(index, employeeId('ann'), mondayNoon), mondayNoon + 3 * day)
})

test('in any organisation every department is below exactly one top', () => {
  fc.assert(
    fc.property(arbitraryOrg, org => {
      const index = indexOrg(org)
      const tops = index.childrenOf.get(null) ?? []
      const below = tops.flatMap(top => [...subtreeOf(index, [top])])
      assert.deepEqual(
        below.toSorted(),
        org.departments.map(department => department.departmentId).toSorted(),
      )
    }),
  )
})

test('in any organisation a department is in the subtree of each one above it and of no other', () => {
  fc.assert(
    fc.property(arbitraryOrg, org => {
      const index = indexOrg(org)
      for (const { departmentId: id } of org.departments)
        for (const { departmentId: root } of org.departments)
          assert.equal(subtreeOf(index, [root]).has(id), chainAbove(index, id).includes(root))
    }),
  )
})

const sorted = <K, V>(map: ReadonlyMap<K, V>) =>
  [...map].toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))

test('the index does not depend on the order of the lists', () => {
  fc.assert(
    fc.property(arbitraryOrg, org => {
      const reversed = {
        ...org,
        departments: org.departments.toReversed(),
        posts: org.posts.toReversed(),
        employees: org.employees.toReversed(),
      }
      const [index, other] = [indexOrg(org), indexOrg(reversed)]
      assert.deepEqual(sorted(index.parentOf), sorted(other.parentOf))
      assert.deepEqual(sorted(index.childrenOf), sorted(other.childrenOf))
      assert.deepEqual(sorted(index.headOf), sorted(other.headOf))
      assert.deepEqual(sorted(index.postsOf), sorted(other.postsOf))
    }),
  )
})
