import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ImportPreview } from '../contract.ts'
import { type ImportOptions, importFile } from './import-file.ts'
import { bytesIn } from './test-bytes.ts'

export const asOf = '2026-11-23T12:00'

/** Imports text or bytes into a folder of its own; `files` is what lies there afterwards. */
export async function imported(
  content: string | Uint8Array,
  options: Partial<ImportOptions> = {},
): Promise<
  ImportPreview & { files: string[]; rows: (query: string) => Record<string, unknown>[] }
> {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-import-'))
  const databasePath = join(folder, 'hub.db')
  try {
    const preview = await importFile({
      source: bytesIn(typeof content === 'string' ? Buffer.from(content) : content),
      mapping: 'plain',
      asOf,
      databasePath,
      language: 'ru',
      ...options,
    })
    const files = readdirSync(folder)
    const database = files.includes('hub.db')
      ? new Database(databasePath, { readonly: true })
      : null
    const held = new Map<string, Record<string, unknown>[]>()
    if (database !== null)
      for (const table of [
        'cases',
        'departments',
        'posts',
        'employees',
        'clients',
        'kinds',
        'history',
        'meta',
      ])
        held.set(
          table,
          database.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all(),
        )
    database?.close()
    return { ...preview, files, rows: table => held.get(table) ?? [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
