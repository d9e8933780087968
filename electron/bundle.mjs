import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { outcomeOf, startChild } from './children.mjs'
import { Failure } from './failure.mjs'
import { tell } from './program.mjs'
import { root } from './root.mjs'

const out = join(root, 'out')
const stampPath = join(out, '.stamp')
const sources = ['core', 'renderer', 'electron', 'resources']
const results = [
  ['main', 'core.js'],
  ['main', 'main.js'],
  ['preload', 'preload.cjs'],
  ['renderer', 'index.html'],
]

/** Whether `out/` was built from the sources as they lie. */
export const isBuilt = () =>
  results.every(place => existsSync(join(out, ...place))) &&
  existsSync(stampPath) &&
  readFileSync(stampPath, 'utf8') === sourceStamp()

/** Names, sizes and times of what the build reads: about ten milliseconds, where reading all would take a second. */
function sourceStamp() {
  const hash = createHash('sha256')
  const note = (/** @type {string} */ path) => {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path}\0${size}\0${mtimeMs}\n`)
  }
  note(join(root, 'package-lock.json'))
  for (const folder of sources) for (const path of filesUnder(join(root, folder))) note(path)
  return hash.digest('hex')
}

/** @type {(folder: string) => string[]} */
const filesUnder = folder =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { withFileTypes: true })
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap(entry => {
          const path = join(folder, entry.name)
          if (entry.isDirectory()) return filesUnder(path)
          return isRead(entry.name) ? [path] : []
        })

/** @type {(name: string) => boolean} */
const isRead = name => !/\.(test\.tsx?|tsbuildinfo|md)$/.test(name)

/**
 * Builds main, core, preload and page into `out/`.
 * @param {string} node path of Node 24
 * @param {import('./words.mjs').Say} say
 */
export async function bundle(node, say) {
  const startedAt = Date.now()
  tell(say('building'))
  const stamp = sourceStamp()
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const child = startChild(
    node,
    [vite, 'build', '--config', 'electron/vite.config.ts', '--logLevel', 'warn'],
    {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const { code, output } = await outcomeOf(child)
  if (code !== 0) throw new Failure(`${output}\n${say('buildFailed', { code })}`)
  mkdirSync(out, { recursive: true })
  writeFileSync(stampPath, stamp)
  tell(say('built', { seconds: Math.round((Date.now() - startedAt) / 100) / 10 }))
}
