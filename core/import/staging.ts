import Database from 'better-sqlite3'
import type { Entry } from './entry.ts'

/** Entries of one case, the oldest first. */
export type CaseEntries = readonly [Entry, ...Entry[]]

export interface Staging {
  /** Only before the first `cases`. */
  add(entry: Entry): void
  /** By number; may be asked again and again. */
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
  database.pragma('cache_size = -16384')
  database.exec(
    'CREATE TABLE entries (number TEXT, at INTEGER, rank REAL, line INTEGER, entry TEXT) STRICT; BEGIN',
  )
  const insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?)')
  let isOrdered = false
  return {
    add: entry =>
      void insert.run(entry.number, entry.at, entry.order, entry.line, JSON.stringify(entry)),
    *cases() {
      if (!isOrdered) putInOrder(database)
      isOrdered = true
      let current: [Entry, ...Entry[]] | null = null
      for (const text of orderedEntries(database)) {
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

/** Sorted once, then read in the order of rows as often as needed. */
function putInOrder(database: Database.Database): void {
  database.exec(`
    CREATE TABLE ordered (entry TEXT) STRICT;
    INSERT INTO ordered SELECT entry FROM entries ORDER BY number, at, rank, line;
    DROP TABLE entries`)
}

function orderedEntries(database: Database.Database): IterableIterator<string> {
  return database.prepare<[], string>('SELECT entry FROM ordered ORDER BY rowid').pluck().iterate()
}
