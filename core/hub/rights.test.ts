import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
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
const givesOutSales: ReadonlySet<Who> = new Set(['director', 'boris', 'max'])
for (const who of roles)
  test(`decisions by ${who} are carried out only where the right is`, async () => {
    const owner = who === 'admin' || who === 'agent' ? 'boris' : who
    const [given] = await by(who).decide(
      decision(owner, 'sales-free', {
        want: { deferredUntil: noon + dayMs },
        base: { deferredUntil: 1 },
      }),
    )
    const isAllowed = givesOutSales.has(who) || who === 'agent'
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
