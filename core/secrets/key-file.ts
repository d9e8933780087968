import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

export type KeyFileAnswer =
  | { readonly kind: 'ok'; readonly secret: Buffer }
  | { readonly kind: 'keyFileMissing' | 'keyFileOpen' | 'keyFileShort' }

/** The key-encryption key of `NACHALO_KEY_FILE`: at least 32 bytes, readable by its owner alone. */
export function readKeyFile(path: string): KeyFileAnswer {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status?.isFile()) return { kind: 'keyFileMissing' }
  if (process.platform !== 'win32' && (status.mode & 0o077) !== 0) return { kind: 'keyFileOpen' }
  const content = readFileSync(path, 'utf8').trim()
  if (content.length < 32) return { kind: 'keyFileShort' }
  return {
    kind: 'ok',
    secret: createHash('sha256').update(`nachalo key file\n${content}`).digest(),
  }
}
