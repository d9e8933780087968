import { readFileSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

export interface StaticFile {
  readonly body: Buffer
  readonly type: string
  /** The name holds a hash of the content. */
  readonly isImmutable: boolean
}

/** The file of a URL path below `root`, or null; never anything outside it, never an unknown type. */
export function staticFile(root: string, urlPath: string): StaticFile | null {
  const name = decoded(urlPath)
  if (name === null || name.includes('\0') || name.includes('\\')) return null
  const path = normalize(join(root, name === '/' ? 'index.html' : name))
  const type = types[extname(path)]
  if (!type || !path.startsWith(normalize(root) + sep)) return null
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return null
  return { body: readFileSync(path), type, isImmutable: name.startsWith('/assets/') }
}

function decoded(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return null
  }
}
