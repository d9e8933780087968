/** The seven states of a real keychain (security.md, row 22): always the key, or a question, never plain text. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

const program = join(import.meta.dirname, 'keyring-program.ts')
const isThere = ['gnome-keyring-daemon', 'dbus-run-session'].every(
  name => spawnSync('which', [name]).status === 0,
)
const skip = isThere ? false : 'there is no gnome-keyring here: apt-get install gnome-keyring dbus'

const made: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-keyring-'))
  made.push(folder)
  return folder
}
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

interface Said {
  readonly kind: string
  readonly holder?: string
  readonly reason?: string
  readonly name?: string
  readonly leaks?: readonly string[]
  readonly files?: readonly string[]
}

const daemon = 'gnome-keyring-daemon --components=secrets'
const unlocked = (password: string) => `printf ${password} | ${daemon} --unlock >/dev/null 2>&1`

/** Runs the program in a session of this home, begun with `start`; what it said first and second. */
async function inSession(
  home: string,
  script: string,
  bus = true,
): Promise<readonly [Said, Said | null]> {
  const [command, ...args] = bus ? ['dbus-run-session', '--', 'sh', '-c'] : ['sh', '-c']
  const child = spawn(command ?? '', [...args, script], {
    env: {
      ...process.env,
      HOME: home,
      XDG_DATA_HOME: join(home, 'share'),
      XDG_RUNTIME_DIR: newFolder(),
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      ...(bus ? {} : { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece))
  await new Promise(resolve => child.once('close', resolve))
  const line = out.split('\n').find(one => one.startsWith('[')) ?? 'null'
  return JSON.parse(line) as [Said, Said | null]
}

const ask = (data: string, daemonId = '') =>
  `'${process.execPath}' '${program}' '${data}' ${daemonId}`

const home = newFolder()
const data = newFolder()
let key: Said

before(async () => {
  if (skip !== false) return
  ;[key] = await inSession(home, `${unlocked('pw')}; ${ask(data)}`)
})

test('absent: a key is made and kept, and lies in no file as it is', { skip }, () => {
  assert.deepEqual([key.kind, key.holder, key.leaks], ['ok', 'keychain', []])
})

test('ok: the next session with the same password has the same key', { skip }, async () => {
  const [said] = await inSession(home, `${unlocked('pw')}; ${ask(data)}`)
  assert.deepEqual([said.kind, said.name], ['ok', key.name])
})

test('locked: the passphrase is asked for', { skip }, async () => {
  const [said] = await inSession(home, `${daemon} --start >/dev/null 2>&1; ${ask(data)}`)
  assert.deepEqual([said.kind, said.reason], ['passphraseNeeded', 'keychainLocked'])
})

test(
  'no D-Bus: the passphrase is asked for, and the kernel’s keyring is left alone',
  { skip },
  async () => {
    const [known] = await inSession(home, ask(data), false)
    assert.deepEqual([known.kind, known.reason], ['passphraseNeeded', 'noKeychain'])
    const [fresh] = await inSession(home, ask(newFolder()), false)
    assert.deepEqual(
      [fresh.kind, fresh.reason, fresh.files],
      ['passphraseNeeded', 'noKeychain', []],
    )
  },
)

test('another password: the passphrase is asked for', { skip }, async () => {
  const [said] = await inSession(home, `${unlocked('other')}; ${ask(data)}`)
  assert.deepEqual([said.kind, said.reason], ['passphraseNeeded', 'keychainLocked'])
})

test('a daemon killed on the way: the key is there, then it is asked for', { skip }, async () => {
  const start = `printf pw | ${daemon} --unlock --foreground >/dev/null 2>&1 & sleep 1`
  const [first, second] = await inSession(home, `${start}; ${ask(data, '$!')}`)
  assert.deepEqual([first.kind, first.name], ['ok', key.name])
  assert.equal(second?.kind, 'passphraseNeeded')
})

test(
  'a foreign empty keyring: the passphrase is asked for, and no other key is made',
  { skip },
  async () => {
    const [said] = await inSession(newFolder(), `${unlocked('pw')}; ${ask(data)}`)
    assert.deepEqual([said.kind, said.reason], ['passphraseNeeded', 'keychainForeign'])
    const [again] = await inSession(home, `${unlocked('pw')}; ${ask(data)}`)
    assert.equal(again.name, key.name)
  },
)
