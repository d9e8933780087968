import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-cli-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const table = join(folder, 'дела.csv')
writeFileSync(table, 'номер,тема,ответственный\n1,Первое,\n2,Второе,Анна\n3\n')

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const nachalo = (...words: string[]) => run({}, ...words)

function run(env: Record<string, string>, ...words: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, LANG: 'ru_RU.UTF-8', LC_ALL: '', ...env },
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', piece => (out += piece))
  child.stderr.setEncoding('utf8').on('data', piece => (err += piece))
  return new Promise(resolve => child.once('close', code => resolve({ code, out, err })))
}

test('--json prints the counts and nothing else', async () => {
  const { code, out, err } = await nachalo(
    'import',
    'дела.csv',
    '--json',
    '--dry-run',
    '--data-dir',
    'data',
  )
  assert.deepEqual([code, err], [0, ''])
  assert.equal(out.trim().split('\n').length, 1)
  assert.deepEqual(JSON.parse(out), {
    rows: 2,
    skipped: [
      { line: 4, field: '', value: '3', reason: { expected: 3, found: 1, code: 'ragged' } },
    ],
    departments: 0,
    employees: 1,
    cases: { total: 2, unassigned: 1, assigned: 1, waiting: 0, closed: 0 },
  })
  assert.deepEqual(Object.keys(JSON.parse(out)), [
    'rows',
    'skipped',
    'departments',
    'employees',
    'cases',
  ])
  assert.equal(existsSync(join(folder, 'data')), false)
})

test('each import makes a space of its own, and doctor knows them', async () => {
  const first = await nachalo('import', 'дела.csv', '--mapping', 'plain', '--data-dir', 'spaces')
  const second = await nachalo('import', table, '--data-dir', 'spaces', '--lang', 'en')
  assert.match(first.out, /import-1/)
  assert.match(first.err, /строка 4/)
  assert.match(second.out, /import-2/)
  assert.deepEqual(readdirSync(join(folder, 'spaces/hubs/import-2')), ['hub.db'])
  const doctor = await nachalo('doctor', '--json', '--data-dir', 'spaces')
  const findings: { name: string; level: string }[] = JSON.parse(doctor.out)
  assert.equal(doctor.code, 0)
  assert.equal(findings.filter(({ name, level }) => name === 'hub' && level === 'good').length, 2)
})

test('backups of anything but the demo are encrypted, or not made at all', async () => {
  await nachalo('import', 'дела.csv', '--data-dir', 'kept')
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, 'a key file of more than thirty-two characters', { mode: 0o600 })
  const made = await run(
    { NACHALO_KEY_FILE: keyFile },
    'backup',
    '--json',
    '--data-dir',
    'kept',
    '--to',
    'copies',
  )
  assert.equal(made.code, 0)
  const { copies, locked }: { copies: { path: string }[]; locked: string[] } = JSON.parse(made.out)
  assert.deepEqual([copies.length, locked], [1, []])
  const header = readFileSync(copies[0]?.path ?? '')
    .subarray(0, 15)
    .toString('latin1')
  assert.notEqual(header, 'SQLite format 3')
  chmodSync(keyFile, 0o644)
  const refused = await run(
    { NACHALO_KEY_FILE: keyFile },
    'backup',
    '--data-dir',
    'kept',
    '--to',
    'none',
  )
  assert.equal(refused.code, 1)
  assert.match(refused.err, /import-1/)
  assert.equal(existsSync(join(folder, 'none')), false)
})

test('a bad file says where and what to do, ends with 1 and leaves nothing', async () => {
  writeFileSync(join(folder, 'bad.csv'), 'номер,тема\n1,"открыто\n')
  const { code, out, err } = await nachalo('import', 'bad.csv', '--json', '--data-dir', 'bad')
  assert.deepEqual([code, out], [1, ''])
  assert.match(err, /bad\.csv, строка 2: Кавычка открыта.*Закройте/)
  assert.deepEqual(readdirSync(join(folder, 'bad/hubs')), [])
})

test('doctor finds a hub that is spoilt and an import that was not finished', async () => {
  mkdirSync(join(folder, 'ill/hubs/import-1'), { recursive: true })
  mkdirSync(join(folder, 'ill/hubs/import-2'), { recursive: true })
  writeFileSync(
    join(folder, 'ill/hubs/import-1/hub.db'),
    'not a database, whatever its name says'.repeat(200),
  )
  const { code, out } = await nachalo('doctor', '--json', '--data-dir', 'ill')
  assert.equal(code, 1)
  const hubs: { name: string; level: string }[] = JSON.parse(out)
  assert.deepEqual(
    hubs.filter(({ name }) => name === 'hub').map(({ level }) => level),
    ['bad', 'warn'],
  )
})

test('what is typed wrongly ends with 2 and a hint', async () => {
  for (const words of [
    ['fly'],
    ['import', table, '--mapping', 'sap'],
    ['import', table, '--as-of', 'вчера'],
  ]) {
    const { code, out, err } = await nachalo(...words)
    assert.deepEqual([code, out], [2, ''], String(words))
    assert.notEqual(err, '')
  }
  assert.equal((await nachalo('--help')).code, 0)
})

test('on a live folder it refuses with the address, and not because of a dead one', async () => {
  const server = createServer((_, response) => void response.end()).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const address = `http://127.0.0.1:${portOf(server.address())}`
  const live = join(folder, 'live')
  mkdirSync(live)
  const running = (pid: number) =>
    writeFileSync(join(live, 'running.json'), JSON.stringify({ pid, address, secret: 's' }))
  running(process.pid)
  const refused = await nachalo('import', table, '--data-dir', live)
  assert.deepEqual([refused.code, refused.out], [1, ''])
  assert.ok(refused.err.includes(address))
  assert.equal((await nachalo('backup', '--data-dir', live)).code, 1)
  assert.deepEqual(readdirSync(live), ['running.json'])
  const dry = await nachalo('import', table, '--dry-run', '--data-dir', live)
  assert.equal(dry.code, 0)
  server.close()
  assert.equal((await nachalo('import', table, '--data-dir', live)).code, 0)
})

function portOf(address: AddressInfo | string | null): number {
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}
