import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stateOf } from '../domain/case-state.ts'
import { headFor } from '../domain/head-for.ts'
import { absenceAt, indexOrg } from '../domain/org-index.ts'
import { wireCaseSchema } from '../hub/protocol.ts'
import { demoCompany } from './company.ts'
import { kinds } from './kinds.ts'
import { people } from './people.ts'
import { rowsOf } from './test-rows.ts'

/** A Monday morning, a Sunday night, a Friday evening, the end of a year. */
const moments = [
  Date.UTC(2026, 10, 23, 8),
  Date.UTC(2026, 10, 22, 2),
  Date.UTC(2026, 10, 27, 20),
  Date.UTC(2026, 11, 31, 20, 59),
]

function demoAt(now: number, seed = 1) {
  const company = demoCompany({ now, seed })
  const cases = rowsOf(company.cases)
  const open = cases.filter(theCase => theCase.status !== 'closed')
  return { company, cases, open, index: indexOrg(company), history: rowsOf(company.history) }
}

test('at any moment some 120 cases are open and some 40 wait for the head of the contact centre', () => {
  for (const now of moments) {
    const { company, open, index } = demoAt(now)
    const inbox = open.filter(
      ({ responsibleId, departmentId }) =>
        responsibleId === null && headFor(index, departmentId, now).headId === company.ownerId,
    )
    assert.equal(company.employees.length, 40)
    assert.ok(open.length >= 112 && open.length <= 130, `${open.length} open`)
    assert.ok(inbox.length >= 38 && inbox.length <= 42, `${inbox.length} in the inbox`)
    const late = inbox.filter(({ dueAt }) => dueAt !== null && dueAt < now)
    assert.ok(late.length >= 4 && late.length <= 10, `${late.length} late`)
    assert.ok(inbox.some(({ dueAt }) => dueAt === null))
  }
})

test('an order to be closed goes to the contact centre and so to its head', () => {
  const [now = 0] = moments
  const { company, index } = demoAt(now)
  const closing = company.kinds.find(kind => kind.name === 'Закрытие заказа')
  assert.equal(
    index.departmentById.get(closing?.departmentId ?? index.departmentById.keys().next().value!)
      ?.name,
    'Контакт-центр',
  )
  assert.equal(headFor(index, closing?.departmentId ?? null, now).headId, company.ownerId)
})

test('nothing has happened in the future and nothing before its beginning', () => {
  for (const now of moments)
    for (const { createdAt, assignedAt, closedAt, updatedAt, status } of demoAt(now).cases) {
      assert.ok(createdAt <= (assignedAt ?? createdAt) && updatedAt <= now)
      assert.ok(createdAt <= (closedAt ?? createdAt) && (closedAt ?? 0) <= now)
      assert.equal(status === 'closed', closedAt !== null)
    }
})

test('everybody holds exactly the load the table says, from idle to over the limit', () => {
  for (const now of moments) {
    const { open } = demoAt(now)
    for (const person of people) {
      const held = open.filter(({ responsibleId }) => responsibleId === person.id)
      const counted = held.filter(theCase => {
        const state = stateOf(theCase, now)
        return state === 'inWork' || state === 'overdue'
      })
      assert.equal(
        counted.reduce((sum, { weight }) => sum + weight, 0),
        person.load,
        person.name,
      )
    }
  }
})

test('people are away, one head is replaced, one department has no head, one who left holds cases', () => {
  for (const now of moments) {
    const { open, index, company } = demoAt(now)
    const away = company.employees.filter(
      ({ employeeId }) => absenceAt(index, employeeId, now) !== null,
    )
    assert.deepEqual(
      new Set(away.map(({ employeeId }) => absenceAt(index, employeeId, now)?.kind)),
      new Set(['vacation', 'sick', 'trip']),
    )
    const headIn = (name: string) => {
      const found = company.departments.find(department => department.name === name)
      return headFor(index, found?.departmentId ?? null, now)
    }
    assert.equal(headIn('Служба единого окна').headId, 'panin')
    assert.equal(headIn('Оформление документов').path[0]?.code, 'noHead')
    const dismissed = company.employees.find(({ isDismissed }) => isDismissed)
    assert.ok(open.some(({ responsibleId }) => responsibleId === dismissed?.employeeId))
    assert.ok(company.employees.some(({ isExternal }) => isExternal))
  }
})

test('clients have a past with the people who are to be hinted', () => {
  const [now = 0] = moments
  const { cases, open } = demoAt(now)
  const known = new Set(
    cases
      .filter(({ closedAt }) => closedAt !== null && closedAt > now - 365 * 86_400_000)
      .map(({ clientId }) => clientId),
  )
  const inbox = open.filter(({ responsibleId }) => responsibleId === null)
  assert.ok(inbox.filter(({ clientId }) => known.has(clientId)).length > inbox.length / 2)
})

test('the same moment and seed give the same company, another seed another one', () => {
  const [now = 0] = moments
  assert.deepEqual(demoAt(now, 7).cases, demoAt(now, 7).cases)
  assert.notDeepEqual(demoAt(now, 7).cases, demoAt(now, 8).cases)
})

test('every record is fit for the wire, every blank is filled, every name exists', () => {
  const { company, cases, history, index } = demoAt(moments[0] ?? 0)
  const clients = new Set(rowsOf(company.clients).map(({ clientId }) => clientId))
  for (const theCase of cases) {
    const { caseId, ...rest } = theCase
    wireCaseSchema.parse({ ...rest, entity: 'case', id: caseId, version: 1, isMasked: false })
    assert.doesNotMatch(theCase.subject + theCase.text, /[{}]|undefined|NaN/)
    assert.ok(theCase.clientId !== null && clients.has(theCase.clientId))
    assert.ok(theCase.departmentId !== null && index.departmentById.has(theCase.departmentId))
    assert.ok(theCase.phones.every(phone => phone.startsWith('+7 (900) 000-')))
    assert.ok(theCase.emails.every(email => email.endsWith('@example.ru')))
  }
  assert.equal(new Set(cases.map(({ number }) => number)).size, cases.length)
  assert.equal(new Set(history.map(({ historyId }) => historyId)).size, history.length)
  const departments = new Set<string>(index.departmentById.keys())
  assert.ok(kinds.every(kind => departments.has(kind.department)))
})
