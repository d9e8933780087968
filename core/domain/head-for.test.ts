import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryOrg, nearInstant } from '../testing/arbitrary.ts'
import {
  aDepartment,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  aSubstitution,
  day,
  departmentId,
  employeeId,
  mondayNoon,
} from '../testing/invented.ts'
import { headFor, scopeOf } from './head-for.ts'
import { absenceAt, indexOrg } from './org-index.ts'
import type { Org } from './org.ts'

const now = mondayNoon
const [centre, nobody] = [departmentId('centre'), departmentId('nobody')]

const companyWith = (over: Partial<Org> = {}) =>
  indexOrg(
    anOrg({
      departments: [aDepartment('top'), aDepartment('centre', 'top'), aDepartment('nobody', 'top')],
      posts: [
        aPost('top', 'chief', true),
        aPost('centre', 'head', true),
        aPost('centre', 'deputy'),
      ],
      employees: [anEmployee('chief'), anEmployee('head'), anEmployee('deputy')],
      ...over,
    }),
  )
const away = (id: string) => anAbsence(id, now - day, now + day)

test('a case of a department belongs to its head', () => {
  assert.deepEqual(headFor(companyWith(), centre, now), { headId: 'head', path: [] })
})

test('the substitute answers while the head is away', () => {
  const index = companyWith({
    absences: [away('head')],
    substitutions: [aSubstitution('head', 'deputy')],
  })
  assert.deepEqual(headFor(index, centre, now), {
    headId: 'deputy',
    path: [
      { code: 'headAway', name: 'head', kind: 'vacation', untilAt: now + day },
      { code: 'substitutes', name: 'deputy' },
    ],
  })
})

test('the head answers while present, whoever may substitute', () => {
  const index = companyWith({ substitutions: [aSubstitution('head', 'deputy')] })
  assert.equal(headFor(index, centre, now).headId, 'head')
})

test('with head and substitute away the head above answers', () => {
  const index = companyWith({
    absences: [away('head'), away('deputy')],
    substitutions: [aSubstitution('head', 'deputy')],
  })
  assert.equal(headFor(index, centre, now).headId, 'chief')
})

test('a substitution that is over is none', () => {
  const index = companyWith({
    absences: [away('head')],
    substitutions: [aSubstitution('head', 'deputy', now - day, now)],
  })
  assert.equal(headFor(index, centre, now).headId, 'chief')
})

test('a department without a head leads to the head above, and it says so', () => {
  assert.deepEqual(headFor(companyWith(), nobody, now), {
    headId: 'chief',
    path: [{ code: 'noHead', department: 'Отдел nobody' }],
  })
})

test('a case of no department belongs to the top, and it says so', () => {
  assert.deepEqual(headFor(companyWith(), null, now), {
    headId: 'chief',
    path: [{ code: 'noDepartment' }],
  })
})

test('a case of a department that is gone belongs to the top', () => {
  assert.deepEqual(headFor(companyWith(), departmentId('gone'), now), {
    headId: 'chief',
    path: [{ code: 'departmentUnknown' }],
  })
})

test('with everybody above away the nearest head who is there answers', () => {
  const answer = headFor(companyWith({ absences: [away('chief')] }), nobody, now)
  assert.equal(answer.headId, 'head')
  assert.deepEqual(answer.path.at(-1), { code: 'headElsewhere' })
})

test('with every head away the one who returns first answers', () => {
  const absences = [anAbsence('chief', 0, now + 2 * day), anAbsence('head', 0, now + day)]
  const answer = headFor(companyWith({ absences }), nobody, now)
  assert.equal(answer.headId, 'head')
  assert.deepEqual(answer.path.at(-1), { code: 'everyHeadAway' })
})

test('only an organisation without any head answers nobody, and it says so', () => {
  const answer = headFor(companyWith({ posts: [] }), centre, now)
  assert.equal(answer.headId, null)
  assert.deepEqual(answer.path.at(-1), { code: 'noHeadAtAll' })
})

test('in any organisation a case belongs to nobody only when there is no head at all', () => {
  fc.assert(
    fc.property(arbitraryOrg, nearInstant, (org, at) => {
      const index = indexOrg(org)
      const hasHead = org.departments.some(one => index.headOf.has(one.departmentId))
      for (const id of [null, departmentId('gone'), ...org.departments.map(d => d.departmentId)])
        assert.equal(headFor(index, id, at).headId !== null, hasHead)
    }),
    { numRuns: 1000 },
  )
})

test('in any organisation nobody away answers while a head is there, and nobody dismissed ever', () => {
  fc.assert(
    fc.property(arbitraryOrg, nearInstant, (org, at) => {
      const index = indexOrg(org)
      const heads = org.departments.flatMap(one => index.headOf.get(one.departmentId) ?? [])
      const isSomebodyThere = heads.some(id => !absenceAt(index, id, at))
      for (const { departmentId: id } of org.departments) {
        const { headId } = headFor(index, id, at)
        if (headId === null) continue
        assert.equal(index.employeeById.get(headId)?.isDismissed, false)
        if (isSomebodyThere) assert.equal(absenceAt(index, headId, at), null)
      }
    }),
    { numRuns: 1000 },
  )
})

test('the scope of a head is the own departments and all below', () => {
  const index = companyWith()
  assert.deepEqual([...scopeOf(index, employeeId('head'), [], now)], ['centre'])
  assert.deepEqual([...scopeOf(index, employeeId('chief'), [], now)].toSorted(), [
    'centre',
    'nobody',
    'top',
  ])
})

test('a substitute has the scope of the head while the substitution lasts', () => {
  const index = companyWith({ substitutions: [aSubstitution('head', 'deputy', now, now + day)] })
  assert.deepEqual([...scopeOf(index, employeeId('deputy'), [], now - 1)], [])
  assert.deepEqual([...scopeOf(index, employeeId('deputy'), [], now)], ['centre'])
  assert.deepEqual([...scopeOf(index, employeeId('deputy'), [], now + day)], [])
})

test('a dispatcher has the named departments, unknown ones left out', () => {
  const extra = [nobody, departmentId('gone')]
  assert.deepEqual([...scopeOf(companyWith(), employeeId('deputy'), extra, now)], ['nobody'])
})
