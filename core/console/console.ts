import { args, type Answers, type Stage } from '../contract.ts'
import { serve, type Wire, type WireError } from '../rpc.ts'
import { StoreError } from '../store/open-store.ts'
import { demoReady, enterLast, enterNamed, importAndEnter, leave } from './enter.ts'
import { consoleHandlers } from './handlers.ts'
import { createState, type ConsoleOptions } from './state.ts'

/** The core of one data folder: one open space, any number of windows. */
export interface Console {
  attach(wire: Wire): void
  /** Opens `name`, else the space used last, else the first-run doors. */
  begin(name: string | null): Promise<Stage>
  /** Imports a file as from the window and opens what came of it. */
  importAndOpen(path: string, mapping: string, asOf: string | null): Promise<Answers['importRun']>
  /** Prepares what a first click may need, while nobody waits. */
  warmUp(): Promise<void>
  /** Asks every window to come forward. */
  show(): void
  /** Asks every window, or the first that comes, to open the case of this number. */
  openCase(number: string): void
  close(): Promise<void>
}

export function createConsole(options: ConsoleOptions): Console {
  const state = createState(options)
  const handlers = consoleHandlers(state)
  const report = (error: unknown, name: string): WireError => {
    options.log(name, error)
    if (error instanceof StoreError) return { code: error.code, message: error.code }
    return { code: 'internal', message: 'the core could not carry this out' }
  }
  return {
    attach(wire) {
      const say = serve(wire, args, handlers, report)
      state.windows.add(say)
      if (state.wantedCase !== null) say('openCase', { number: state.wantedCase })
      state.wantedCase = null
      wire.closed(() => state.windows.delete(say))
    },
    begin: name => (name === null ? enterLast(state) : enterNamed(state, name)),
    importAndOpen: (path, mapping, asOf) => importAndEnter(state, { path, mapping, asOf }),
    async warmUp() {
      if (state.stage.kind === 'firstRun') await demoReady(state)
    },
    show: () => state.tell('show', null),
    openCase(number) {
      if (state.windows.size === 0) state.wantedCase = number
      state.tell('openCase', { number })
    },
    async close() {
      state.signIns.stop()
      await leave(state)
      state.uploads.clear()
    },
  }
}
