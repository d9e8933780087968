import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Another command tells the person about the file it names. */
export class KeyFileRefused extends Error {
  readonly path: string
  constructor(path: string) {
    super('the key file is open to others, missing or too short')
    this.name = 'KeyFileRefused'
    this.path = path
  }
}

/** The key of copies: from a systemd credential or `NACHALO_KEY_FILE` (mode 0600); null: none is set. */
export function backupKey(environment: NodeJS.ProcessEnv): Buffer | null {
  const credentials = environment['CREDENTIALS_DIRECTORY']
  const path =
    environment['NACHALO_KEY_FILE'] ??
    (credentials === undefined ? undefined : join(credentials, 'nachalo-key'))
  if (path === undefined) return null
  const content = privateText(path)
  if (content === null || content.length < 32) throw new KeyFileRefused(path)
  return createHash('sha256').update(`nachalo hub copies\n${content}`).digest()
}

/** What a file holds that only its owner reads; null: it is missing or open to others. */
export function privateText(path: string): string | null {
  const status = statSync(path, { throwIfNoEntry: false })
  const isOpen = process.platform !== 'win32' && ((status?.mode ?? 0) & 0o077) !== 0
  return status?.isFile() && !isOpen ? readFileSync(path, 'utf8').trim() : null
}
