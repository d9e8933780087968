import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Client } from 'pg'

/** A place for a hub that nobody has, made for one test. */
export interface TestPlace {
  readonly address: string
  /** Runs SQL past the program. */
  meddle(sql: string): Promise<void>
  remove(): Promise<void>
}

/** Makes a hub one of schema 1, which counted no changes of the organisation and knew no identities. */
export const backToFirst =
  "drop table identities; delete from counters where name = 'org'; update meta set value = '1' where key = 'schema'"

/** The server that `npm test postgres` has started, or null. */
export const postgresOfTests = (): string | null => process.env['NACHALO_TEST_POSTGRES'] ?? null

/** In the PostgreSQL of the tests where one was started, else a file in the folder. */
export const testPlace = (folder: string): Promise<TestPlace> => {
  const server = postgresOfTests()
  return server === null ? filePlace(folder) : postgresPlace(server)
}

async function filePlace(folder: string): Promise<TestPlace> {
  mkdirSync(folder, { recursive: true })
  const address = join(folder, 'hub.db')
  return {
    address,
    meddle: async sql => {
      const file = new Sqlite(address)
      try {
        file.exec(sql)
      } finally {
        file.close()
      }
    },
    remove: async () => undefined,
  }
}

/** A database of its own on the server. */
export async function postgresPlace(server: string): Promise<TestPlace> {
  const name = `hub_${randomUUID().replaceAll('-', '')}`
  const address = new URL(server)
  address.pathname = `/${name}`
  await run(server, `create database ${name}`)
  return {
    address: address.href,
    meddle: sql => run(address.href, sql),
    remove: () => run(server, `drop database ${name} with (force)`),
  }
}

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
