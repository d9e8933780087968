import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import type { Case } from '../../core/domain/case.ts'
import { idOf } from '../../core/domain/id.ts'
import type { WorkspaceId } from '../../core/domain/id.ts'
import { filtered, fold, type Wanted } from './filtered.ts'

const space = 'demo' as WorkspaceId
const now = Date.UTC(2026, 10, 23, 9)
const caseOf = (number: string, change: Partial<Case> = {}): Case => ({
  caseId: idOf(space, 'case', number),
  number,
  subject: 'Возврат по накладной',
  kindId: null,
  source: 'mail',
  departmentId: null,
  responsibleId: null,
  clientId: null,
  clientName: 'ООО «Ёлка»',
  status: 'open',
  statusName: null,
  deferredUntil: null,
  dueAt: null,
  priority: 1,
  weight: 1,
  effortMs: null,
  requiredSkill: null,
  createdAt: now - 1000,
  updatedAt: now,
  closedAt: null,
  assignedAt: null,
  isMasked: false,
  version: 1,
  ...change,
})
const all: Wanted = {
  filters: {
    kindIds: new Set(),
    sources: new Set(),
    isOverdueOnly: false,
    isMineOnly: false,
    isNewOnly: false,
  },
  text: '',
  foundIds: new Set(),
  lastLookAt: now,
  now,
}
const numbers = (cases: readonly Case[], wanted: Partial<Wanted>) =>
  filtered(cases, { ...all, ...wanted }).map(({ number }) => number)

test('search looks into number, subject and client, with every word and ё as е', () => {
  const cases = [caseOf('5306'), caseOf('5307', { subject: 'Жалоба', clientName: null })]
  deepEqual(numbers(cases, { text: fold('елка ВОЗВРАТ') }), ['5306'])
  deepEqual(numbers(cases, { text: fold('№5307') }), ['5307'])
  deepEqual(numbers(cases, { text: 'телефон' }), [])
})

test('what the core found by text or phone is shown too', () => {
  const cases = [caseOf('5306'), caseOf('5307')]
  const foundIds = new Set(cases.slice(1).map(({ caseId }) => caseId))
  deepEqual(numbers(cases, { text: '9215551234', foundIds }), ['5307'])
})

test('the chips leave the overdue, the new, the sources chosen', () => {
  const cases = [
    caseOf('1', { dueAt: now - 1 }),
    caseOf('2', { createdAt: now + 1 }),
    caseOf('3', { source: 'phone' }),
  ]
  const having = (change: Partial<Wanted['filters']>) => ({
    filters: { ...all.filters, ...change },
  })
  deepEqual(numbers(cases, having({ isOverdueOnly: true })), ['1'])
  deepEqual(numbers(cases, having({ isNewOnly: true })), ['2'])
  deepEqual(numbers(cases, having({ sources: new Set(['phone']) })), ['3'])
})
