import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { bareId } from './bare-id.ts'
import { routeDocs } from './http/route-doc.ts'
import { changeOrg } from './store/change-org.ts'
import {
  assign,
  casesOf,
  type Console,
  decision,
  type HubWorld,
  hubWorld,
} from './testing/hub-world.ts'
import { dayMs, noon, usualCases } from './testing/small-company.ts'

const roles = ['director', 'anna', 'boris', 'max', 'vera', 'ext', 'admin', 'agent'] as const
type Who = (typeof roles)[number]

let world: HubWorld
const consoles = new Map<Who, Console>()
const by = (who: Who): Console => {
  const found = consoles.get(who)
  assert.ok(found)
  return found
}
before(async () => {
  world = await hubWorld()
  for (const who of roles)
    consoles.set(
      who,
      who === 'admin' || who === 'agent' ? await world.as(null, who) : await world.as(who),
    )
})
after(() => world.close())

const everyCase = usualCases().map(one => String(one.caseId))
const pullable = everyCase.filter(id => id !== 'contact-ancient')

/** What each reads whole and what only as a load; nothing else (design, «Who sees what»). */
const whole: Readonly<Record<Who, readonly string[]>> = {
  director: pullable,
  anna: [
    'contact-free',
    'contact-vera',
    'contact-ext',
    'contact-fired',
    'contact-closed',
    'shift-free',
    'shift-zoya',
  ],
  boris: ['sales-free', 'sales-dina', 'sales-vera'],
  max: ['sales-free', 'sales-dina', 'sales-vera'],
  vera: ['contact-vera', 'contact-closed', 'sales-vera'],
  ext: ['contact-ext'],
  admin: everyCase,
  agent: everyCase,
}
const masked: Readonly<Record<Who, readonly string[]>> = {
  director: [],
  anna: ['sales-vera'],
  boris: ['contact-vera', 'contact-closed'],
  max: ['contact-vera', 'contact-closed'],
  vera: ['contact-ext', 'contact-fired', 'sales-dina'],
  ext: [],
  admin: [],
  agent: [],
}

for (const who of roles)
  test(`${who} pulls exactly what is theirs to see`, async () => {
    const pulled = await by(who).pull()
    const seen = casesOf(pulled)
    assert.deepEqual(
      seen
        .filter(one => !one.isMasked)
        .map(one => one.id)
        .sort(),
      [...whole[who]].sort(),
    )
    assert.deepEqual(
      seen
        .filter(one => one.isMasked)
        .map(one => one.id)
        .sort(),
      [...masked[who]].sort(),
    )
    const read = new Set(whole[who])
    for (const record of pulled.records)
      if (record.entity === 'history') assert.ok(read.has(record.caseId), record.caseId)
    const clients = new Set(
      usualCases()
        .filter(one => read.has(one.caseId))
        .map(one => String(one.clientId)),
    )
    const told = pulled.records
      .filter(record => record.entity === 'client')
      .map(record => record.id)
    if (who === 'admin' || who === 'agent') assert.deepEqual(told.sort(), ['c1', 'c2', 'c3'])
    else assert.deepEqual(told.sort(), [...clients].sort())
  })

test('nothing of what a case is about is in the answer for somebody who may not read it', async () => {
  for (const who of roles) {
    const { text } = await by(who).ask('GET', '/v1/changes?limit=5000')
    for (const caseId of everyCase) {
      if (whole[who].includes(caseId)) continue
      assert.ok(!text.includes(`Предмет ${caseId}`), `${who} reads the subject of ${caseId}`)
      assert.ok(!text.includes(`Текст ${caseId}`), `${who} reads the text of ${caseId}`)
      assert.ok(!text.includes(`Д-${caseId}`), `${who} reads the number of ${caseId}`)
    }
  }
})

test('a masked case keeps what a load needs', async () => {
  const one = casesOf(await by('anna').pull()).find(record => record.id === 'sales-vera')
  assert.equal(one?.weight, 1)
  assert.equal(one?.dueAt, noon + dayMs)
  assert.equal(one?.kindId, 'deal')
  assert.deepEqual(
    [one?.subject, one?.text, one?.clientId, one?.clientName, one?.phones, one?.emails],
    ['', '', null, null, [], []],
  )
})

/** Who may give out an unassigned case of sales; conflict and success both mean «may». */
const givesOutSales: readonly Who[] = ['director', 'boris', 'max']
for (const who of roles)
  test(`decisions by ${who} are carried out only where the right is`, async () => {
    const owner = who === 'admin' || who === 'agent' ? 'boris' : who
    const [given] = await by(who).decide(
      decision(owner, 'sales-free', {
        want: { deferredUntil: noon + dayMs },
        base: { deferredUntil: 1 },
      }),
    )
    const isAllowed = givesOutSales.includes(who) || who === 'agent'
    assert.equal(given?.code, isAllowed ? 'changed' : 'forbidden')
    if (!isAllowed && who !== 'admin') assert.equal(given?.current, undefined)
    const own = await by(who).decide(
      assign(owner, 'sales-vera', owner === 'director' ? 'anna' : 'dina', 'nobody'),
    )
    assert.equal(own[0]?.code, isAllowed ? 'changed' : 'forbidden')
  })

test('changing a case: 404 for what is not seen, 403 for what is not theirs, 200 where the right is', async () => {
  const expected: Readonly<Record<Who, readonly [status: number, contents: number]>> = {
    director: [200, 200],
    anna: [200, 200],
    boris: [403, 403],
    max: [403, 403],
    vera: [200, 403],
    ext: [404, 404],
    admin: [200, 200],
    agent: [200, 200],
  }
  for (const who of roles) {
    const [status, contents] = expected[who]
    const progress = await by(who).ask('PATCH', '/v1/cases/contact-vera', {
      status: 'waiting',
      statusName: who,
    })
    assert.equal(progress.status, status, `${who} status: ${progress.text}`)
    const content = await by(who).ask('PATCH', '/v1/cases/contact-vera', {
      priority: 1 + (roles.indexOf(who) % 3),
    })
    assert.equal(content.status, contents, `${who} contents: ${content.text}`)
    const nowhere = await by(who).ask('PATCH', '/v1/cases/none-such', { status: 'waiting' })
    assert.equal(nowhere.status, 404)
  }
})

test('changing the responsible by hand needs the same rights as a decision', async () => {
  const expected: Readonly<Record<Who, number>> = {
    director: 200,
    anna: 200,
    boris: 404,
    max: 404,
    vera: 404,
    ext: 404,
    admin: 403,
    agent: 200,
  }
  for (const who of roles) {
    const answer = await by(who).ask('PATCH', '/v1/cases/contact-free', {
      responsibleId: null,
      deferredUntil: noon + roles.indexOf(who),
    })
    assert.equal(answer.status, expected[who], `${who}: ${answer.text}`)
  }
  assert.equal(
    (await by('anna').ask('PATCH', '/v1/cases/contact-free', { responsibleId: 'dina' })).status,
    403,
  )
  assert.equal(
    (await by('anna').ask('PATCH', '/v1/cases/contact-free', { responsibleId: 'fired' })).status,
    409,
  )
})

test('a change on another version than the one seen changes nothing', async () => {
  const seen = casesOf(await by('anna').pull()).find(one => one.id === 'shift-zoya')
  const stale = await by('anna').ask('PATCH', '/v1/cases/shift-zoya', {
    version: (seen?.version ?? 0) - 1,
    priority: 3,
  })
  assert.deepEqual([stale.status, Object(stale.body).code], [409, 'changed'])
  const good = await by('anna').ask('PATCH', '/v1/cases/shift-zoya', {
    version: seen?.version,
    status: 'closed',
  })
  assert.equal(good.status, 200)
  assert.deepEqual(
    [Object(good.body).current.status, Object(good.body).current.closedAt],
    ['closed', noon],
  )
  assert.equal((await by('anna').ask('PATCH', '/v1/cases/shift-zoya', { priority: 3 })).status, 409)
  assert.equal(
    (await by('anna').ask('PATCH', '/v1/cases/shift-zoya', { status: 'open' })).status,
    200,
  )
})

test('bringing a case in: everybody of the company, giving it to somebody only where one gives out', async () => {
  const make = (who: Who, more: object) =>
    by(who).ask('POST', '/v1/cases', { requestId: randomUUID(), subject: 'x', ...more })
  for (const who of roles)
    assert.equal(
      (await make(who, { departmentId: 'empty' })).status,
      who === 'ext' ? 403 : 201,
      who,
    )
  for (const who of roles) {
    const allowed = who === 'director' || who === 'boris' || who === 'max' || who === 'agent'
    const answer = await make(who, { departmentId: 'sales', responsibleId: 'dina' })
    assert.equal(answer.status, allowed ? 201 : 403, who)
  }
  const foreign = await make('vera', { departmentId: 'empty' })
  assert.equal(
    Object(foreign.body).current,
    undefined,
    'who brings a case in does not read it by that',
  )
})

test('me says the role and the tops of the scope', async () => {
  const expected: Readonly<Record<Who, readonly [string, readonly string[]]>> = {
    director: ['head', ['top']],
    anna: ['head', ['contact']],
    boris: ['head', ['sales']],
    max: ['dispatcher', ['sales']],
    vera: ['employee', []],
    ext: ['external', []],
    admin: ['admin', []],
    agent: ['admin', []],
  }
  for (const who of roles) {
    const { body } = await by(who).ask('GET', '/v1/me')
    assert.deepEqual([Object(body).role, Object(body).departmentIds], expected[who])
  }
})

test('an external person is told of nobody else; why a colleague is away only their head knows', async () => {
  await changeOrg(world.hub.store, {
    absences: ['vera', 'ext'].map(id => ({
      absenceId: bareId('absence', id),
      employeeId: bareId('employee', id),
      kind: 'sick' as const,
      fromAt: noon,
      untilAt: noon + dayMs,
    })),
  })
  const kinds = async (who: Who) =>
    (await by(who).pull()).records
      .flatMap(one => (one.entity === 'absence' ? [`${one.id} ${one.kind}`] : []))
      .sort()
  assert.deepEqual(await kinds('anna'), ['ext sick', 'vera sick'])
  assert.deepEqual(await kinds('boris'), ['ext other', 'vera sick'])
  assert.deepEqual(await kinds('vera'), ['ext other', 'vera sick'])
  assert.deepEqual(await kinds('ext'), ['ext sick'])
  const told = (await by('ext').pull()).records.flatMap(one =>
    one.entity === 'employee' ? [one.id] : [],
  )
  assert.deepEqual(told, ['ext'])
})

test('a substitute sees and gives out while it lasts, and a grant holds for its time', async () => {
  const gleb = await world.as('gleb')
  const before = (await gleb.pull()).cursor
  await changeOrg(world.hub.store, {
    substitutions: [
      {
        substitutionId: bareId('substitution', 's'),
        employeeId: bareId('employee', 'anna'),
        substituteId: bareId('employee', 'gleb'),
        fromAt: noon,
        untilAt: noon + dayMs,
      },
    ],
    dispatchers: [
      {
        employeeId: bareId('employee', 'max'),
        departmentId: bareId('department', 'sales'),
        fromAt: null,
        untilAt: noon + dayMs,
      },
    ],
  })
  assert.equal((await gleb.changes(before)).mustRestart, true)
  assert.equal(Object((await gleb.ask('GET', '/v1/me')).body).role, 'head')
  const during = (await gleb.pull()).cursor
  world.clock.now = noon + dayMs
  assert.equal((await gleb.changes(during)).mustRestart, true)
  assert.equal(Object((await gleb.ask('GET', '/v1/me')).body).role, 'employee')
  assert.equal(Object((await by('max').ask('GET', '/v1/me')).body).role, 'employee')
  world.clock.now = noon
})

test('a token does only what its scopes allow', async () => {
  const reader = await world.as('anna', 'person', ['read'])
  assert.equal((await reader.ask('GET', '/v1/me')).status, 200)
  assert.equal(
    (await reader.ask('POST', '/v1/cases', { requestId: randomUUID(), subject: 'x' })).status,
    403,
  )
  assert.equal((await reader.ask('PATCH', '/v1/cases/contact-free', { priority: 1 })).status, 403)
  assert.equal((await reader.decide(assign('anna', 'contact-free', 'vera')))[0]?.code, 'forbidden')
  const writer = await world.as('anna', 'person', ['create'])
  for (const path of ['/v1/me', '/v1/changes', '/v1/events'])
    assert.equal((await writer.ask('GET', path)).status, 403)
})

test('every route that is not open refuses a caller without a token', async () => {
  for (const { method, url, scope } of Object.values(routeDocs)) {
    const response = await fetch(`${world.hub.url}${url.replace(':id', 'contact-free')}`, {
      method,
    })
    await response.body?.cancel()
    assert.equal(response.status, scope === null ? 200 : 401, `${method} ${url}`)
  }
})
