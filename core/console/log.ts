import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const maxBytes = 1024 * 1024

/** Writes what went wrong to `<data>/nachalo.log`; two generations of a megabyte are kept. */
export function createLog(dataFolder: string): (where: string, error: unknown) => void {
  const path = join(dataFolder, 'nachalo.log')
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  return (where, error) => {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxBytes)
      renameSync(path, `${path}.1`)
    appendFileSync(path, `${new Date().toISOString()} ${oneLine(where)}: ${told(error)}\n`, {
      mode: 0o600,
    })
  }
}

/** The kind of an error and where it arose; its message only when we made it, for a message may quote a client. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const places = (error.stack ?? '').split('\n').filter(line => line.trimStart().startsWith('at '))
  return `${error.name}${code} ${places.slice(0, 6).map(oneLine).join(' | ')}`
}

const oneLine = (text: string) =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 300)
