import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'vite'

const modules = join(import.meta.dirname, '..', '..', 'node_modules')

/** A program in one file. */
export interface Bundled {
  readonly path: string
  remove(): void
}

/** A program with all it imports in one file, as the build makes one: whoever is started hundreds of times begins twice as fast. */
export async function bundled(program: string): Promise<Bundled> {
  // What is not bundled (the databases) is found from here.
  const cache = join(modules, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'nachalo-program-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: program, outDir: folder, target: 'node24' },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
  return {
    path: join(folder, basename(program).replace(/\.ts$/, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
