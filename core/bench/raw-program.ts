/**
 * The yardstick: hand-written better-sqlite3 upserting the same pages from the same hub into the same
 * tables, without a search index and without looking at what it is told. Arguments: folder, hub,
 * token, encrypted|plain, cursor or `-`. Prints `{rows, seconds, upsertSeconds, cursor}`: from the
 * first question to the last row, and of that what the upserts took.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ChangesResponse, WireRecord } from '../hub/protocol.ts'
import { fromJson, openDatabase, type Database } from '../store/db.ts'
import { sql } from '../store/migrations/replica-001-begin.ts'

const [folder = '', url = '', token = '', mode = 'plain', cursor = '-'] = process.argv.slice(2)
const rowsPerTransaction = 1_000

const keyText = 'a7'.repeat(32)
const key = mode === 'encrypted' ? Buffer.from(keyText, 'hex') : null
const path = join(folder, `raw-${mode}.db`)
const isNew = !existsSync(path)
const database = openDatabase(path, key, { synchronous: 'NORMAL' })
database.pragma('cache_size = -65536')
database.pragma('wal_autocheckpoint = 8000')
if (isNew) database.exec(sql)
// By client and by closing, which we keep as tables (core/store/side-tables.ts).
if (isNew)
  database.exec(
    'CREATE INDEX byClient ON cases(clientId); CREATE INDEX byClosing ON cases(closedAt)',
  )

const startedAt = performance.now()
let rows = 0
let upsertMs = 0
let nextCursor = cursor === '-' ? null : cursor
for (let isUpToDate = false; !isUpToDate;) {
  // The next page is named by the one before.
  const page = await fetched(nextCursor)
  const from = performance.now()
  rows += write(database, page.records)
  upsertMs += performance.now() - from
  ;({ nextCursor, isUpToDate } = page)
}
database.pragma('wal_checkpoint(TRUNCATE)')
const seconds = (performance.now() - startedAt) / 1000
database.close()
const answer = { rows, seconds, upsertSeconds: upsertMs / 1000, cursor: nextCursor }
process.stdout.write(`${JSON.stringify(answer)}\n`)

async function fetched(from: string | null): Promise<ChangesResponse> {
  const query = new URLSearchParams({ limit: String(rowsPerTransaction) })
  if (from !== null) query.set('cursor', from)
  const response = await fetch(`${url}/v1/changes?${query.toString()}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return fromJson<ChangesResponse>(await response.text())
}

/** Cases with their texts, clients and history; the few others are the same work for both. */
function write(into: Database, records: readonly WireRecord[]): number {
  const columns = into
    .prepare('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all('cases')
    .map(String)
  const named = columns.filter(name => name !== 'id')
  const setAll = named.filter(name => name !== 'caseId').map(name => `${name} = excluded.${name}`)
  const upsert = into
    .prepare(
      `INSERT INTO cases(${named.join(', ')}) VALUES (${named.map(name => `@${name}`).join(', ')})
       ON CONFLICT(caseId) DO UPDATE SET ${setAll.join(', ')} WHERE excluded.version > version RETURNING id`,
    )
    .pluck()
  const upsertText = into.prepare(
    `INSERT INTO caseTexts(id, text, phonesJson, emailsJson) VALUES (?, ?, ?, ?)
     ON CONFLICT(id) DO UPDATE SET text = excluded.text, phonesJson = excluded.phonesJson, emailsJson = excluded.emailsJson`,
  )
  const upsertClient = into.prepare(
    'INSERT OR REPLACE INTO clients(clientId, name, responsibleId) VALUES (?, ?, ?)',
  )
  const upsertHistory = into.prepare(
    'INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  into.exec('BEGIN IMMEDIATE')
  for (const record of records) {
    if (record.entity === 'case') {
      const { id, text, phones, emails, ...rest } = record
      const row = { ...rest, caseId: id, isMasked: record.isMasked ? 1 : 0, searchHash: 0 }
      const rowId = upsert.get(row)
      if (rowId !== undefined)
        upsertText.run(rowId, text, JSON.stringify(phones), JSON.stringify(emails))
    } else if (record.entity === 'client')
      upsertClient.run(record.id, record.name, record.responsibleId)
    else if (record.entity === 'history') {
      const {
        caseId,
        id,
        at,
        employeeId,
        decisionId,
        verb,
        from,
        to,
        ruleId,
        ruleVersion,
        reasons,
      } = record
      upsertHistory.run(
        caseId,
        id,
        at,
        employeeId,
        decisionId,
        verb,
        JSON.stringify(from),
        JSON.stringify(to),
        ruleId,
        ruleVersion,
        JSON.stringify(reasons),
      )
    }
  }
  into.exec('COMMIT')
  return records.filter(record => record.entity === 'case').length
}
