import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { bundle } from '../electron/bundle.mjs'
import { endOf, startChild } from '../electron/children.mjs'
import { root } from '../electron/root.mjs'
import { wordsIn } from '../electron/words.mjs'
import { browserForTests } from './browser.mjs'
import { countOfPlaywright, countOfTap } from './count.mjs'
import { keyringForTests } from './keyring.mjs'
import { postgresForTests } from './postgres.mjs'

/**
 * @typedef {import('./count.mjs').Count} Count
 * @typedef {{ name: string, run: (node: string) => Promise<Count> }} Step
 */

const results = join(root, 'e2e', '.results')
const modules = join(root, 'node_modules')
const longestMs = 10 * 60_000
/** A file of tests that hangs is named and ended before its step is. */
const longestFileMs = 7 * 60_000
/** A skipped test is a failure where nobody looks: only Electron's may have nothing to run in. */
const isStrict = Boolean(process.env['CI'])

/** Folders whose tests have a step of their own; every other test beside a source is `unit`. */
const folders = {
  postgres: ['core/hub/postgres'],
  store: ['core/store'],
  sync: ['core/sync', 'core/backends'],
  hub: ['core/hub', 'core/import', 'core/cli', 'core/demo'],
}

/** @type {readonly Step[]} */
const allSteps = [
  { name: 'types', run: tool('typescript/bin/tsc', '-b') },
  { name: 'lint', run: tool('oxlint/bin/oxlint', '--quiet') },
  { name: 'format', run: tool('oxfmt/bin/oxfmt', '--check') },
  { name: 'unused', run: tool('knip/bin/knip.js') },
  { name: 'unit', run: unitTests },
  { name: 'store', run: node => nodeTests(node, 'store') },
  { name: 'sync', run: node => nodeTests(node, 'sync') },
  { name: 'hub', run: node => nodeTests(node, 'hub') },
  { name: 'postgres', run: postgresTests },
  { name: 'build', run: built },
  { name: 'browser', run: browserTests },
]

/**
 * @param {readonly string[]} names none: all
 * @returns {{ steps: readonly Step[], unknown: string[] }}
 */
export const findSteps = names => ({
  steps: names.length === 0 ? allSteps : allSteps.filter(({ name }) => names.includes(name)),
  unknown: names.filter(asked => !allSteps.some(({ name }) => name === asked)),
})

/**
 * Runs a program on Node 24 and lets it print.
 * @type {(node: string, args: readonly string[], environment?: Record<string, string>) => Promise<number>}
 */
const run = (node, args, environment = {}) =>
  endOf(
    startChild(node, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: longestMs,
      env: {
        ...process.env,
        PATH: `${join(modules, '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
        // Thousands of programs are started: what one has compiled the next need not.
        NODE_COMPILE_CACHE: join(results, 'compile-cache'),
        ...environment,
      },
    }),
  )

/** @type {(node: string) => Promise<Count>} */
async function unitTests(node) {
  await keyringForTests()
  return nodeTests(node, 'unit')
}

/** @type {(hasPassed: boolean) => Count} */
const one = hasPassed => ({ passed: hasPassed ? 1 : 0, failed: hasPassed ? 0 : 1, skipped: 0 })

/**
 * @param {string} program path in node_modules
 * @param {...string} args
 * @returns {Step['run']}
 */
function tool(program, ...args) {
  return async node => one((await run(node, [join(modules, program), ...args])) === 0)
}

/** @type {Step['run']} */
async function built(node) {
  await bundle(node, wordsIn('en'))
  return one(true)
}

/**
 * Every test that opens a hub's world, on a real PostgreSQL, and those only PostgreSQL needs.
 * @type {Step['run']}
 */
async function postgresTests(node) {
  const binaries = await postgresForTests()
  if (binaries === null)
    return withSkips({ passed: 0, failed: 0, skipped: 1 }, ['PostgreSQL: there is none here'])
  const isShared = (/** @type {string} */ file) =>
    groupOf(file) === 'hub' &&
    /await (hubWorld|testPlace)\(/.test(readFileSync(join(root, file), 'utf8'))
  const files = testFiles().filter(file => groupOf(file) === 'postgres' || isShared(file))
  return testsIn(node, 'postgres', files, {
    args: [`--test-global-setup=${join(root, 'e2e', 'postgres.mjs')}`],
    environment: { NACHALO_POSTGRES_BIN: binaries },
  })
}

/** @type {(node: string, group: 'unit' | keyof typeof folders) => Promise<Count>} */
const nodeTests = (node, group) =>
  testsIn(
    node,
    group,
    testFiles().filter(file => groupOf(file) === group),
  )

/**
 * @param {string} node
 * @param {string} group
 * @param {readonly string[]} files
 * @param {{ args: readonly string[], environment: Record<string, string> }} [more]
 * @returns {Promise<Count>}
 */
async function testsIn(node, group, files, more = { args: [], environment: {} }) {
  if (files.length === 0) {
    process.stdout.write(`no test files: a step that tests nothing has failed\n`)
    return one(false)
  }
  mkdirSync(results, { recursive: true })
  const tapPath = join(results, `${group}.tap`)
  const reporters = [
    ['--test-reporter=dot', '--test-reporter-destination=stdout'],
    ['--test-reporter=tap', `--test-reporter-destination=${tapPath}`],
  ].flat()
  // One more than the cores of a small machine: much of the time a test waits for a program it started.
  const limits = ['--test-concurrency=3', `--test-timeout=${longestFileMs}`]
  const args = ['--test', ...limits, ...reporters, ...more.args, ...files]
  const code = await run(node, args, more.environment)
  const { skips, counted, ...count } = countOfTap(readFileSync(tapPath, 'utf8'), code)
  for (const line of counted) process.stdout.write(`${line}\n`)
  return withSkips(count, skips)
}

/** @type {(file: string) => string} */
const groupOf = file =>
  Object.entries(folders).find(([, places]) =>
    places.some(place => file.startsWith(`${place}/`)),
  )?.[0] ?? 'unit'

/** Every test beside a source, as a path with `/` below the checkout. */
const testFiles = () =>
  ['core', 'renderer', 'electron', 'e2e'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(({ name }) => name.endsWith('.test.ts'))
      .map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll('\\', '/'))
      .toSorted(),
  )

/** @type {Step['run']} */
async function browserTests(node) {
  if (!existsSync(join(root, 'out', 'main', 'core.js'))) {
    process.stdout.write('not run: there is no build\n')
    return one(false)
  }
  const browser = await browserForTests(node)
  const reportPath = join(results, 'browser.json')
  rmSync(reportPath, { force: true })
  const playwright = join(modules, '@playwright', 'test', 'cli.js')
  const code = await run(
    node,
    [playwright, 'test', '-c', 'e2e', '--project=chromium', '--project=electron'],
    {
      NACHALO_CHROMIUM: browser,
    },
  )
  const json = existsSync(reportPath) ? readFileSync(reportPath, 'utf8') : null
  const { skips, away, ...count } = countOfPlaywright(json, code)
  for (const title of away) process.stdout.write(`not run here: no Electron runtime: ${title}\n`)
  return withSkips(count, skips)
}

/** @type {(count: Count, skips: readonly string[]) => Count} */
function withSkips({ passed, failed, skipped, failures = [] }, skips) {
  for (const skip of skips) process.stdout.write(`skipped: ${skip}\n`)
  return { passed, skipped, failed: isStrict ? failed + skips.length : failed, failures }
}
