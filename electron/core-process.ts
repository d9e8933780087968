import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'

export interface CoreProcess {
  /** Gives the page and the core one end each of a new channel; case data never passes here. */
  link(contents: WebContents): void
  end(): void
}

const firstDelayMs = 500
const longestDelayMs = 15_000
const steadyMs = 60_000

/**
 * Keeps the core running: one that dies is started again after half a second, later and later
 * while it keeps dying, and `restarted` is called. Exit code 0 means it has nothing to do here.
 */
export function startCore(
  program: string,
  args: readonly string[],
  heard: { restarted(): void; ended(): void },
): CoreProcess {
  let core: UtilityProcess | null = null
  let delayMs = firstDelayMs
  let isEnding = false
  const start = () => {
    const startedAt = Date.now()
    core = utilityProcess.fork(program, [...args], {
      serviceName: 'Nachalo core',
      stdio: 'inherit',
    })
    core.once('exit', code => {
      core = null
      if (isEnding) return
      if (code === 0) return heard.ended()
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
    end() {
      isEnding = true
      core?.kill()
    },
  }
}
