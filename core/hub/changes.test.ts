import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { bareId } from './bare-id.ts'
import { changeOrg } from './store/change-org.ts'
import {
  assign,
  casesOf,
  type Console,
  decision,
  type HubWorld,
  hubWorld,
} from './testing/hub-world.ts'
import { dayMs, noon, person, smallCompany } from './testing/small-company.ts'

const worlds: HubWorld[] = []
after(() => Promise.all(worlds.map(world => world.close())))
async function opened(): Promise<HubWorld> {
  const world = await hubWorld()
  worlds.push(world)
  return world
}

const pass = (
  by: string,
  caseId: string,
  from: string,
  to: string,
  responsible: string | null = null,
) =>
  decision(by, caseId, {
    verb: 'pass',
    want: { department: to, responsible: null },
    base: { department: from, responsible },
  })

test('records come in the order of versions, whatever the size of a page', async () => {
  const world = await opened()
  const director = await world.as('director')
  const whole = await director.pull(null, 5000)
  for (const limit of [1, 2, 7]) {
    const pieces = await director.pull(null, limit)
    assert.deepEqual(pieces.records, whole.records)
  }
  const versions = whole.records.map(record => record.version)
  assert.deepEqual(
    versions,
    versions.toSorted((a, b) => a - b),
  )
})

test('remaining falls to nothing and isUpToDate says so', async () => {
  const director = await (await opened()).as('director')
  let cursor: string | null = null
  let before = Infinity
  for (let isUpToDate = false; !isUpToDate;) {
    const page = await director.changes(cursor, 5)
    assert.ok(page.remaining < before)
    before = page.remaining
    cursor = page.nextCursor
    isUpToDate = page.isUpToDate
  }
  assert.equal(before, 0)
})

test('a case that leaves is a tombstone for who saw it and nothing for who did not', async () => {
  const world = await opened()
  const [anna, boris, director, ext] = [
    await world.as('anna'),
    await world.as('boris'),
    await world.as('director'),
    await world.as('ext'),
  ]
  const cursors = new Map<Console, string>()
  for (const one of [anna, boris, director, ext]) cursors.set(one, (await one.pull()).cursor)
  await anna.decide(pass('anna', 'contact-free', 'contact', 'sales'))
  const since = (one: Console) => one.pull(cursors.get(one) ?? null)
  const [annas, boriss, directors, exts] = [
    await since(anna),
    await since(boris),
    await since(director),
    await since(ext),
  ]
  assert.deepEqual(annas.tombstones, [{ entity: 'case', id: 'contact-free', reason: 'outOfScope' }])
  assert.deepEqual(casesOf(annas), [])
  assert.deepEqual(boriss.tombstones, [])
  assert.deepEqual(
    casesOf(boriss).map(one => one.id),
    ['contact-free'],
  )
  assert.deepEqual(
    boriss.records.filter(one => one.entity === 'history').map(one => one.verb),
    ['created', 'pass'],
    'its past comes along',
  )
  assert.ok(
    boriss.records.some(one => one.entity === 'client' && one.id === 'c1'),
    'its client comes along',
  )
  assert.deepEqual(
    [directors.tombstones, casesOf(directors).map(one => one.id)],
    [[], ['contact-free']],
  )
  assert.deepEqual([exts.tombstones, exts.records], [[], []])
})

test('what entered and left again between two pulls is a tombstone only for the one who had it', async () => {
  const world = await opened()
  const [anna, boris] = [await world.as('anna'), await world.as('boris')]
  const [annas, boriss] = [(await anna.pull()).cursor, (await boris.pull()).cursor]
  await anna.decide(pass('anna', 'contact-free', 'contact', 'sales'))
  await boris.decide(pass('boris', 'contact-free', 'sales', 'empty'))
  assert.equal((await anna.pull(annas)).tombstones.length, 1)
  assert.deepEqual((await boris.pull(boriss)).tombstones, [])
})

test('what left by two changes is a tombstone, though a page ended between them', async () => {
  const world = await opened()
  const [anna, boris] = [await world.as('anna'), await world.as('boris')]
  const cursor = (await anna.pull()).cursor
  await anna.decide(pass('anna', 'contact-free', 'contact', 'sales'))
  for (const id of ['vera', 'dina'])
    await changeOrg(world.hub.store, { employees: [person(id, { name: `Имя ${id}` })] })
  await boris.decide(pass('boris', 'contact-free', 'sales', 'empty'))
  const first = await anna.changes(cursor, 1)
  const rest = await anna.pull(first.nextCursor, 1)
  assert.equal(first.isUpToDate, false)
  assert.equal(first.tombstones.length + rest.tombstones.length, 1)
})

test('a case given away masks itself, and comes back whole with its past', async () => {
  const world = await opened()
  const [anna, boris] = [await world.as('anna'), await world.as('boris')]
  await anna.decide(assign('anna', 'contact-free', 'vera'))
  const cursor = (await anna.pull()).cursor
  await anna.decide(
    decision('anna', 'contact-free', {
      verb: 'pass',
      want: { department: 'sales' },
      base: { department: 'contact' },
    }),
  )
  const gone = await anna.pull(cursor)
  assert.deepEqual(
    casesOf(gone).map(one => [one.id, one.isMasked]),
    [['contact-free', true]],
  )
  assert.equal(gone.records.filter(one => one.entity === 'history').length, 0)
  await boris.decide(
    decision('boris', 'contact-free', {
      verb: 'pass',
      want: { department: 'contact' },
      base: { department: 'sales' },
    }),
  )
  const back = await anna.pull(gone.cursor)
  assert.deepEqual(
    casesOf(back).map(one => [one.id, one.isMasked]),
    [['contact-free', false]],
  )
  assert.equal(back.records.filter(one => one.entity === 'history').length, 4)
})

test('another epoch, another scope and a cursor from the future begin again; nonsense is refused', async () => {
  const world = await opened()
  const anna = await world.as('anna')
  const { cursor } = await anna.pull()
  const [epoch = '', scope = '', version = '', base = ''] = cursor.split('.')
  const foreign = [
    `${randomUUID()}.${scope}.${version}.${base}`,
    `${epoch}.0123456789abcdef.${version}.${base}`,
    `${epoch}.${scope}.99999999.${base}`,
  ]
  for (const one of foreign) {
    const page = await anna.changes(one)
    assert.deepEqual([page.mustRestart, page.isUpToDate, page.records], [true, false, []])
  }
  await changeOrg(world.hub.store, {
    posts: [
      {
        postId: bareId('post', 'new'),
        departmentId: bareId('department', 'contact'),
        name: '',
        employeeId: bareId('employee', 'dina'),
        isHead: false,
      },
    ],
  })
  assert.equal((await anna.changes(cursor)).mustRestart, true)
  for (const nonsense of ['x', '', `${cursor}.1`, `${epoch}.${scope}.-1.0`, 'a'.repeat(201)]) {
    const answer = await anna.ask('GET', `/v1/changes?cursor=${encodeURIComponent(nonsense)}`)
    assert.deepEqual([answer.status, Object(answer.body).field], [400, 'cursor'], nonsense)
  }
})

test('the past that came with an import makes nobody lose what they never had', async () => {
  const company = smallCompany()
  const moved = {
    historyId: bareId('history', 'moved'),
    caseId: bareId('case', 'contact-free'),
    at: noon - dayMs,
    employeeId: null,
    decisionId: null,
    verb: 'pass',
    from: { department: 'sales' },
    to: { department: 'contact' },
    ruleId: null,
    ruleVersion: null,
    reasons: [],
  }
  const world = await hubWorld({ ...company, history: [moved] })
  worlds.push(world)
  const boris = await world.as('boris')
  for (const limit of [1, 5, 1000]) assert.deepEqual((await boris.pull(null, limit)).tombstones, [])
})

test('an absence that ended early is a tombstone; one that came back is a record again', async () => {
  const world = await opened()
  const anna = await world.as('anna')
  const absence = {
    absenceId: bareId('absence', 'a'),
    employeeId: bareId('employee', 'vera'),
    kind: 'trip' as const,
    fromAt: noon,
    untilAt: noon + dayMs,
  }
  await changeOrg(world.hub.store, { absences: [absence] })
  const first = await anna.pull()
  await changeOrg(world.hub.store, { endedAbsences: [absence.absenceId] })
  const ended = await anna.pull(first.cursor)
  assert.deepEqual(ended.tombstones, [{ entity: 'absence', id: 'a', reason: 'deleted' }])
  await changeOrg(world.hub.store, { absences: [absence] })
  const again = await anna.pull(ended.cursor)
  assert.deepEqual([again.tombstones, again.records.map(one => one.id)], [[], ['a']])
})
