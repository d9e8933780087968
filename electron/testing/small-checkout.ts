import { cpSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A checkout in a folder of its own: the real launcher, sources of one line, a builder that copies. */
export interface SmallCheckout {
  readonly folder: string
  write(place: string, text: string): void
  /** Imports one of the launcher's modules there. */
  load<T>(name: string): Promise<T>
}

const builder = `
  import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
  const text = readFileSync('core/main.ts', 'utf8')
  if (text.includes('broken')) { console.error('core/main.ts is broken'); process.exit(3) }
  for (const path of ['main/core.js', 'main/main.js', 'preload/preload.cjs', 'renderer/index.html']) {
    mkdirSync('out/' + path.split('/')[0], { recursive: true })
    writeFileSync('out/' + path, text)
  }
`

export function makeSmallCheckout(): SmallCheckout {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-checkout-'))
  const write = (place: string, text: string) => {
    mkdirSync(dirname(join(folder, place)), { recursive: true })
    writeFileSync(join(folder, place), text)
  }
  for (const name of readdirSync(join(root, 'electron')).filter(each => each.endsWith('.mjs')))
    cpSync(join(root, 'electron', name), join(folder, 'electron', name))
  cpSync(join(root, 'core', 'words'), join(folder, 'core', 'words'), { recursive: true })
  write('package.json', '{ "type": "module" }')
  write('package-lock.json', '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.0" } } }')
  write('core/main.ts', 'export {}')
  write('renderer/index.html', '<!doctype html>')
  write('node_modules/electron-vite/bin/electron-vite.js', builder)
  write('node_modules/electron-vite/package.json', '{ "type": "module" }')
  return { folder, write, load: name => import(join(folder, 'electron', name)) }
}
