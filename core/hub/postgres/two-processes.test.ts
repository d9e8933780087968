/** Two real hub processes on one database: what one does, the other knows. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { writeCompany } from '../seed.ts'
import { sealOf } from '../sign-in/seal.ts'
import { changeOrg } from '../store/change-org.ts'
import { openHubStore } from '../store/hub-store.ts'
import { revokeToken } from '../store/tokens.ts'
import { type HubProcess, startProcess } from '../testing/hub-process.ts'
import {
  assign,
  type Console,
  consoleOf,
  decision,
  type HubWorld,
  hubWorld,
} from '../testing/hub-world.ts'
import { person, smallCompany } from '../testing/small-company.ts'
import { backToFirst, postgresOfTests, postgresPlace } from '../testing/test-place.ts'

const skip = postgresOfTests() === null && 'npm test postgres starts the PostgreSQL this needs'

/** The hub of the world is a third process's: it only prepares and looks. */
let world: HubWorld
let processes: readonly HubProcess[] = []
before(async () => {
  if (skip) return
  world = await hubWorld()
  processes = await Promise.all([startProcess(world.place), startProcess(world.place)])
})
after(async () => {
  for (const one of processes) await one.end('SIGTERM')
  await world?.close()
})

/** The same person at both processes. */
async function atBoth(name: string): Promise<readonly [Console, Console]> {
  const { token } = await world.as(name)
  const [one, two] = processes.map(({ url }) => consoleOf(url, token))
  assert.ok(one && two)
  return [one, two]
}

const timesOf = async (decisionId: string) => {
  const { db } = world.hub.store
  const rows = await db
    .selectFrom('history')
    .selectAll()
    .where('decisionId', '=', decisionId)
    .execute()
  return rows.length
}

test(
  'the same decision sent to both at once is carried out once, and both are told so',
  { skip },
  async () => {
    const consoles = await atBoth('anna')
    let now: string | null = null
    for (let turn = 0; turn < 30; turn += 1) {
      const to: string = turn % 2 ? 'vera' : 'gleb'
      const one = assign('anna', 'contact-free', to, now)
      now = to
      const outcomes = (await Promise.all(consoles.map(console => console.decide(one)))).flat()
      assert.deepEqual(
        outcomes.map(({ outcome }) => outcome),
        ['applied', 'applied'],
      )
      assert.equal(outcomes.filter(({ replayed }) => replayed).length, 1)
      assert.equal(await timesOf(one.decisionId), 1)
    }
  },
)

test('the same id with other content: one of the two is refused with 422', { skip }, async () => {
  const consoles = await atBoth('anna')
  for (let turn = 0; turn < 10; turn += 1) {
    const decisionId = randomUUID()
    const bodies = ['vera', 'gleb'].map(to => ({
      decisions: [
        decision('anna', 'contact-vera', {
          decisionId,
          want: { responsible: to },
          base: { responsible: 'nobody' },
        }),
      ],
    }))
    const answers = await Promise.all(
      consoles.map((console, place) => console.ask('POST', '/v1/decisions', bodies[place])),
    )
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 422],
    )
  }
})

test('one request for a case made at both makes one case', { skip }, async () => {
  const consoles = await atBoth('anna')
  const wanted = { requestId: randomUUID(), subject: 'Одно дело', departmentId: 'contact' }
  const answers = await Promise.all(consoles.map(one => one.ask('POST', '/v1/cases', wanted)))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 201],
  )
  assert.equal(new Set(answers.map(({ body }) => Object(body).id)).size, 1)
})

/** A stream of notices; `rung` when it has said that something changed. */
function bell(url: string, token: string) {
  const stop = new AbortController()
  const tooLate = setTimeout(() => stop.abort(), 10_000)
  const open = fetch(`${url}/v1/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  })
  const rung = open.then(async ({ body }) => {
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let said = ''; !said.includes('event: changed');)
      said += (await reader?.read())?.value ?? ''
    return performance.now()
  })
  return {
    open,
    rung,
    stop: () => {
      clearTimeout(tooLate)
      stop.abort()
    },
  }
}

test('a change at one rings the bell of the other', { skip }, async () => {
  const [here, there] = await atBoth('anna')
  const heard = bell(processes[1]?.url ?? '', there.token)
  await heard.open
  const begun = performance.now()
  await here.ask('PATCH', '/v1/cases/contact-free', { priority: 3 })
  const spent = (await heard.rung) - begun
  heard.stop()
  assert.ok(spent < 1000, `${spent} ms`)
})

test('rights follow the organisation at once, whoever changed it', { skip }, async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const consoles = await atBoth('vera')
    for (const one of consoles) assert.equal((await one.ask('GET', '/v1/me')).status, 200)
    await changeOrg(world.hub.store, { employees: [person('vera', { isDismissed: true })] })
    for (const one of consoles) assert.equal((await one.ask('GET', '/v1/me')).status, 401)
    const [anna] = await atBoth('anna')
    const [refused] = await anna.decide(assign('anna', 'shift-free', 'vera'))
    assert.equal(refused?.code, 'employeeDismissed')
    await changeOrg(world.hub.store, { employees: [person('vera')] })
    for (const one of consoles) assert.equal((await one.ask('GET', '/v1/me')).status, 200)
  }
})

test(
  'a token made elsewhere is good, a revoked one is dead at both at once',
  { skip },
  async () => {
    const consoles = await atBoth('boris')
    for (const one of consoles) assert.equal((await one.ask('GET', '/v1/me')).status, 200)
    const [, prefix = ''] = consoles[0].token.split('_')
    assert.ok(await revokeToken(world.hub.store, prefix))
    for (const one of consoles) assert.equal((await one.ask('GET', '/v1/me')).status, 401)
  },
)

test(
  'a wrong secret behind a name given out elsewhere locks that name alone',
  { skip },
  async () => {
    const [anna] = await atBoth('anna')
    const forged = consoleOf(processes[0]?.url ?? '', `${anna.token.slice(0, -4)}AAAA`)
    for (let turn = 0; turn < 20; turn += 1)
      assert.equal((await forged.ask('GET', '/v1/me')).status, 401)
    assert.equal((await forged.ask('GET', '/v1/me')).status, 429)
    const rubbish = consoleOf(processes[0]?.url ?? '', 'rubbish')
    assert.equal((await rubbish.ask('GET', '/v1/me')).status, 401)
  },
)

test('both answer with one epoch, and neither has shown the password', { skip }, async () => {
  const consoles = await atBoth('anna')
  const epochs = await Promise.all(consoles.map(async one => (await one.changes()).epoch))
  assert.equal(new Set(epochs).size, 1)
  const password = decodeURIComponent(new URL(world.place).password)
  assert.ok(password.length > 5)
  for (const { child, said } of processes) {
    assert.ok(!said().includes(password))
    if (process.platform === 'linux')
      assert.ok(!readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').includes(password))
  }
})

test('connections that break are made anew, and no bell is missed', { skip }, async () => {
  const [here, there] = await atBoth('anna')
  await here.ask('GET', '/v1/me')
  await world.meddle(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  const statuses = new Set<number>()
  for (let turn = 0; turn < 40; turn += 1) {
    statuses.add((await here.ask('GET', '/v1/me')).status)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  assert.equal((await here.ask('GET', '/v1/me')).status, 200)
  assert.ok(
    [...statuses].every(status => status === 200 || status === 503),
    [...statuses].join(),
  )
  const heard = bell(processes[1]?.url ?? '', there.token)
  await heard.open
  await here.ask('PATCH', '/v1/cases/contact-free', { priority: 0 })
  await heard.rung
  heard.stop()
})

test('a sign-in begun at one may end at the other', { skip }, async () => {
  const other = await openHubStore(world.place)
  const [here, there] = [await sealOf(world.hub.store), await sealOf(other)]
  const letter = here.close('journey', 'on the way')
  assert.equal(there.open('journey', letter, z.string()), 'on the way')
  assert.equal(there.open('promise', letter, z.string()), null)
  await other.close()
})

test('two that begin at once bring an older hub forward once', { skip }, async () => {
  const place = await postgresPlace(postgresOfTests() ?? '')
  await writeCompany(place.address, smallCompany())
  await place.meddle(backToFirst)
  const stores = await Promise.all([openHubStore(place.address), openHubStore(place.address)])
  for (const store of stores) {
    assert.equal((await store.world()).index.employeeById.size, 10)
    await store.close()
  }
  await place.remove()
})
