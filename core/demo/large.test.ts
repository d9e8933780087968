import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headFor } from '../domain/head-for.ts'
import { indexOrg } from '../domain/org-index.ts'
import { largeCompany } from './large.ts'
import { rowsOf } from './test-rows.ts'

const options = {
  cases: 2000,
  people: 200,
  openCases: 300,
  unassigned: 40,
  seed: 3,
  now: Date.UTC(2026, 10, 23),
}

test('a large company has exactly what was asked for', () => {
  const company = largeCompany(options)
  const cases = rowsOf(company.cases)
  assert.equal(cases.length, options.cases)
  assert.equal(company.employees.length, options.people)
  const open = cases.filter(({ status }) => status !== 'closed')
  assert.equal(open.length, options.openCases)
  const unassigned = open.filter(({ responsibleId }) => responsibleId === null)
  assert.equal(unassigned.length, options.unassigned)
  const index = indexOrg(company)
  assert.ok(
    unassigned.every(
      ({ departmentId }) => headFor(index, departmentId, options.now).headId === company.ownerId,
    ),
  )
  const bytes = cases.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / cases.length
  assert.ok(bytes > 500 && bytes < 700, `${bytes} bytes a case`)
  assert.ok(
    cases.every(({ closedAt }) => closedAt === null || closedAt > options.now - 400 * 86_400_000),
  )
  assert.equal(rowsOf(company.history).length, options.cases)
})

test('the same options give the same company', () => {
  const read = () => rowsOf(largeCompany(options).cases)
  assert.deepEqual(read(), read())
})
