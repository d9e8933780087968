import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Sqlite from 'better-sqlite3'
import { runCommand } from './cli/run-command.ts'
import { writeCompany } from './seed.ts'
import { holdHub } from './server.ts'
import { writeDump } from './store/dump.ts'
import { openHubStore } from './store/hub-store.ts'
import { consoleOf } from './testing/hub-world.ts'
import { smallCompany } from './testing/small-company.ts'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-hub-cli-'))
const data = join(folder, 'data')
after(() => rmSync(folder, { recursive: true, force: true }))
before(() => writeCompany(join(data, 'hub.db'), smallCompany()))

/** A command as if typed; `inside`: its folder. */
async function run(
  words: readonly string[],
  { inside = data, environment = {} }: { inside?: string; environment?: NodeJS.ProcessEnv } = {},
) {
  const said = { stdout: '', stderr: '' }
  const status = await runCommand([...words, '--data', inside, '--lang', 'en'], {
    environment,
    say: text => void (said.stdout += `${text}\n`),
    complain: text => void (said.stderr += `${text}\n`),
  })
  return { status, ...said }
}

test('tokens are made, listed without their secret, used and revoked', async () => {
  const made = await run([
    'token',
    'create',
    '--employee',
    'anna',
    '--label',
    'laptop',
    '--days',
    '30',
  ])
  assert.equal(made.status, 0, made.stderr)
  const token = made.stdout.trim().split('\n').at(-1) ?? ''
  assert.match(token, /^nch_[0-9a-f]{12}_[\w-]{43}$/)
  const listed = (await run(['token', 'list'])).stdout
  const prefix = token.split('_')[1] ?? ''
  assert.match(listed, new RegExp(`${prefix}  Имя anna  person  holds  laptop`))
  assert.ok(!listed.includes(token.slice(-43)))
  assert.ok(!readFileSync(join(data, 'hub.db')).includes(token.slice(-43)))
  assert.equal((await run(['token', 'revoke', prefix])).status, 0)
  assert.match((await run(['token', 'list'])).stdout, /revoked/)
  assert.equal((await run(['token', 'revoke', prefix])).status, 1)
  assert.match(
    (await run(['token', 'create', '--employee', 'fired'])).stderr,
    /Nobody with the id “fired”/,
  )
  assert.equal((await run(['token', 'create'])).status, 2)
  assert.equal((await run(['token', 'create', '--employee', 'anna', '--scopes', 'fly'])).status, 2)
})

test('a dump made into a hub again is the same dump', async () => {
  const [file, again] = [join(folder, 'one.json'), join(folder, 'two.json')]
  assert.equal((await run(['export', file])).status, 0)
  const second = join(folder, 'second')
  const imported = await run(['import', file], { inside: second })
  assert.equal(imported.status, 0, imported.stderr)
  const store = await openHubStore(join(second, 'hub.db'))
  await writeDump(store.database, again)
  await store.close()
  assert.equal(readFileSync(again, 'utf8'), readFileSync(file, 'utf8'))
  const refused = await run(['import', file], { inside: second })
  assert.deepEqual(
    [refused.status, refused.stderr.includes('There is a hub here already')],
    [1, true],
  )
  assert.equal((await run(['doctor'], { inside: second })).status, 0)
})

test('a bad file changes nothing and says where it is bad', async () => {
  const good: { tables: Record<string, Record<string, unknown>[]> } = JSON.parse(
    readFileSync(join(folder, 'one.json'), 'utf8'),
  )
  const bad = (spoil: (tables: typeof good.tables) => void) => {
    const copy = structuredClone(good)
    spoil(copy.tables)
    return JSON.stringify(copy)
  }
  const first = (tables: typeof good.tables, name: string) => tables[name]?.[0] ?? {}
  const third = join(folder, 'third')
  for (const [text, why] of [
    ['{', /JSON/],
    ['{"format":"other"}', /format/],
    [bad(tables => (first(tables, 'cases')['status'] = 'lost')), /status/],
    [bad(tables => (first(tables, 'cases')['phones'] = 'not json')), /./],
    [bad(tables => (first(tables, 'cases')['number'] = null)), /cases\[0\].*number/],
    [bad(tables => (first(tables, 'cases')['color'] = 'red')), /cases\[0\]\.color/],
    [bad(tables => (first(tables, 'cases')['departmentId'] = 'nowhere')), /cases\.departmentId/],
    [bad(tables => (first(tables, 'employees')['isDismissed'] = 'yes')), /employees\[0\]/],
  ] as const) {
    const file = join(folder, 'bad.json')
    writeFileSync(file, text)
    const { status, stderr } = await run(['import', file], { inside: third })
    assert.equal(status, 1, text.slice(0, 80))
    assert.match(stderr, why)
    assert.ok(!existsSync(join(third, 'hub.db')))
    assert.ok(!readdirSync(third).some(name => name.includes('draft')))
  }
})

test('a copy is encrypted under the key, refused without it, and restores as another database', async () => {
  const key = join(folder, 'key')
  writeFileSync(key, 'k'.repeat(40), { mode: 0o644 })
  const environment = { NACHALO_KEY_FILE: key }
  assert.match((await run(['backup'], { environment })).stderr, /key file/)
  chmodSync(key, 0o600)
  const made = await run(['backup', '--to', join(folder, 'copies')], { environment })
  assert.equal(made.status, 0, made.stderr)
  const [name = ''] = readdirSync(join(folder, 'copies'))
  const copy = join(folder, 'copies', name)
  assert.ok(!readFileSync(copy).includes('SQLite format 3'))
  assert.ok(!readFileSync(copy).includes('Предмет'))
  const fourth = join(folder, 'fourth')
  const keyless = await run(['restore', copy], { inside: fourth })
  assert.deepEqual([keyless.status, keyless.stderr.includes('under another key')], [1, true])
  assert.ok(!existsSync(join(fourth, 'hub.db')))
  const restored = await run(['restore', copy], { inside: fourth, environment })
  assert.equal(restored.status, 0, restored.stderr)
  const [old, fresh] = [
    await openHubStore(join(data, 'hub.db')),
    await openHubStore(join(fourth, 'hub.db')),
  ]
  assert.notEqual((await old.world()).epoch, (await fresh.world()).epoch)
  const count = (store: typeof old) =>
    store.db.selectFrom('cases').selectAll().orderBy('caseId').execute()
  assert.deepEqual(await count(old), await count(fresh))
  await old.close()
  await fresh.close()
})

test('doctor remarks on what is worth knowing and stops on what is broken', async () => {
  const sound = await run(['doctor', '--json'])
  assert.equal(sound.status, 0, sound.stderr)
  const { isSound, counts, findings } = JSON.parse(sound.stdout)
  assert.equal(isSound, true)
  assert.deepEqual(counts, { cases: 12, unassigned: 4, assigned: 6, closed: 2 })
  assert.deepEqual(
    findings.map((one: { code: string; detail: string }) => [one.code, one.detail]),
    [
      ['headless', 'Отделение empty, Отделение shift'],
      ['dismissed', 'Имя fired (1)'],
    ],
  )
  const file = new Sqlite(join(data, 'hub.db'))
  file.exec(
    "update cases set status = 'lost' where caseId = 'top-free'; drop trigger audit_refuses_update; update audit set actor = 'x' where seq = 1",
  )
  file.close()
  const broken = await run(['doctor', '--json'])
  assert.equal(broken.status, 1)
  assert.deepEqual(
    JSON.parse(broken.stdout)
      .findings.filter((one: { level: string }) => one.level === 'fault')
      .map((one: { code: string }) => one.code),
    ['audit', 'conservation'],
  )
})

test('while the hub runs, every command refuses with its address; afterwards they work', async () => {
  const live = join(folder, 'live')
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), '--data', live, '--port', '0', '--lang', 'en'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const url = await new Promise<string>(resolve => {
    let said = ''
    child.stdout.on('data', piece => {
      said += String(piece)
      const [, found] = /answers at (http:\/\/[\d.:]+)/.exec(said) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  assert.equal((await consoleOf(url, 'none').ask('GET', '/v1/health')).status, 200)
  for (const words of [
    ['token', 'list'],
    ['export', join(folder, 'x.json')],
    ['import', join(folder, 'one.json')],
    ['backup'],
    ['doctor'],
    ['serve'],
  ]) {
    const { status, stderr } = await run(words, { inside: live })
    assert.deepEqual([status, stderr.includes(url)], [1, true], `${words[0]}: ${stderr}`)
  }
  child.kill('SIGTERM')
  const code = await new Promise(resolve => child.once('exit', resolve))
  assert.equal(code, 0)
  assert.equal(
    (await run(['import', join(folder, 'one.json')], { inside: live })).status,
    0,
    'an empty hub takes an import',
  )
})

test('what is wrongly typed is said with exit code 2', async () => {
  for (const words of [
    ['fly'],
    ['token', 'fly'],
    ['export'],
    ['--port', 'x'],
    ['--nothing'],
    ['--days', '1.5'],
  ])
    assert.equal((await run(words)).status, 2, words.join(' '))
  assert.match((await run(['--help'])).stdout, /token create/)
})

test('a command that works alone holds the folder', async () => {
  const hold = holdHub(join(data, 'hub.db'))
  assert.match((await run(['token', 'list'])).stderr, /Another command is at work/)
  hold.release()
})
