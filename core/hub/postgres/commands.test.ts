/** Every command of the hub on a PostgreSQL database. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runCommand } from '../cli/run-command.ts'
import { writeCompany } from '../seed.ts'
import { openHubStore } from '../store/hub-store.ts'
import { startProcess } from '../testing/hub-process.ts'
import { consoleOf } from '../testing/hub-world.ts'
import { smallCompany } from '../testing/small-company.ts'
import { postgresOfTests, postgresPlace, type TestPlace } from '../testing/test-place.ts'

const server = postgresOfTests()
const skip = server === null && 'npm test postgres starts the PostgreSQL this needs'
const folder = mkdtempSync(join(tmpdir(), 'nachalo-hub-postgres-'))
const places: TestPlace[] = []

async function emptyPlace(): Promise<string> {
  const place = await postgresPlace(server ?? '')
  places.push(place)
  return place.address
}

/** A command as if typed, with the address where a password may be. */
async function run(words: readonly string[], address: string, environment: NodeJS.ProcessEnv = {}) {
  const said = { stdout: '', stderr: '' }
  const status = await runCommand([...words, '--lang', 'en', '--data', join(folder, 'data')], {
    environment: { NACHALO_DATABASE: address, ...environment },
    say: text => void (said.stdout += `${text}\n`),
    complain: text => void (said.stderr += `${text}\n`),
  })
  const password = decodeURIComponent(new URL(server ?? '').password)
  for (const text of [said.stdout, said.stderr])
    assert.ok(!text.includes(password) && !text.includes(encodeURIComponent(password)), text)
  return { status, ...said }
}

let full = ''
before(async () => {
  if (skip) return
  full = await emptyPlace()
  await writeCompany(full, smallCompany())
})
after(async () => {
  for (const place of places) await place.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('commands work while hubs serve, and what they do holds at once', { skip }, async () => {
  const hub = await startProcess(full)
  const made = await run(['token', 'create', '--employee', 'anna'], full)
  assert.equal(made.status, 0, made.stderr)
  const token = made.stdout.trim().split('\n').at(-1) ?? ''
  assert.equal((await consoleOf(hub.url, token).ask('GET', '/v1/me')).status, 200)
  const prefix = token.split('_')[1] ?? ''
  assert.match((await run(['token', 'list'], full)).stdout, new RegExp(prefix))
  assert.equal((await run(['token', 'revoke', prefix], full)).status, 0)
  assert.equal((await consoleOf(hub.url, token).ask('GET', '/v1/me')).status, 401)
  const doctor = await run(['doctor', '--json'], full)
  assert.equal(doctor.status, 0, doctor.stderr)
  assert.equal(JSON.parse(doctor.stdout).counts.cases, 12)
  await hub.end('SIGTERM')
})

test('a hub goes from PostgreSQL to a file and back, and is the same hub', { skip }, async () => {
  const [one, two, three] = ['one.json', 'two.json', 'three.json'].map(name => join(folder, name))
  assert.ok(one && two && three)
  assert.equal((await run(['export', one], full)).status, 0)
  const file = { words: ['--data', join(folder, 'file')] }
  const toFile = await run(['import', one, ...file.words], '')
  assert.equal(toFile.status, 0, toFile.stderr)
  assert.equal((await run(['export', two, ...file.words], '')).status, 0)
  assert.equal(readFileSync(two, 'utf8'), readFileSync(one, 'utf8'))
  const other = await emptyPlace()
  const toPostgres = await run(['import', two], other)
  assert.equal(toPostgres.status, 0, toPostgres.stderr)
  assert.equal((await run(['export', three], other)).status, 0)
  const tables = (path: string) => {
    const { counters: _counters, ...rest } = JSON.parse(readFileSync(path, 'utf8')).tables
    return rest
  }
  assert.deepEqual(tables(three), tables(one))
  assert.equal((await run(['doctor'], other)).status, 0)
  const again = await run(['import', one], other)
  assert.deepEqual([again.status, again.stderr.includes('There is a hub here already')], [1, true])
})

test(
  'a hub that serves with nobody in it takes an import, and sees at once who came',
  { skip },
  async () => {
    const place = await emptyPlace()
    const hub = await startProcess(place)
    assert.equal((await run(['import', join(folder, 'one.json')], place)).status, 0)
    const made = await run(['token', 'create', '--employee', 'anna'], place)
    const token = made.stdout.trim().split('\n').at(-1) ?? ''
    const me = await consoleOf(hub.url, token).ask('GET', '/v1/me')
    assert.deepEqual([me.status, Object(me.body).role], [200, 'head'])
    await hub.end('SIGTERM')
  },
)

test(
  'a copy is a file under the key, and restores into PostgreSQL as another database',
  { skip },
  async () => {
    const environment = { NACHALO_KEY_FILE: join(folder, 'key') }
    writeFileSync(environment.NACHALO_KEY_FILE, 'k'.repeat(40), { mode: 0o600 })
    const copies = join(folder, 'copies')
    const made = await run(['backup', '--to', copies], full, environment)
    assert.equal(made.status, 0, made.stderr)
    const [name = ''] = readdirSync(copies)
    assert.ok(!readFileSync(join(copies, name)).includes('Предмет'))
    const place = await emptyPlace()
    assert.equal((await run(['restore', join(copies, name)], place)).status, 1)
    const restored = await run(['restore', join(copies, name)], place, environment)
    assert.equal(restored.status, 0, restored.stderr)
    const [old, fresh] = [await openHubStore(full), await openHubStore(place)]
    assert.notEqual((await old.world()).epoch, (await fresh.world()).epoch)
    const cases = (store: typeof old) =>
      store.db.selectFrom('cases').selectAll().orderBy('caseId').execute()
    assert.deepEqual(await cases(fresh), await cases(old))
    await old.close()
    await fresh.close()
  },
)

test(
  'a wrong password, nobody there and no address are said in a sentence without the password',
  { skip },
  async () => {
    const wrong = new URL(full)
    wrong.password = 'wrong secret'
    const away = new URL(full)
    away.port = '1'
    for (const [address, why] of [
      [wrong.href, '28P01'],
      [away.href, 'ECONNREFUSED'],
    ] as const) {
      const { status, stderr } = await run(['doctor'], address)
      assert.deepEqual(
        [status, stderr.includes(why), stderr.includes('secret')],
        [1, true, false],
        stderr,
      )
    }
    const nonsense = await run(['doctor', '--database', 'mysql://a:hidden@b/c'], '')
    assert.deepEqual([nonsense.status, nonsense.stderr.includes('hidden')], [2, false])
    const typed = await run(['doctor', '--database', wrong.href], '')
    assert.match(typed.stderr, /Everybody on this computer sees a password/)
  },
)
