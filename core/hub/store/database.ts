import type { CompiledQuery, Kysely } from 'kysely'
import type { CreateTableBuilder } from 'kysely'
import type { Tables } from './tables.ts'

/** What differs between databases; everything else is written once, through Kysely. */
export interface Flavour {
  /** Names of column types: text; a 64-bit integer; a floating number. */
  readonly types: {
    readonly text: 'text'
    readonly whole: 'integer' | 'bigint'
    readonly real: 'real'
  }
  /** What a table ends with. */
  finish<Name extends string, Columns extends string>(
    table: CreateTableBuilder<Name, Columns>,
  ): CreateTableBuilder<Name, Columns>
  /** From now on the audit table refuses changes and removals. */
  guardAudit(db: Kysely<Tables>): Promise<void>
}

/** One open database. */
export interface Database {
  readonly db: Kysely<Tables>
  readonly flavour: Flavour
  /** Runs one compiled query for many rows as fast as the database can; only inside a transaction. */
  bulk(query: CompiledQuery): (parameters: readonly unknown[]) => void
  /** Sentences about what is broken in the file; empty: sound. */
  faults(): Promise<readonly string[]>
  /** A whole copy in a new file, checked. */
  copyTo(path: string): Promise<void>
  close(): Promise<void>
}
