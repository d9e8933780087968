import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { imported } from './test-import.ts'

const header =
  'number,incident_state,sys_mod_count,sys_updated_at,opened_at,caller_id,contact_type,category,priority,assignment_group,assigned_to'
type Update = [
  number: string,
  state: string,
  count: number,
  at: string,
  group: string,
  person: string,
]
const row = (...[number, state, count, at, group, person]: Update) =>
  `${number},${state},${count},${at},01-03-2016 08:00,Caller 1,Phone,Category 1,1 - Critical,${group},${person}`
const log = (...rows: string[]) => [header, ...rows].join('\n')
const servicenow = { mapping: 'servicenow', asOf: '2016-03-01T10:00' }

test('rows later than the moment do not exist', async () => {
  const { counts, rows } = await imported(
    log(
      row('A', 'New', 0, '01-03-2016 09:00', 'G1', '?'),
      row('A', 'Active', 1, '01-03-2016 10:00', 'G1', 'P1'),
      row('A', 'Closed', 2, '01-03-2016 10:01', 'G2', 'P2'),
      row('B', 'New', 0, '01-03-2016 10:01', 'G3', 'P3'),
    ),
    servicenow,
  )
  assert.deepEqual(counts?.cases, { total: 1, unassigned: 0, assigned: 1, waiting: 0, closed: 0 })
  assert.deepEqual([counts.rows, counts.departments, counts.employees], [2, 1, 1])
  assert.equal(rows('cases').length, 1)
})

test('the state is the row with the greatest moment, then count, then line', async () => {
  const { rows } = await imported(
    log(
      row('A', 'Resolved', 2, '01-03-2016 09:00', 'G', 'P1'),
      row('A', 'Active', 10, '01-03-2016 09:00', 'G', 'P2'),
      row('A', 'New', 11, '01-03-2016 08:59', 'G', 'P3'),
      row('B', 'New', 1, '01-03-2016 09:00', 'G', 'P1'),
      row('B', 'Active', 1, '01-03-2016 09:00', 'G', 'P2'),
    ),
    servicenow,
  )
  assert.deepEqual(
    rows('cases').map(found => found['statusName']),
    ['Active', 'Active'],
  )
})

test('closed comes before unassigned, unassigned before waiting', async () => {
  const { counts, rows } = await imported(
    log(
      row('A', 'Resolved', 0, '01-03-2016 09:00', 'G', '?'),
      row('B', 'Awaiting User Info', 0, '01-03-2016 09:00', 'G', '?'),
      row('C', 'Awaiting User Info', 0, '01-03-2016 09:00', '?', 'P'),
      row('D', 'Active', 0, '01-03-2016 09:00', 'G', 'P'),
    ),
    servicenow,
  )
  assert.deepEqual(counts?.cases, { total: 4, unassigned: 1, assigned: 1, waiting: 1, closed: 1 })
  const inbox = rows('cases').filter(
    found => found['responsibleId'] === null && found['status'] !== 'closed',
  )
  assert.deepEqual(
    inbox.map(found => found['number']),
    ['B'],
  )
  assert.equal(rows('cases').find(found => found['number'] === 'C')?.['departmentId'], 'import')
})

test('a program holds its cases and is nobody', async () => {
  const { counts, rows } = await imported(
    'case,status,sub_status,owner,timestamp\n' +
      '1-1,Accepted,In Progress,Siebel,2012-04-01T00:00:00Z\n' +
      '1-2,Queued,Awaiting Assignment,Anne,2012-04-01T00:00:00Z\n' +
      '1-3,Accepted,Wait - User,Bert,2012-04-01T00:00:00Z\n',
    { mapping: 'bpi2013', asOf: '2012-05-01T00:00' },
  )
  assert.deepEqual(counts?.cases, { total: 3, unassigned: 1, assigned: 1, waiting: 1, closed: 0 })
  assert.deepEqual([counts.departments, counts.employees], [1, 2])
  const program = rows('employees').find(found => found['name'] === 'Siebel')
  assert.equal(program?.['limit'], 0)
  assert.ok(rows('posts').every(post => post['employeeId'] !== program['employeeId']))
  const unassigned = rows('cases').find(found => found['number'] === '1-2')
  assert.deepEqual([unassigned?.['responsibleId'], unassigned?.['status']], [null, 'open'])
})

test('the log becomes the history of the case', async () => {
  const { rows } = await imported(
    log(
      row('A', 'New', 0, '01-03-2016 08:10', 'G1', '?'),
      row('A', 'New', 1, '01-03-2016 08:20', 'G1', '?'),
      row('A', 'Active', 2, '01-03-2016 08:30', 'G1', 'P1'),
      row('A', 'Active', 3, '01-03-2016 08:40', 'G2', 'P1'),
      row('A', 'Active', 4, '01-03-2016 08:50', 'G2', '?'),
      row('A', 'Resolved', 5, '01-03-2016 09:00', 'G2', 'P2'),
      row('A', 'Active', 6, '01-03-2016 09:10', 'G2', 'P2'),
      row('A', 'Closed', 7, '01-03-2016 09:20', 'G2', 'P2'),
    ),
    servicenow,
  )
  assert.deepEqual(
    rows('history').map(line => [
      line['verb'],
      new Date(Number(line['at'])).toISOString().slice(11, 16),
    ]),
    [
      ['created', '08:00'],
      ['assign', '08:30'],
      ['pass', '08:40'],
      ['return', '08:50'],
      ['closed', '09:00'],
      ['reopen', '09:10'],
      ['closed', '09:20'],
    ],
  )
  const [theCase] = rows('cases')
  assert.equal(theCase?.['closedAt'], Date.UTC(2016, 2, 1, 9, 20))
  assert.equal(theCase['assignedAt'], Date.UTC(2016, 2, 1, 9, 0))
  const person = rows('employees').find(found => found['name'] === 'P2')
  assert.equal(person?.['lastAssignedAt'], Date.UTC(2016, 2, 1, 9, 0))
})

test('a row of a log without a moment is left out', async () => {
  const { counts } = await imported(
    log(row('A', 'New', 0, '', 'G', '?'), row('B', 'New', 0, '01-03-2016 08:10', 'G', '?')),
    servicenow,
  )
  assert.equal(counts?.cases.total, 1)
  assert.deepEqual(
    counts.skipped.map(({ line, field }) => [line, field]),
    [[2, 'sys_updated_at']],
  )
})

const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')

function real(file: string, mapping: string, asOf: string, expected: object): void {
  const path = join(data, file)
  const skip = existsSync(path) ? false : `NOT CHECKED: ${path} is not here`
  if (skip !== false) process.emitWarning(skip)
  test(`${file} at ${asOf} gives the counts two people agree on`, { skip }, async () => {
    const { counts, problem, rows } = await imported('', { source: path, mapping, asOf })
    assert.equal(problem, null)
    assert.deepEqual({ ...counts, rows: 0 }, { rows: 0, skipped: [], ...expected })
    const held = rows('cases')
    const isInInbox = (found: Record<string, unknown>) =>
      found['responsibleId'] === null && found['status'] !== 'closed'
    const isClosed = (found: Record<string, unknown>) => found['status'] === 'closed'
    assert.equal(held.length, counts?.cases.total)
    assert.equal(held.filter(isInInbox).length, counts?.cases.unassigned)
    assert.equal(held.filter(isClosed).length, counts?.cases.closed)
    assert.equal(
      held.filter(found => found['status'] === 'waiting' && !isInInbox(found)).length,
      counts?.cases.waiting,
    )
  })
}

real('servicenow-incidents.csv', 'servicenow', '2016-03-01T10:00', {
  departments: 42,
  employees: 62,
  cases: { total: 275, unassigned: 87, assigned: 85, waiting: 37, closed: 66 },
})
real('bpi2013-incidents.csv', 'bpi2013', '2012-05-01T00:00', {
  departments: 1,
  employees: 911,
  cases: { total: 1432, unassigned: 312, assigned: 264, waiting: 782, closed: 74 },
})
