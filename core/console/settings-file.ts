import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  language: z.nullable(z.enum(['ru', 'en'])).catch(null),
  theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  /** The space opened last. */
  lastSpace: z.nullable(z.string()).catch(null),
  /** Connected hubs and portals: only what the door to them is called; address and token lie in the encrypted outbox. */
  hubs: z.record(z.string(), z.object({ title: z.string() })).catch({}),
})
/** What is not secret and is needed before any database is open. */
export type ConsoleSettings = z.infer<typeof schema>

const pathOf = (folder: string) => join(folder, 'settings.json')

/** A missing or damaged file gives the defaults: nothing in it cannot be chosen again. */
export function readSettings(folder: string): ConsoleSettings {
  return schema.parse(parsed(pathOf(folder)))
}

function parsed(path: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  } catch {
    return {}
  }
}

export function writeSettings(folder: string, settings: ConsoleSettings): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = pathOf(folder)
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, JSON.stringify(settings, null, 2))
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}
