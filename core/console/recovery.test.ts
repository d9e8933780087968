/** Recovery drills of what lies around the databases: keys, settings, who is running, and a folder that cannot be written. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Stage } from '../contract.ts'
import type { WorkspaceId } from '../domain/id.ts'
import { dataKey } from '../secrets/data-key.ts'
import { openStore } from '../store/open-store.ts'
import { counted } from '../testing/counted.ts'
import { createConsole } from './console.ts'

const space = 'hub-0a1b2c3d' as WorkspaceId
const files = ['keys.json', 'keys.json.1', 'settings.json', 'running.json', 'key'] as const

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-drill-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A data folder with a key under a file, one connected hub's space and everything around it. */
async function prepare(t: TestContext): Promise<string> {
  const folder = join(newFolder(t), 'data')
  mkdirSync(folder, { mode: 0o700 })
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 })
  const answer = await dataKey({ folder, keyFile })
  assert.ok(answer.kind === 'ok')
  copyFileSync(join(folder, 'keys.json'), join(folder, 'keys.json.1'))
  openStore({
    folder: join(folder, 'spaces', space),
    workspaceId: space,
    key: answer.key,
    now: Date.now,
  }).close()
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({
      language: 'ru',
      theme: 'dark',
      lastSpace: space,
      hubs: { [space]: { title: 'Х' } },
    }),
  )
  writeFileSync(
    join(folder, 'running.json'),
    '{"pid":1,"address":"http://127.0.0.1:1","secret":"x"}',
  )
  return folder
}

/** Opens the space as a start of the program does, then says what the window would be told. */
async function start(
  folder: string,
): Promise<{ stage: Stage; spaces: string[]; logged: string[] }> {
  const logged: string[] = []
  const core = createConsole({
    dataFolder: folder,
    version: 'test',
    language: null,
    keyFile: join(folder, 'key'),
    embeddedHub: new URL('../hub/embedded.ts', import.meta.url),
    log: (where, error) => logged.push(`${where}: ${String(error)}`),
  })
  try {
    const stage = await core.begin(space)
    const spaces = readdirSync(join(folder, 'spaces'))
    return { stage, spaces, logged }
  } finally {
    await core.close()
  }
}

const damages: Readonly<Record<string, (path: string) => void>> = {
  deleted: path => rmSync(path),
  zeroed: path => writeFileSync(path, Buffer.alloc(statSync(path).size)),
  truncated: path => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'not what it was': path => writeFileSync(path, '{"v":2}'),
}

const outcomeOf = (stage: Stage) => (stage.kind === 'failed' ? stage.reason.code : stage.kind)

test('keys, settings and the rest spoiled one by one: the space opens, or the reason is said', async t => {
  const prepared = await prepare(t)
  const found: string[] = []
  for (const file of files)
    for (const [name, damage] of Object.entries(damages)) {
      const folder = join(newFolder(t), 'data')
      cpSync(prepared, folder, { recursive: true })
      damage(join(folder, file))
      const sealed = readFileSync(join(folder, 'spaces', space, 'outbox.db'))
      const { stage, spaces } = await start(folder)
      const expected = file === 'key' ? ({ deleted: 'keyFileMissing' }[name] ?? 'keyFile') : 'ready'
      const outcome = outcomeOf(stage)
      if (file === 'key') assert.match(outcome, /^keyFile/, `${file} ${name}: ${outcome}`)
      else assert.equal(outcome, expected, `${file} ${name}`)
      assert.deepEqual(spaces, [space])
      if (outcome !== 'ready')
        assert.ok(readFileSync(join(folder, 'spaces', space, 'outbox.db')).equals(sealed))
      found.push(outcome)
    }
  const opened = found.filter(outcome => outcome === 'ready').length
  counted(
    `recovery around the databases: ${found.length} drills, ${opened} opened, ${found.length - opened} refused with their reason`,
  )
})

test('with both generations of the keys gone no other key is made, and bringing them back opens', async t => {
  const folder = await prepare(t)
  const keys = readFileSync(join(folder, 'keys.json'))
  for (const spoil of [
    () => ['keys.json', 'keys.json.1'].forEach(name => rmSync(join(folder, name))),
    () => ['keys.json', 'keys.json.1'].forEach(name => writeFileSync(join(folder, name), '')),
  ]) {
    spoil()
    const { stage } = await start(folder)
    assert.equal(outcomeOf(stage), 'keysBroken')
    assert.ok(
      !existsSync(join(folder, 'keys.json')) || statSync(join(folder, 'keys.json')).size === 0,
    )
  }
  writeFileSync(join(folder, 'keys.json'), keys)
  assert.equal(outcomeOf((await start(folder)).stage), 'ready')
})

test('keys of another folder do not fit, and nothing of the space is changed', async t => {
  const [folder, other] = [await prepare(t), await prepare(t)]
  for (const name of ['key', 'keys.json', 'keys.json.1'])
    copyFileSync(join(other, name), join(folder, name))
  const before = readFileSync(join(folder, 'spaces', space, 'outbox.db'))
  assert.equal(outcomeOf((await start(folder)).stage), 'wrongKey')
  assert.ok(readFileSync(join(folder, 'spaces', space, 'outbox.db')).equals(before))
})

const program = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Starts the program as somebody whom the rights of files hold back. */
function startProgram(folder: string) {
  return spawnSync(process.execPath, [program, '--data-dir', folder, '--no-open'], {
    encoding: 'utf8',
    timeout: 20_000,
    ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  })
}

test('a data folder that cannot be made or written is refused with its name, and stays as it was', async t => {
  const parent = newFolder(t)
  chmodSync(parent, 0o755)
  const readOnly = join(parent, 'data')
  mkdirSync(readOnly, { mode: 0o555 })
  const file = join(parent, 'file')
  writeFileSync(file, '')
  for (const folder of [readOnly, join(readOnly, 'deeper'), join(file, 'data')]) {
    const { stdout, stderr, status } = startProgram(folder)
    const said: { sentence?: string } = JSON.parse(stdout || '{}')
    const { sentence, ...rest } = said
    assert.deepEqual(rest, { kind: 'failed', code: 'cannotOpen', path: folder })
    assert.ok(sentence?.includes(`В папку данных ${folder} нельзя писать.`), sentence)
    assert.deepEqual([status, stderr], [1, ''])
  }
  assert.deepEqual(readdirSync(readOnly), [])
  counted('read-only: 3 folders refused by name, 0 files left in them')
})
