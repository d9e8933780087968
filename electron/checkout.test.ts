/** When the launcher installs and builds, tried in small checkouts of their own. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type * as Bundle from './bundle.mjs'
import type * as Install from './install.mjs'
import { makeSmallCheckout } from './testing/small-checkout.ts'
import type * as Turn from './turn.mjs'

const say = (key: string) => key

test('it builds when a source is newer, gone or added, and not for a test', async () => {
  const { folder, write, load } = makeSmallCheckout()
  const { bundle, isBuilt } = await load<typeof Bundle>('bundle.mjs')
  assert.equal(isBuilt(), false)
  await bundle(process.execPath, say)
  assert.equal(isBuilt(), true)
  write('core/main.test.ts', 'a test')
  assert.equal(isBuilt(), true)
  write('core/deep/added.ts', 'export {}')
  assert.equal(isBuilt(), false)
  await bundle(process.execPath, say)
  write('core/main.ts', 'export { }')
  assert.equal(isBuilt(), false)
  await bundle(process.execPath, say)
  rmSync(join(folder, 'core', 'deep', 'added.ts'))
  assert.equal(isBuilt(), false)
  await bundle(process.execPath, say)
  rmSync(join(folder, 'out', 'renderer', 'index.html'))
  assert.equal(isBuilt(), false)
})

test('a build that fails says why, and is tried again at the next start', async () => {
  const { write, load } = makeSmallCheckout()
  const { bundle, isBuilt } = await load<typeof Bundle>('bundle.mjs')
  write('core/main.ts', 'broken')
  await assert.rejects(bundle(process.execPath, say), /core\/main\.ts is broken\nbuildFailed/)
  assert.equal(isBuilt(), false)
})

test('looking whether anything is newer costs under 50 ms for two thousand files', async () => {
  const { write, load } = makeSmallCheckout()
  for (let number = 0; number < 2000; number += 1)
    write(`core/folder-${number % 40}/file-${number}.ts`, `${number}`)
  const { bundle, isBuilt } = await load<typeof Bundle>('bundle.mjs')
  await bundle(process.execPath, say)
  const costs = Array.from({ length: 9 }, () => {
    const startedAt = performance.now()
    assert.equal(isBuilt(), true)
    return performance.now() - startedAt
  }).toSorted((a, b) => a - b)
  assert.ok((costs[0] ?? Infinity) < 50, `${costs[0]} ms`)
})

test('what npm put there by hand counts as installed; another version or a lost package does not', async () => {
  const { folder, write, load } = makeSmallCheckout()
  write('node_modules/node/bin/.keep', '')
  symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'))
  write(
    'node_modules/.package-lock.json',
    '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }',
  )
  const { install, isInstalled } = await load<typeof Install>('install.mjs')
  assert.equal(isInstalled(), false)
  assert.equal(await install(say), join(folder, 'node_modules/node/bin/node'))
  assert.equal(isInstalled(), true)
  write('package-lock.json', '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.1" } } }')
  assert.equal(isInstalled(), false)
})

test('a Node that is too old is refused by name', async () => {
  const { folder, write, load } = makeSmallCheckout()
  write(
    'node_modules/.package-lock.json',
    '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }',
  )
  write('node_modules/node/bin/node', '#!/bin/sh\necho v22.1.0\n')
  chmodSync(join(folder, 'node_modules/node/bin/node'), 0o755)
  const { install, isInstalled } = await load<typeof Install>('install.mjs')
  await assert.rejects(
    install((key, values) => `${key} ${values?.['version']} ${values?.['needed']}`),
    /nodeOld 22\.1\.0 24/,
  )
  assert.equal(isInstalled(), false)
})

test('npm that fails is quoted, and nothing counts as installed', async () => {
  const { folder, write, load } = makeSmallCheckout()
  write('npm-cli.js', "console.error('npm error code ENOTFOUND'); process.exit(7)")
  const before = process.env['npm_execpath']
  process.env['npm_execpath'] = join(folder, 'npm-cli.js')
  const { install, isInstalled } = await load<typeof Install>('install.mjs')
  await assert.rejects(install(say), /npm error code ENOTFOUND\ninstallFailed/)
  if (before === undefined) delete process.env['npm_execpath']
  else process.env['npm_execpath'] = before
  assert.equal(isInstalled(), false)
})

test('two starts at once take turns, and the mark of one that was killed is no hindrance', async () => {
  const { folder, load } = makeSmallCheckout()
  const { inTurn } = await load<typeof Turn>('turn.mjs')
  const heard: string[] = []
  const first = inTurn(
    async () => {
      heard.push('first begins')
      await pause(400)
      heard.push('first ends')
    },
    () => heard.push('first waits'),
  )
  const program = `
    import { inTurn } from ${JSON.stringify(join(folder, 'electron', 'turn.mjs'))}
    await inTurn(async () => { console.log('begins'); await new Promise(() => setInterval(() => {}, 1000)) }, () => console.log('waits'))
  `
  const second = spawn(process.execPath, ['--input-type=module', '-e', program])
  const lines: string[] = []
  second.stdout.on('data', piece => lines.push(...String(piece).trim().split('\n')))
  await first
  while (!lines.includes('begins')) {
    await pause(50)
  }
  assert.deepEqual(
    [heard, lines],
    [
      ['first begins', 'first ends'],
      ['waits', 'begins'],
    ],
  )
  second.kill('SIGKILL')
  await once(second, 'exit')
  assert.ok(existsSync(join(folder, 'out', '.busy')))
  assert.equal(
    await inTurn(
      async () => 'done',
      () => {},
    ),
    'done',
  )
  assert.equal(existsSync(join(folder, 'out', '.busy')), false)
})

test('what npm ci leaves behind on a bare machine is repaired: .npmrc keeps scripts from running', () => {
  const root = new URL('../', import.meta.url)
  assert.match(readFileSync(new URL('.npmrc', root), 'utf8'), /^ignore-scripts=true$/m)
  assert.equal(statSync(new URL('.ci/run', root)).mode & 0o111, 0o111)
  assert.match(readFileSync(new URL('.ci/run', root), 'utf8'), /^exec npm test$/m)
})
