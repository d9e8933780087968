import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const isWindows = process.platform === 'win32'
const patienceMs = 8000
const lookMs = 500
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/**
 * Starts a program in a process group of its own, so that it ends with all it started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startChild(command, args, options) {
  const child = spawn(command, args, { ...options, detached: !isWindows })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

/**
 * The exit code; rejects when there is no such program.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export const endOf = child =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })

/**
 * The exit code and all that was printed.
 * @param {import('node:child_process').ChildProcess} child started with pipes
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function outcomeOf(child) {
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', piece => (output += piece))
  const code = await endOf(child).catch(error => {
    output += error.message
    return 1
  })
  return { code, output: output.trim() }
}

/** Ends everything started here: asked first, forced after eight seconds. */
export async function endChildren() {
  const ended = [...running].map(child => new Promise(resolve => child.once('close', resolve)))
  signalAll('SIGTERM')
  const forced = setTimeout(() => signalAll('SIGKILL'), patienceMs)
  await Promise.all(ended)
  clearTimeout(forced)
}

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
  for (const child of running) {
    if (child.pid === undefined) running.delete(child)
    else signalGroup(child.pid, signal)
  }
}

/** @type {(pid: number, signal: NodeJS.Signals) => void} */
function signalGroup(pid, signal) {
  if (isWindows) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // It ended between our look and the signal.
  }
}

/**
 * Calls `end` once when we are asked to end or whoever started us is gone; a second request forces.
 * @param {() => void} end
 */
export function onEndAsked(end) {
  let isAsked = false
  const ask = () => {
    if (isAsked) return signalAll('SIGKILL')
    isAsked = true
    end()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask)
  const elders = eldersNow()
  setInterval(() => !isAsked && eldersNow() !== elders && ask(), lookMs).unref()
  process.once('exit', () => signalAll('SIGKILL'))
}

/** Who started us: under npm that is a shell which outlives npm, so npm is looked at over its shoulder. */
function eldersNow() {
  const isUnderNpm =
    process.platform === 'linux' && process.env['npm_lifecycle_event'] !== undefined
  if (!isUnderNpm) return `${process.ppid}`
  const [, name, parent] = /\((.*)\) \S (\d+)/.exec(statOf(process.ppid)) ?? []
  return name?.endsWith('sh') ? `${process.ppid} ${parent}` : `${process.ppid}`
}

/** @param {number} pid */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
