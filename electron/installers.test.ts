/** What the installers are made of, asked of the builder itself: its schema, its patterns, its archive. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './testing/planted-faults.ts'

interface Config {
  readonly appId: string
  readonly directories: { readonly buildResources: string }
  readonly npmRebuild: boolean
  readonly asarUnpack: readonly string[]
  readonly files: readonly string[]
  readonly protocols: readonly { readonly schemes: readonly string[] }[]
  readonly afterPack: string
  readonly win: { readonly target: readonly string[]; readonly icon: string }
  readonly mac: {
    readonly target: readonly string[]
    readonly hardenedRuntime: boolean
    readonly entitlements: string
    readonly icon: string
  }
  readonly linux: { readonly target: readonly string[]; readonly icon: string }
}

// What electron-builder itself is made of: reached through it, for only it is named in package.json.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const inside = createRequire(builder.resolve('app-builder-lib'))
const { load }: { load(text: string): Config } = inside('js-yaml')
const { validateConfiguration }: { validateConfiguration(c: object, d: object): Promise<void> } =
  inside('./util/config/config.js')
const asar: {
  createPackage(from: string, to: string): Promise<void>
  getRawHeader(archive: string): { headerString: string }
  extractFile(archive: string, name: string): Buffer
  uncache(archive: string): void
} = inside('@electron/asar')

const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
const config = load(text)
const isValid = (changed: object) =>
  validateConfiguration(changed, { isEnabled: false }).then(
    () => true,
    () => false,
  )

test('electron-builder.yml fits the builder’s own schema', async () => {
  await validateConfiguration(config, { isEnabled: false })
})

test('a wrong key, a wrong place and a wrong value do not fit it', async () => {
  const wrong: object[] = [
    { ...config, npmRebuilt: false },
    { ...config, asarUnpack: { all: 1 } },
    { ...config, win: { ...config.win, entitlements: 'x' } },
    { ...config, mac: { ...config.mac, hardenedRuntime: 'yes' } },
    { ...config, linux: { ...config.linux, target: [{ name: 'deb' }] } },
    { ...config, protocols: [{ name: 'x' }] },
    load(text.replace('oneClick', 'oneclick')),
  ]
  const fits = await Promise.all(wrong.map(isValid))
  assert.deepEqual(
    fits,
    wrong.map(() => false),
  )
})

test('the installers are those that were agreed', () => {
  assert.deepEqual(
    [config.win.target, config.mac.target, config.linux.target],
    [['nsis'], ['dmg'], ['AppImage', 'deb']],
  )
  assert.equal(config.directories.buildResources, 'resources')
  assert.deepEqual([config.npmRebuild, config.mac.hardenedRuntime], [false, true])
  assert.deepEqual(config.asarUnpack, ['**/*.node'])
  assert.deepEqual(
    config.protocols.flatMap(({ schemes }) => schemes),
    ['nachalo'],
  )
  assert.match(config.appId, /^[a-z.]+$/)
  assert.ok(!text.includes('electronFuses'), 'fuses are flipped by after-pack.mjs alone')
})

test('everything the builder is told to take is there', () => {
  const { afterPack, win, mac, linux } = config
  for (const path of [afterPack, win.icon, mac.icon, linux.icon, mac.entitlements])
    assert.ok(statSync(join(root, path)).size > 100, path)
})

test('of the modules only those with binaries of their own are packed, for one system', () => {
  const { FileMatcher } = inside('./fileMatcher.js') as {
    FileMatcher: new (
      from: string,
      to: string,
      expand: (text: string) => string,
      patterns: readonly string[],
    ) => { createFilter(): (path: string, stat: object) => boolean }
  }
  const expand = (pattern: string) =>
    pattern.replaceAll('${platform}', 'win32').replaceAll('${arch}', 'x64')
  const excluding = config.files.filter(pattern => pattern.startsWith('!'))
  const isTaken = new FileMatcher(root, '/to', expand, ['**/*', ...excluding]).createFilter()
  const stat = { isDirectory: () => false, isFile: () => true }
  const taken = (name: string) => isTaken(join(root, 'node_modules', ...name.split('/')), stat)
  const packed = [
    'better-sqlite3/lib/index.js',
    'better-sqlite3/package.json',
    'better-sqlite3/prebuilds/win32-x64.node',
    '@napi-rs/keyring/index.js',
    '@node-rs/argon2/index.js',
  ]
  const leftOut = [
    'fastify/fastify.js',
    'pg/lib/index.js',
    'zod/index.js',
    'ws/index.js',
    'fastify/node_modules/pino/pino.js',
    'better-sqlite3/deps/sqlite3/sqlite3.c',
    'better-sqlite3/src/better_sqlite3.cpp',
    'better-sqlite3/prebuilds/linux-x64.node',
    'better-sqlite3/prebuilds/win32-arm64.node',
  ]
  assert.deepEqual(packed.filter(taken), packed)
  assert.deepEqual(leftOut.filter(taken), [])
})

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly offset?: string
  readonly size?: number
  readonly integrity?: { readonly hash: string }
}

/** The files of an archive that are not what its header says, as the runtime checks them. */
function tampered(archive: string, headerHash: string): string[] {
  asar.uncache(archive)
  const { headerString } = asar.getRawHeader(archive)
  if (createHash('sha256').update(headerString).digest('hex') !== headerHash) return ['the header']
  const wrong = (entry: Entry, path: string): string[] =>
    entry.files
      ? Object.entries(entry.files).flatMap(([name, inner]) => wrong(inner, join(path, name)))
      : createHash('sha256').update(asar.extractFile(archive, path)).digest('hex') ===
          entry.integrity?.hash
        ? []
        : [path]
  const header: Entry = JSON.parse(headerString)
  return wrong(header, '')
}

async function packedArchive() {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-asar-'))
  const app = join(folder, 'app')
  mkdirSync(join(app, 'out'), { recursive: true })
  writeFileSync(join(app, 'package.json'), '{"main":"out/main.js"}')
  writeFileSync(join(app, 'out', 'main.js'), 'start()\n'.repeat(500))
  const archive = join(folder, 'app.asar')
  await asar.createPackage(app, archive)
  const hash = createHash('sha256').update(asar.getRawHeader(archive).headerString).digest('hex')
  return { archive, hash }
}

test('an archive as it was packed is whole', async () => {
  const { archive, hash } = await packedArchive()
  assert.deepEqual(tampered(archive, hash), [])
})

for (const [name, change, found] of [
  ['a byte of a program', (bytes: string) => bytes.replace('start()', 'steal()'), /main\.js/],
  [
    'a byte of what names the program',
    (bytes: string) => bytes.replace('main.js"}', 'evil.js"}'),
    /package\.json/,
  ],
  ['a hash in the header', (bytes: string) => bytes.replace(/"hash":"./, '"hash":"!'), /header/],
  ['a name in the header', (bytes: string) => bytes.replace('"main.js"', '"m4in.js"'), /header/],
] as const)
  test(`${name} changed in an archive is found`, async () => {
    const { archive, hash } = await packedArchive()
    const before = readFileSync(archive, 'latin1')
    const after = change(before)
    assert.notEqual(after, before)
    writeFileSync(archive, after, 'latin1')
    assert.match(tampered(archive, hash).join(), found)
  })
