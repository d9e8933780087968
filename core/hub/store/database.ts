import type { ColumnDataType, CompiledQuery, CreateTableBuilder, Kysely, RawBuilder } from 'kysely'
import type { Concern } from './concern.ts'
import type { Tables } from './tables.ts'

/** What differs between databases in SQL; everything else is written once, through Kysely. */
export interface Flavour {
  /** Column types: text in the order of its code points; a 64-bit integer; a 64-bit floating number. */
  readonly types: {
    readonly text: ColumnDataType | RawBuilder<unknown>
    readonly whole: ColumnDataType
    readonly real: ColumnDataType
  }
  /** Can a row be locked by itself, or is the whole database the writer's? */
  readonly locksRows: boolean
  /** What a table ends with. */
  finish<Name extends string, Columns extends string>(
    table: CreateTableBuilder<Name, Columns>,
  ): CreateTableBuilder<Name, Columns>
  /** From now on the audit table refuses changes and removals. */
  guardAudit(db: Kysely<Tables>): Promise<void>
  /** Is there a hub, of whatever schema? */
  hasTables(db: Kysely<Tables>): Promise<boolean>
  /** Until the transaction ends nobody else changes the schema. */
  holdSchema(trx: Kysely<Tables>): Promise<void>
  /** The database tidies up after it was filled, so that the first who ask need not; outside of any transaction. */
  settle(db: Kysely<Tables>): Promise<void>
}

/** A row as every database has it, by the names of its columns. */
export type Row = Readonly<Record<string, string | number | null>>

/** One open database. */
export interface Database {
  readonly db: Kysely<Tables>
  readonly flavour: Flavour
  /** All rows of a table in the order of a column, a few at a time; only inside a transaction. */
  rows(trx: Kysely<Tables>, table: keyof Tables, by: string): AsyncIterable<Row>
  /** Writes whole rows of one shape as fast as the database can; only inside a transaction. */
  insertAll(trx: Kysely<Tables>, table: keyof Tables, rows: readonly Row[]): Promise<void>
  /** Sentences about what is broken in it; empty: sound. */
  faults(): Promise<readonly string[]>
  /** A whole copy in a new file, checked, whatever the database is. */
  copyTo(path: string): Promise<void>
  /** Keeps everything as it is now, before schema `schema` is changed; says where. */
  keep(schema: number): Promise<string>
  /** Was the transaction rolled back for a reason that passes by itself? */
  isPassing(error: unknown): boolean
  /** The commit of this transaction is heard in every other process that serves the same database. */
  tell(trx: Kysely<Tables>, concern: Concern): Promise<void>
  /** Calls the listener after commits of other processes, and when some may have been missed. */
  hear(listener: (concern: Concern) => void): Promise<void>
  close(): Promise<void>
}

/** A database that is a file. */
export interface FileDatabase extends Database {
  /** Runs one compiled query for many rows as fast as the database can; only inside a transaction. */
  bulk(query: CompiledQuery): (parameters: readonly unknown[]) => void
}
