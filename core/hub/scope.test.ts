import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { bareId } from './bare-id.ts'
import { routeDocs } from './http/route-doc.ts'
import { changeOrg } from './store/change-org.ts'
import { createToken, revokeToken, usualScopes } from './store/tokens.ts'
import {
  assign,
  casesOf,
  type Console,
  consoleOf,
  type HubWorld,
  hubWorld,
} from './testing/hub-world.ts'
import { dayMs, noon } from './testing/small-company.ts'

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
  const cursor = (await gleb.pull()).cursor
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
  assert.equal((await gleb.changes(cursor)).mustRestart, true)
  assert.equal(Object((await gleb.ask('GET', '/v1/me')).body).role, 'head')
  const during = (await gleb.pull()).cursor
  world.clock.now = noon + dayMs
  assert.equal((await gleb.changes(during)).mustRestart, true)
  assert.equal(Object((await gleb.ask('GET', '/v1/me')).body).role, 'employee')
  assert.equal(Object((await by('max').ask('GET', '/v1/me')).body).role, 'employee')
  world.clock.now = noon
})

test('a token holds until it expires or is revoked', async () => {
  const { store, url } = world.hub
  const wanted = {
    employeeId: bareId('employee', 'anna'),
    role: 'person',
    scopes: usualScopes.person,
  } as const
  const short = await createToken(store, { ...wanted, label: '', expiresAt: noon + 1 })
  const long = await createToken(store, { ...wanted, label: '', expiresAt: null })
  const status = async (token: string) => (await consoleOf(url, token).ask('GET', '/v1/me')).status
  assert.equal(await status(short.token), 200)
  world.clock.now = noon + 1
  assert.equal(await status(short.token), 401)
  world.clock.now = noon
  assert.equal(await status(long.token), 200)
  assert.equal(await revokeToken(store, long.tokenId), true)
  assert.equal(await status(long.token), 401)
})

test('when every nearer head is away, the one who gets the case also sees it and gives it out', async () => {
  const other = await hubWorld()
  const boris = await other.as('boris')
  const { cursor } = await boris.pull()
  const away = (id: string) => ({
    absenceId: bareId('absence', id),
    employeeId: bareId('employee', id),
    kind: 'vacation' as const,
    fromAt: noon - dayMs,
    untilAt: noon + dayMs,
  })
  await changeOrg(other.hub.store, { absences: [away('anna'), away('director')] })
  assert.equal((await boris.changes(cursor)).mustRestart, true)
  const seen = casesOf(await boris.pull())
  assert.equal(seen.find(one => one.id === 'contact-free')?.isMasked, false)
  assert.equal((await boris.decide(assign('boris', 'contact-free', 'vera')))[0]?.outcome, 'applied')
  await other.close()
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
    // This hub has no sign-in provider, and so not the routes that lead there.
    const open = url.startsWith('/v1/sign-in') ? 404 : 200
    assert.equal(response.status, scope === null ? open : 401, `${method} ${url}`)
  }
})
