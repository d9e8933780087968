import Database from 'better-sqlite3'
import type { Entry } from './entry.ts'

/** Entries of one case, the oldest first. */
export type CaseEntries = readonly [Entry, ...Entry[]]

export interface Staging {
  add(entry: Entry): void
  cases(): Generator<CaseEntries>
  close(): void
}

/**
 * Puts the rows of a file in order without holding them in memory: a private temporary database
 * that the system deletes with the process, however that ends.
 */
export function openStaging(): Staging {
  const database = new Database('')
  database.pragma('journal_mode = OFF')
  database.pragma('cache_size = -32768')
  database.exec(
    'CREATE TABLE entries (number TEXT, at INTEGER, rank REAL, line INTEGER, entry TEXT) STRICT; BEGIN',
  )
  const insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)')
  const ordered = database.prepare<[], string>(
    'SELECT entry FROM entries ORDER BY number, at, rank, line',
  )
  return {
    add: entry =>
      void insert.run(entry.number, entry.at, entry.order, entry.line, JSON.stringify(entry)),
    *cases() {
      let current: [Entry, ...Entry[]] | null = null
      for (const text of ordered.pluck().iterate()) {
        const entry: Entry = JSON.parse(text)
        if (current !== null && current[0].number === entry.number) current.push(entry)
        else {
          if (current !== null) yield current
          current = [entry]
        }
      }
      if (current !== null) yield current
    },
    close: () => void database.close(),
  }
}
