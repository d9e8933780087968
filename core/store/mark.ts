import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { numberOf, type Database } from './db.ts'

const markName = 'outbox.mark'
const length = 30

const textOf = (seq: number): string => {
  const digits = String(seq).padStart(16, '0')
  return `${digits} ${crc32(digits).toString(16).padStart(8, '0')}`.padEnd(length - 1) + '\n'
}

/**
 * The number of the last decision that was ever written down here, kept outside of outbox.db: an
 * outbox that ends before it is an older copy, or has lost its log. 0 when nothing can be said.
 */
export function readMark(folder: string): number {
  try {
    const text = readFileSync(join(folder, markName), 'latin1')
    const seq = Number(text.slice(0, 16))
    return text === textOf(seq) ? seq : 0
  } catch {
    return 0
  }
}

export interface Mark {
  /** Called after each COMMIT, so that the mark is never ahead of what is durable. */
  write(seq: number): void
  close(): void
}

/** A witness only: where it cannot be written, work goes on without one. */
export function openMark(folder: string): Mark {
  let file = fileOf(folder)
  let last = -1
  return {
    write(seq) {
      if (seq === last || file === null) return
      last = seq
      try {
        writeSync(file, textOf(seq), 0, 'latin1')
      } catch {
        last = -1
      }
    },
    close() {
      if (file !== null) closeSync(file)
      file = null
    },
  }
}

function fileOf(folder: string): number | null {
  const path = join(folder, markName)
  for (const flags of ['r+', 'w'])
    try {
      return openSync(path, flags, 0o600)
    } catch {
      // There is none yet, or nothing can be written here.
    }
  return null
}

/** One row `seq` once a decision was ever written into this outbox. */
export const lastSeqSql = `SELECT seq FROM main.sqlite_sequence WHERE name = 'decisions'`

/** The number of the last decision ever written into this outbox; 0 for a new one. */
export function lastSeq(database: Database): number {
  const tables = `SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_sequence'`
  if (numberOf(database, tables) === 0) return 0
  return numberOf(database, `SELECT coalesce(max(seq), 0) FROM (${lastSeqSql})`)
}
