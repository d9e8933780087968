/** A real PostgreSQL for tests: found, installed if need be, started by a user who may do nothing, ended after them. */
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { installedByApt } from './apt.mjs'

const password = 'only for tests'
const readyMs = 30_000

/**
 * The folder of `initdb` and `postgres`; null: there is none and none can be installed.
 * @returns {Promise<string | null>}
 */
export async function postgresForTests() {
  if (process.platform === 'win32') return null
  return (
    folderWithPostgres() ?? ((await installedByApt(['postgresql'])) ? folderWithPostgres() : null)
  )
}

function folderWithPostgres() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => +b - +a) : []
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map(version => join(debian, version, 'bin')),
    '/usr/local/pgsql/bin',
    '/opt/homebrew/bin',
  ]
  return (
    folders.find(folder => ['initdb', 'postgres'].every(name => existsSync(join(folder, name)))) ??
    null
  )
}

/** @type {(() => Promise<void>) | null} */
let stop = null

/** What `node --test --test-global-setup` calls: tests find the server by `NACHALO_TEST_POSTGRES`. */
export async function globalSetup() {
  const folder = process.env['NACHALO_POSTGRES_BIN'] ?? (await postgresForTests())
  if (!folder)
    throw new Error('there is no PostgreSQL here: install it (Debian: apt-get install postgresql)')
  const server = await startPostgres(folder)
  process.env['NACHALO_TEST_POSTGRES'] = server.address
  stop = server.stop
}

/** Called when all tests have ended. */
export async function globalTeardown() {
  await stop?.()
}

/**
 * PostgreSQL refuses root, so root hands it to a user without rights.
 * @param {string} binaries
 */
async function startPostgres(binaries) {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-postgres-'))
  const user = unprivileged()
  const secret = join(folder, 'password')
  writeFileSync(secret, password, { mode: 0o600 })
  if (user) for (const path of [folder, secret]) chownSync(path, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { cwd: folder, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }, ...user }
  const made = spawnSync(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'nachalo',
      '-A',
      'scram-sha-256',
      `--pwfile=${secret}`,
      '-E',
      'UTF8',
      '--locale=C',
      '-N',
    ],
    { ...options, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const port = await freePort()
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    'max_connections=200',
    'unix_socket_directories=',
    'listen_addresses=127.0.0.1',
    `port=${port}`,
  ]
  const child = spawn(
    join(binaries, 'postgres'),
    ['-D', data, ...settings.flatMap(setting => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = new Promise(resolve => child.once('exit', resolve))
  const endNow = () => void child.kill('SIGQUIT')
  process.once('exit', endNow)
  await said(child, 'ready to accept connections')
  return {
    address: `postgres://nachalo:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.off('exit', endNow)
      child.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Who may own a database here when we are root; null: we are nobody special ourselves. */
function unprivileged() {
  if (process.getuid?.() !== 0) return null
  const of = (/** @type {string} */ flag) =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
  return { uid: of('-u'), gid: of('-g') }
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** @type {(child: import('node:child_process').ChildProcess, text: string) => Promise<void>} */
function said(child, text) {
  return new Promise((resolve, reject) => {
    let all = ''
    const late = setTimeout(() => reject(new Error(`PostgreSQL is not ready: ${all}`)), readyMs)
    child.stderr?.setEncoding('utf8').on('data', piece => {
      all = (all + piece).slice(-10_000)
      if (all.includes(text)) {
        clearTimeout(late)
        resolve()
      }
    })
    child.once('exit', () => reject(new Error(`PostgreSQL ended: ${all}`)))
  })
}
