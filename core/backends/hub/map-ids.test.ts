import assert from 'node:assert/strict'
import { test } from 'node:test'
import { workspaceId } from '../../console/spaces.ts'
import { idsFor, localBag } from './map-ids.ts'

const ids = idsFor(workspaceId('demo'))

test('a reason names departments and people in words, and only its ids are made whole', () => {
  const bare = { code: 'noHead', department: 'Отдел: документы', employeeId: 'anna', days: 3 }
  const whole = { ...bare, employeeId: 'demo:employee:anna' }
  assert.deepEqual(ids.reason(bare), whole)
  assert.deepEqual(localBag(whole), bare)
})

test('in a line of history the fields of a decision are ids', () => {
  assert.deepEqual(ids.bag({ responsible: 'anna', department: null, deferredUntil: 5 }), {
    responsible: 'demo:employee:anna',
    department: null,
    deferredUntil: 5,
  })
})
