import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'
import { coreFlags } from './core-flags.mjs'
import { failureIn } from './news.ts'

export interface CoreProcess {
  /** Gives the page and the core one end each of a new channel; case data never passes here. */
  link(contents: WebContents): void
  /** Asks the window, by way of the core, to open the case of this number. */
  openCase(number: string): void
  end(): void
}

const firstDelayMs = 500
const longestDelayMs = 15_000
const steadyMs = 60_000

/**
 * Keeps the core running: one that dies is started again after half a second, later and later
 * while it keeps dying, and `restarted` is called. One that ended by itself, or said that it cannot
 * work here, has `ended`, with the reason in a sentence where it gave one. `said` hears its messages, unchecked.
 */
export function startCore(
  program: string,
  args: readonly string[],
  heard: { restarted(): void; ended(why: string | null): void; said(message: unknown): void },
): CoreProcess {
  let core: UtilityProcess | null = null
  let delayMs = firstDelayMs
  let isEnding = false
  const start = () => {
    const startedAt = Date.now()
    core = utilityProcess.fork(program, [...args], {
      serviceName: 'Nachalo core',
      execArgv: coreFlags,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let hasFailed = false
    let why: string | null = null
    core.stdout?.on('data', piece => {
      hasFailed ||= String(piece).includes('{"kind":"failed"')
      why ??= failureIn(String(piece))
      process.stdout.write(piece)
    })
    core.on('message', heard.said)
    core.once('exit', code => {
      core = null
      if (isEnding) return
      if (code === 0 || hasFailed) return heard.ended(why)
      delayMs =
        Date.now() - startedAt > steadyMs ? firstDelayMs : Math.min(delayMs * 2, longestDelayMs)
      setTimeout(() => {
        start()
        heard.restarted()
      }, delayMs)
    })
  }
  start()
  return {
    link(contents) {
      const { port1, port2 } = new MessageChannelMain()
      core?.postMessage({ kind: 'port' }, [port1])
      contents.postMessage('nachalo-port', null, [port2])
    },
    openCase: number => core?.postMessage({ kind: 'openCase', number }),
    end() {
      isEnding = true
      core?.kill()
    },
  }
}
