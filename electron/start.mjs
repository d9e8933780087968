/** `npm start`: installs and builds what is missing, starts the core and opens the best window there is. */
import { connect } from 'node:net'
import { join } from 'node:path'
import { announcementOf, failureSentence } from './announcement.mjs'
import { appWindowArguments, findBrowser, thisMachine, whyNoWindow } from './browser.mjs'
import { endOf, startChild } from './children.mjs'
import { coreFlags } from './core-flags.mjs'
import { portalDemo, startDemoPortal } from './demo-portal.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { Failure } from './failure.mjs'
import { argumentsOf, optionList, readOptions } from './options.mjs'
import { prepare } from './prepare.mjs'
import { runProgram, tell } from './program.mjs'
import { root } from './root.mjs'
import { languageOf, wordsIn } from './words.mjs'

const { given, problem } = readOptions(process.argv.slice(2), process.env)
const language = languageOf(given['lang'] === true ? undefined : given['lang'], process.env)
const say = wordsIn(language)
const quickMs = 3000

if (given['help']) process.stdout.write(`${say('help')}\n\n${optionList(say)}\n`)
else if (problem) refuse(problem)
else await runProgram(start)

/** @type {(problem: import('./options.mjs').Problem) => void} */
function refuse({ key, values, isListShown }) {
  process.stderr.write(`${say(key, values)}\n${isListShown ? `\n${optionList(say)}\n` : ''}`)
  process.exitCode = 2
}

async function start() {
  const node = await prepare(say, { isBuildNeeded: true })
  const told = given['space'] === portalDemo ? await startDemoPortal(node) : {}
  Object.assign(process.env, told)
  const electron = given['no-open'] ? null : await electronRuntime(node, say)
  return electron ? inElectron(electron) : inBrowser(node)
}

/** @type {(electron: string) => Promise<number>} */
async function inElectron(electron) {
  // What follows «--» is ours: Chromium reads switches such as --lang only before it.
  const child = startChild(electron, [root, '--', ...argumentsOf(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = endOf(child)
  const announced = await Promise.race([announcementOf(child), end])
  if (typeof announced === 'object') announce(announced)
  return end
}

/** @type {(node: string) => Promise<number>} */
async function inBrowser(node) {
  const leash = new URL('leash.mjs', import.meta.url).href
  const program = join(root, 'out', 'main', 'core.js')
  const core = startChild(node, [...coreFlags, '--import', leash, program, ...argumentsOf(given)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const coreEnd = endOf(core)
  const announced = await Promise.race([announcementOf(core), coreEnd])
  if (typeof announced === 'number') throw new Failure(await whyEnded(announced))
  announce(announced)
  if (announced.kind !== 'ready') return coreEnd
  const windowEnd = given['no-open'] ? [] : [openWindow(announced)]
  const code = await Promise.race([coreEnd, ...windowEnd])
  if (code !== 0) tell(typeof code === 'string' ? say(code) : say('coreDied', { code }))
  return typeof code === 'string' ? 0 : code
}

/** @type {(code: number) => Promise<string>} */
async function whyEnded(code) {
  const port = Number(given['port'] ?? 0)
  if (port > 0 && (await isTaken(port))) return say('portTaken', { port })
  return say('coreEnded', { code })
}

/** @type {(port: number) => Promise<boolean>} */
function isTaken(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

/** @type {(announced: import('./announcement.mjs').Announcement) => void} */
function announce(announced) {
  if (announced.kind === 'failed')
    throw new Failure(failureSentence(announced, language, String(given['import'])))
  process.stdout.write(`Nachalo is ready at ${announced.url}\n`)
}

/**
 * Opens an app window; settles when the user has closed it, never when no window could be opened.
 * @type {(announced: Extract<import('./announcement.mjs').Announcement, { kind: 'ready' }>) => Promise<'windowClosed'>}
 */
async function openWindow({ windowUrl, dataFolder }) {
  const machine = thisMachine()
  const browser = findBrowser(machine)
  const why = whyNoWindow(machine) ?? (browser ? null : 'notFound')
  if (why) tell(say('noBrowser', { why: say(`why.${why}`) }))
  if (why || !browser) return new Promise(() => {})
  const startedAt = Date.now()
  const args = appWindowArguments(windowUrl, join(dataFolder, 'browser'), language)
  const code = await endOf(startChild(browser, args, { stdio: 'ignore' })).catch(() => 1)
  if (Date.now() - startedAt >= quickMs) return 'windowClosed'
  if (code !== 0) tell(say('noBrowser', { why: say('why.exited', { code }) }))
  return new Promise(() => {})
}
