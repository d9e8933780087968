import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idOf } from '../../domain/id.ts'
import type { EditId, WorkspaceId } from '../../domain/id.ts'
import { addressOf, type OrgEdit, type OrgFields } from '../../domain/org-edit.ts'
import { orgEditSchema } from '../../hub/protocol.ts'
import { orgMapFor, wireEditOf } from './map-org.ts'

const space = 'hub-33333333' as WorkspaceId
const person = (name: string) => idOf(space, 'employee', name)
const room = (name: string) => idOf(space, 'department', name)

const want: OrgFields = {
  name: 'hub-33333333:employee:not-an-id',
  parentId: room('top'),
  departmentId: room('sales'),
  employeeId: person('anna'),
  substituteId: person('vera'),
  limit: 3,
  kindLimits: { [idOf(space, 'kind', 'deal')]: 2 },
  skills: ['egais'],
  fromAt: 1,
}
const edit: OrgEdit = {
  ...addressOf('employee', person('new:one')),
  v: 1,
  editId: '0190b5b6-7c00-7000-8000-000000000001' as EditId,
  kind: 'set',
  want,
  base: { employeeId: null, parentId: null },
  issuedAt: 5,
  takesBack: null,
  supersedes: null,
}

test('an edit goes out with the hub’s own ids and nothing else changed', () => {
  const wire = wireEditOf(edit)
  assert.deepEqual(orgEditSchema.parse(wire), wire)
  assert.equal(wire.id, 'new:one')
  assert.deepEqual(wire.want, {
    ...want,
    parentId: 'top',
    departmentId: 'sales',
    employeeId: 'anna',
    substituteId: 'vera',
    kindLimits: { deal: 2 },
  })
  assert.deepEqual(wire.base, { employeeId: null, parentId: null })
})

test('an outcome and the history come back with the ids of the workspace', () => {
  const map = orgMapFor(space)
  const wire = wireEditOf(edit)
  const outcome = map.outcomeOf(
    {
      editId: edit.editId,
      outcome: 'conflict',
      reasons: [],
      current: wire.want,
      changedBy: 'vera',
      changedAt: 7,
      replayed: true,
    },
    edit,
  )
  assert.deepEqual(outcome, {
    editId: edit.editId,
    outcome: 'conflict',
    reasons: [],
    theirs: want,
    changedBy: person('vera'),
    changedAt: 7,
  })
  const { entries } = map.historyOf({
    isMore: false,
    entries: [
      {
        editId: edit.editId,
        at: 1,
        employeeId: null,
        entity: 'employee',
        id: 'new:one',
        kind: 'set',
        from: wire.base,
        to: wire.want,
        takesBack: null,
      },
    ],
  })
  assert.deepEqual(
    entries.map(({ id, from, to }) => ({ id, from, to })),
    [{ id: edit.id, from: edit.base, to: want }],
  )
})
