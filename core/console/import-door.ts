import { randomUUID } from 'node:crypto'
import type { Events, Hello, ImportPreview } from '../contract.ts'
import { importFile } from '../import/import-file.ts'
import { mappingNames, readMapping } from '../import/mapping.ts'

export interface ImportOrder {
  readonly path: string
  readonly mapping: string
  readonly asOf: string | null
  /** null: a preview, nothing is written. */
  readonly databasePath: string | null
  readonly language: 'ru' | 'en'
}

/** Long work that a window can follow and cancel; one at a time is enough for a person. */
export interface Works {
  run<Result>(
    name: string,
    work: (report: Report, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>
  cancel(workId: string): void
}
type Report = (done: number, total: number | null) => void

export function createWorks(tell: (body: Events['progress']) => void): Works {
  const running = new Map<string, AbortController>()
  return {
    async run(name, work) {
      const workId = randomUUID()
      const abort = new AbortController()
      running.set(workId, abort)
      tell({ workId, name, done: 0, total: null })
      try {
        return await work((done, total) => tell({ workId, name, done, total }), abort.signal)
      } finally {
        running.delete(workId)
      }
    },
    cancel: workId => running.get(workId)?.abort(),
  }
}

/** Reads a file as a company, and writes it as a hub when `databasePath` says where. */
export function runImport(order: ImportOrder, works: Works): Promise<ImportPreview> {
  const { path: source, mapping, asOf, databasePath, language } = order
  return works.run(databasePath === null ? 'preview' : 'import', (report, signal) =>
    importFile({
      source,
      mapping,
      asOf,
      databasePath,
      language,
      signal,
      onProgress: ({ done, total }) => report(done, total),
    }),
  )
}

/** The presets a window offers. */
export const mappings = (language: 'ru' | 'en'): Hello['mappings'] =>
  mappingNames.map(name => {
    const { title, isLog } = readMapping(name)
    return { name, title: title[language], needsAsOf: isLog }
  })
