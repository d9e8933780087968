/** `npm start`: installs and builds what is missing, starts the core and opens the best window there is. */
import { join } from 'node:path'
import { appWindowArguments, findBrowser, thisMachine, whyNoWindow } from './browser.mjs'
import { endChildren, onEndAsked, startChild } from './children.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { Failure } from './failure.mjs'
import { argumentsOf, optionList, readOptions } from './options.mjs'
import { prepare, runProgram, tell } from './prepare.mjs'
import { root } from './root.mjs'
import { languageOf, wordsIn } from './words.mjs'

/** @typedef {import('node:child_process').ChildProcess} Child */
/** @typedef {{ kind: 'ready' | 'already', url: string, windowUrl?: string, dataFolder: string }} Announcement */

const { given, problem } = readOptions(process.argv.slice(2), process.env)
const say = wordsIn(languageOf(given['lang'] === true ? undefined : given['lang'], process.env))
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
  onEndAsked(() => void endChildren().then(() => process.exit()))
  const node = await prepare(say, { isBuildNeeded: true })
  const electron = given['no-open'] ? null : await electronRuntime(node, say, tell)
  process.exitCode = electron ? await inElectron(electron) : await inBrowser(node)
  await endChildren()
}

/** @type {(electron: string) => Promise<number>} */
function inElectron(electron) {
  // What follows «--» is ours: Chromium reads switches such as --lang only before it.
  const child = startChild(electron, [root, '--', ...argumentsOf(given)], { stdio: ['ignore', 'inherit', 'inherit'] })
  return endOf(child)
}

/** @type {(node: string) => Promise<number>} */
async function inBrowser(node) {
  const leash = new URL('leash.mjs', import.meta.url).href
  const program = join(root, 'out', 'main', 'core.js')
  const core = startChild(node, ['--import', leash, program, ...argumentsOf(given)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const coreEnd = endOf(core)
  const announced = await Promise.race([announcementOf(core), coreEnd])
  if (typeof announced === 'number') throw new Failure(say('coreEnded', { code: announced }))
  process.stdout.write(`Nachalo is ready at ${announced.url}\n`)
  if (announced.kind === 'already') return coreEnd
  const windowEnd = given['no-open'] ? null : openWindow(announced)
  const code = await (windowEnd ? Promise.race([coreEnd, windowEnd]) : coreEnd)
  if (code === 'windowClosed') {
    tell(say('windowClosed'))
    return 0
  }
  if (code !== 0) tell(say('coreDied', { code }))
  return code
}

/** @type {(child: Child) => Promise<number>} */
const endOf = child =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })

/**
 * The core says in one line of JSON where it is; any other line is passed on.
 * @type {(core: Child) => Promise<Announcement>}
 */
const announcementOf = core =>
  new Promise(resolve => {
    let rest = ''
    core.stdout?.setEncoding('utf8').on('data', piece => {
      const lines = `${rest}${piece}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (/^\{"kind":"(ready|already)"/.test(line)) resolve(JSON.parse(line))
        else process.stdout.write(`${line}\n`)
      }
    })
  })

/**
 * Opens an app window; settles when the user has closed it, never when no window could be opened.
 * @type {(announced: Announcement) => Promise<'windowClosed'>}
 */
async function openWindow({ url, windowUrl, dataFolder }) {
  const machine = thisMachine()
  const browser = findBrowser(machine)
  const why = whyNoWindow(machine) ?? (browser ? null : 'notFound')
  if (why) tell(say('noBrowser', { why: say(`why.${why}`) }))
  if (why || !browser) return new Promise(() => {})
  const startedAt = Date.now()
  const args = appWindowArguments(windowUrl ?? url, join(dataFolder, 'browser'))
  const code = await endOf(startChild(browser, args, { stdio: 'ignore' })).catch(() => 1)
  if (Date.now() - startedAt >= quickMs) return 'windowClosed'
  if (code !== 0) tell(say('noBrowser', { why: say('why.exited', { code }) }))
  return new Promise(() => {})
}
