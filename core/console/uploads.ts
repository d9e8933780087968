import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CallError } from '../rpc.ts'

const maxBytes = 2 * 1024 ** 3

/** Files that a window hands over piece by piece; they live until the core stops. */
export interface Uploads {
  start(size: number): string
  /** Bytes received so far. */
  append(uploadId: string, base64: string): number
  pathOf(uploadId: string): string
  clear(): void
}

/** Throws CallError `uploadTooLarge`, `uploadUnknown`, `uploadOverrun`. */
export function createUploads(dataFolder: string): Uploads {
  const folder = join(dataFolder, 'uploads')
  const sizes = new Map<string, number>()
  const clear = () => rmSync(folder, { recursive: true, force: true })
  const pathOf = (uploadId: string) => {
    const path = join(folder, uploadId)
    if (!sizes.has(uploadId) || !existsSync(path)) throw refused('uploadUnknown')
    return path
  }
  clear()
  return {
    start(size) {
      if (size > maxBytes) throw refused('uploadTooLarge')
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const uploadId = randomUUID()
      sizes.set(uploadId, size)
      writeFileSync(join(folder, uploadId), '', { mode: 0o600 })
      return uploadId
    },
    append(uploadId, base64) {
      const path = pathOf(uploadId)
      const piece = Buffer.from(base64, 'base64')
      const received = statSync(path).size + piece.length
      if (received > (sizes.get(uploadId) ?? 0)) throw refused('uploadOverrun')
      appendFileSync(path, piece)
      return received
    },
    pathOf,
    clear,
  }
}

const refused = (code: string) => new CallError({ code, message: code })
