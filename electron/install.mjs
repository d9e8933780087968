import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { outcomeOf, startChild } from './children.mjs'
import { Failure } from './failure.mjs'
import { tell, tellProgress } from './program.mjs'
import { root } from './root.mjs'

/** @typedef {import('./words.mjs').Say} Say */

const isWindows = process.platform === 'win32'
const modules = join(root, 'node_modules')
const stampPath = join(modules, '.nachalo-stamp')
const neededMajor = 24

/** The Node that everything of ours runs on, whatever the shell has. */
export const nodePath = join(modules, 'node', 'bin', isWindows ? 'node.exe' : 'node')

/** Whether node_modules is what the lock file says, as far as the stamp of the last installation knows. */
export const isInstalled = () =>
  existsSync(nodePath) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lockStamp()

const lockStamp = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

/**
 * Makes node_modules what the lock file says and returns the path of Node 24 in it.
 * @param {Say} say
 * @returns {Promise<string>}
 */
export async function install(say) {
  const startedAt = Date.now()
  const isByHand = isWhatLockSays()
  if (!isByHand) await installPackages(say, startedAt)
  if (!existsSync(nodePath)) await npm(['rebuild', 'node', '--ignore-scripts=false'], say)
  assertNode(say)
  writeFileSync(stampPath, lockStamp())
  if (!isByHand) tell(say('installed', { seconds: secondsSince(startedAt) }))
  return nodePath
}

/**
 * npm's own record in node_modules against the lock: true also after an installation typed by hand.
 */
function isWhatLockSays() {
  const recordPath = join(modules, '.package-lock.json')
  if (!existsSync(recordPath)) return false
  const record = packagesOf(recordPath)
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([place, { version, optional, link }]) =>
      place === '' ||
      link ||
      (record[place] ? record[place].version === version : optional === true),
  )
}

/** @type {(path: string) => Record<string, { version?: string, optional?: boolean, link?: boolean, os?: string[] }>} */
const packagesOf = path => JSON.parse(readFileSync(path, 'utf8')).packages

/** @type {(say: Say, startedAt: number) => Promise<void>} */
async function installPackages(say, startedAt) {
  const total = Object.entries(packagesOf(join(root, 'package-lock.json'))).filter(
    ([place, { optional }]) => place !== '' && optional !== true,
  ).length
  const progress = () =>
    tellProgress(
      say('installing', {
        done: Math.min(countInstalled(), total),
        total,
        seconds: secondsSince(startedAt),
      }),
    )
  progress()
  const timer = setInterval(progress, process.stderr.isTTY ? 500 : 10_000)
  // Our scripts need no compiler: without this npm builds a module that brings its own binaries.
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], say).finally(
    () => clearInterval(timer),
  )
}

/** @type {(at: number) => number} */
const secondsSince = at => Math.round((Date.now() - at) / 1000)

function countInstalled() {
  const names = existsSync(modules) ? readdirSync(modules) : []
  const packages = names.flatMap(name =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map(own => join(name, own)) : [name],
  )
  return packages.filter(name => existsSync(join(modules, name, 'package.json'))).length
}

/**
 * Runs the npm that called us, on the Node that npm runs on: ours may be what it is about to replace.
 * @type {(args: string[], say: Say) => Promise<void>}
 */
async function npm(args, say) {
  const path = process.env['npm_execpath'] ?? ''
  const isNpm = basename(path) === 'npm-cli.js'
  const command = isNpm ? (process.env['npm_node_execpath'] ?? process.execPath) : 'npm'
  const child = startChild(command, isNpm ? [path, ...args] : args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: !isNpm && isWindows,
  })
  const { code, output } = await outcomeOf(child)
  if (code === 0) return
  const typed = `npm ${args.filter(arg => !arg.startsWith('--no-') && !arg.startsWith('--log')).join(' ')}`
  throw new Failure(`${output}\n${say('installFailed', { code, command: typed })}`)
}

/** @type {(say: Say) => void} */
function assertNode(say) {
  if (!existsSync(nodePath)) throw new Failure(say('nodeMissing', { path: nodePath }))
  const { stdout } = spawnSync(nodePath, ['--version'], { encoding: 'utf8' })
  const version = (stdout ?? '').trim().replace(/^v/, '')
  if (Number.parseInt(version, 10) >= neededMajor) return
  throw new Failure(
    say('nodeOld', { path: nodePath, version: version || '?', needed: neededMajor }),
  )
}
