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
import { checkEdit } from './check-org-edit.ts'
import type { EditId } from './id.ts'
import {
  addressOf,
  applyEdit,
  baseOf,
  differingFields,
  fieldNames,
  inverseOf,
  isOnTopOf,
  isSameFields,
  type OrgEdit,
  type OrgEntity,
  type OrgFields,
  type OrgWish,
} from './org-edit.ts'
import { indexOrg } from './org-index.ts'
import type { Org } from './org.ts'

const org = anOrg({
  departments: [aDepartment('top'), aDepartment('sales', 'top'), aDepartment('shift', 'sales')],
  posts: [aPost('sales', 'anna', true), aPost('sales', 'vera')],
  employees: [
    anEmployee('anna'),
    anEmployee('vera'),
    anEmployee('gone', { isDismissed: true, name: 'Ушедший' }),
  ],
  absences: [anAbsence('vera', mondayNoon, mondayNoon + day)],
  substitutions: [aSubstitution('anna', 'vera', mondayNoon, mondayNoon + day)],
})

const wish = (
  entity: OrgEntity,
  id: string,
  want: OrgFields,
  kind: OrgEdit['kind'] = 'set',
): OrgWish => ({ ...addressOf(entity, id), kind, want })
const codesOf = (edit: OrgWish & { takesBack?: string }, of: Org = org) =>
  checkEdit(of, edit).map(({ code, field }) => `${field}: ${code.replace('orgEdit.reason.', '')}`)
const post = (place: string) => `sales/${place}`

test('an edit that can be made has no reason against it', () => {
  const fine = [
    wish('department', 'sales', { name: 'Продажи', defaultLimit: 0, zone: 'Asia/Omsk' }),
    wish('department', 'shift', { parentId: departmentId('top') }),
    wish('department', 'new', { name: 'Новое', parentId: departmentId('sales') }, 'add'),
    wish('post', post('vera/member'), { employeeId: null }),
    wish('post', post('vera/member'), {}, 'remove'),
    wish('post', 'p', { name: 'Старший', departmentId: departmentId('top'), isHead: true }, 'add'),
    wish('employee', 'new', { name: 'Новый', isExternal: true, limit: 5 }, 'add'),
    wish('employee', 'vera', { kindLimits: { deal: 3 }, skills: ['egais'], limit: null }),
    wish('employee', 'vera', { isDismissed: true }),
    wish('absence', `vera@${mondayNoon}`, { untilAt: mondayNoon + 2 * day }),
    wish('substitution', 'anna->vera', {}, 'remove'),
  ]
  for (const edit of fine) assert.deepEqual(codesOf(edit), [], JSON.stringify(edit))
})

test('what cannot be is refused with the field it is about', () => {
  const absence = { employeeId: employeeId('vera'), fromAt: 2, untilAt: 2 }
  const refused: readonly (readonly [OrgWish, string])[] = [
    [wish('department', 'sales', { name: ' ' }), 'name: nameEmpty'],
    [wish('department', 'x', { parentId: null }, 'add'), 'name: nameEmpty'],
    [wish('department', 'sales', { name: 'я'.repeat(301) }), 'name: nameLong'],
    [wish('department', 'top', { parentId: departmentId('shift') }), 'parentId: cycle'],
    [wish('department', 'top', { parentId: departmentId('top') }), 'parentId: cycle'],
    [wish('department', 'sales', { parentId: departmentId('?') }), 'parentId: unknownDepartment'],
    [wish('department', 'sales', { defaultLimit: 1001 }), 'defaultLimit: limitRange'],
    [wish('department', 'sales', { hoursPerPoint: 0 }), 'hoursPerPoint: hoursRange'],
    [wish('department', 'sales', { zone: 'Mars/Olympus' }), 'zone: zoneUnknown'],
    [wish('department', '?', { name: 'x' }), 'id: gone'],
    [wish('department', 'sales', { name: 'x' }, 'add'), 'id: exists'],
    [wish('department', 'sales', {}), 'id: wrongFields'],
    [wish('department', 'sales', { isHead: true }), 'id: wrongFields'],
    [wish('department', 'shift', {}, 'remove'), 'id: notRemoved'],
    [wish('employee', 'vera', { limit: -1 }), 'limit: limitRange'],
    [wish('employee', 'vera', { kindLimits: { deal: 1001 } }), 'kindLimits: limitRange'],
    [wish('employee', 'vera', { skills: ['a', 'a'] }), 'skills: skills'],
    [wish('post', post('vera/member'), { isHead: true }), 'isHead: twoHeads'],
    [
      wish('post', post('vera/member'), { employeeId: employeeId('?') }),
      'employeeId: unknownEmployee',
    ],
    [
      wish('post', post('vera/member'), { employeeId: employeeId('gone') }),
      'employeeId: dismissed',
    ],
    [wish('post', 'p', { name: 'x' }, 'add'), 'departmentId: unknownDepartment'],
    [wish('absence', 'a', absence, 'add'), 'untilAt: endsBeforeBegin'],
    [wish('absence', `vera@${mondayNoon}`, { untilAt: 1 }), 'untilAt: endsBeforeBegin'],
    [
      wish('substitution', 'anna->vera', { substituteId: employeeId('anna') }),
      'substituteId: substituteSelf',
    ],
  ]
  for (const [edit, expected] of refused)
    assert.deepEqual(codesOf(edit), [expected], JSON.stringify(edit))
})

test('a department or a person is taken back only while nothing hangs on it', () => {
  assert.deepEqual(codesOf({ ...wish('department', 'sales', {}, 'remove'), takesBack: 'e' }), [
    'id: inUse',
  ])
  assert.deepEqual(codesOf({ ...wish('department', 'shift', {}, 'remove'), takesBack: 'e' }), [])
  assert.deepEqual(codesOf({ ...wish('employee', 'vera', {}, 'remove'), takesBack: 'e' }), [
    'id: inUse',
  ])
})

test('fields are the same whatever the order of their names', () => {
  assert.ok(isSameFields({ kindLimits: { a: 1, b: 2 } }, { kindLimits: { b: 2, a: 1 } }))
  assert.equal(isSameFields({ skills: ['a', 'b'] }, { skills: ['b', 'a'] }), false)
  assert.deepEqual(differingFields({ name: 'x', limit: 1 }, { name: 'x', limit: null }), ['limit'])
})

test('an edit stands on what it changes or names', () => {
  const edit = (made: OrgWish): OrgEdit => ({
    v: 1,
    editId: 'e' as EditId,
    base: {},
    issuedAt: 0,
    takesBack: null,
    supersedes: null,
    ...made,
  })
  const added = edit(wish('department', 'new', { name: 'x' }, 'add'))
  const inside = edit(wish('post', 'p', { departmentId: departmentId('new') }, 'add'))
  const renamed = edit(wish('department', 'new', { name: 'y' }))
  assert.ok(isOnTopOf(inside, added))
  assert.ok(isOnTopOf(renamed, added))
  assert.equal(isOnTopOf(edit(wish('department', 'new', { zone: null })), renamed), false)
  assert.equal(isOnTopOf(inside, renamed), false)
})

const ids = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'new']
const people = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'new']
const anyDepartment = fc.constantFrom(...ids).map(departmentId)
const anyPerson = fc.constantFrom(...people).map(employeeId)
const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null })

const anyFields: fc.Arbitrary<OrgFields> = fc.record(
  {
    name: fc.constantFrom('', 'Новое имя', 'Ещё одно'),
    parentId: orNull(anyDepartment),
    defaultLimit: orNull(fc.integer({ min: -1, max: 12 })),
    departmentId: anyDepartment,
    employeeId: anyPerson,
    isHead: fc.boolean(),
    isDismissed: fc.boolean(),
    limit: orNull(fc.integer({ min: 0, max: 12 })),
    kindLimits: fc.dictionary(fc.constantFrom('k1', 'k2'), fc.integer({ min: 0, max: 5 })),
    skills: fc.subarray(['egais', 'english']),
    substituteId: anyPerson,
    fromAt: nearInstant,
    untilAt: nearInstant,
  },
  { requiredKeys: [] },
)

const idsIn = (of: Org, entity: OrgEntity): readonly string[] => {
  switch (entity) {
    case 'department':
      return of.departments.map(one => one.departmentId)
    case 'post':
      return of.posts.map(one => one.postId)
    case 'employee':
      return of.employees.map(one => one.employeeId)
    case 'absence':
      return of.absences.map(one => one.absenceId)
    case 'substitution':
      return of.substitutions.map(one => one.substitutionId)
  }
}

/** An organisation whose ids are each there once, and an edit of it of any quality. */
const anyEdited = arbitraryOrg
  .map(made => ({
    ...made,
    absences: made.absences.map((one, at) => ({ ...one, absenceId: `a${at}` as never })),
    substitutions: made.substitutions.map((one, at) => ({
      ...one,
      substitutionId: `s${at}` as never,
    })),
  }))
  .chain(made =>
    fc
      .tuple(
        fc.constantFrom<OrgEntity>('department', 'post', 'employee', 'absence', 'substitution'),
        fc.constantFrom<OrgEdit['kind']>('add', 'set', 'set', 'remove'),
        fc.nat(),
        anyFields,
      )
      .map(([entity, kind, place, fields]) => {
        const known = idsIn(made, entity)
        const id = kind === 'add' ? 'new' : (known[place % Math.max(1, known.length)] ?? 'none')
        const named = Object.entries(fields).filter(([name]) =>
          fieldNames[entity].some(one => one === name),
        )
        const want = kind === 'remove' ? {} : Object.fromEntries(named)
        return { made, edit: { ...wish(entity, id, want, kind), takesBack: 'e' } }
      }),
  )

const isWithoutCycle = (of: Org): boolean => {
  const { parentOf } = indexOrg(of)
  const known = new Set(of.departments.map(one => one.departmentId))
  return of.departments.every(
    one =>
      parentOf.get(one.departmentId) ===
      (one.parentId !== null && known.has(one.parentId) ? one.parentId : null),
  )
}

test('an edit that can be made never makes a cycle nor a second head', () => {
  const headsIn = (of: Org, department: string) =>
    of.posts.filter(one => one.isHead && one.departmentId === department).length
  let judged = 0
  fc.assert(
    fc.property(anyEdited, ({ made, edit }) => {
      if (checkEdit(made, edit).length > 0) return
      judged += 1
      const after = applyEdit(made, edit)
      if (isWithoutCycle(made)) assert.ok(isWithoutCycle(after))
      for (const id of ids)
        assert.ok(headsIn(after, id) <= Math.max(1, headsIn(made, id)), `heads of ${id}`)
    }),
    { numRuns: 2_000 },
  )
  assert.ok(judged > 500, `${judged} edits could be made`)
})

const inOrder = (of: Org) => ({
  departments: of.departments.toSorted((a, b) => (a.departmentId < b.departmentId ? -1 : 1)),
  posts: of.posts.toSorted((a, b) => (a.postId < b.postId ? -1 : 1)),
  employees: of.employees.toSorted((a, b) => (a.employeeId < b.employeeId ? -1 : 1)),
  absences: of.absences.toSorted((a, b) => (a.absenceId < b.absenceId ? -1 : 1)),
  substitutions: of.substitutions.toSorted((a, b) =>
    a.substitutionId < b.substitutionId ? -1 : 1,
  ),
})

test('an edit and what takes it back leave the organisation as it was', () => {
  let judged = 0
  fc.assert(
    fc.property(anyEdited, ({ made, edit }) => {
      // A person has more than an edit names, and is never removed but as the taking back of an addition.
      const isPersonGone = edit.entity === 'employee' && edit.kind === 'remove'
      if (isPersonGone || checkEdit(made, edit).length > 0) return
      judged += 1
      const back = inverseOf({ ...edit, base: baseOf(made, edit) })
      const after = applyEdit(made, edit)
      assert.deepEqual(inOrder(applyEdit(after, back)), inOrder(made))
      if (edit.kind === 'set') assert.deepEqual(baseOf(after, back), back.base)
    }),
    { numRuns: 2_000 },
  )
  assert.ok(judged > 500, `${judged} edits could be made`)
})
