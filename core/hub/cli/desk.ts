import { existsSync } from 'node:fs'
import type { TFunction } from 'i18next'
import { holdHub } from '../server.ts'
import { type HubStore, openHubStore } from '../store/hub-store.ts'
import { isPostgres } from '../store/place.ts'
import type { CommandLine } from './command-line.ts'

/** Where a command hears and speaks. */
export interface Outside {
  readonly environment: NodeJS.ProcessEnv
  say(text: string): void
  complain(text: string): void
}

/** What a command works with. */
export interface Desk extends Outside {
  readonly line: CommandLine
  readonly t: TFunction
}

/** A command stops with a sentence a person can act on. */
export class Stopped extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'Stopped'
  }
}

/** Runs with the hub's file held (a PostgreSQL database is shared, nobody holds it); throws `HubRefusal` when somebody else has it. */
export async function withFolder<T>({ line }: Desk, act: () => Promise<T>): Promise<T> {
  const hold = isPostgres(line.databasePath) ? null : holdHub(line.databasePath)
  try {
    return await act()
  } finally {
    hold?.release()
  }
}

/** Runs with the hub's database open. */
export function withStore<T>(desk: Desk, act: (store: HubStore) => Promise<T>): Promise<T> {
  const { line, t } = desk
  if (!isPostgres(line.databasePath) && !existsSync(line.databasePath))
    throw new Stopped(t('hub.cli.missing', { path: line.databasePath }))
  return withFolder(desk, async () => {
    const store = await openHubStore(line.databasePath)
    try {
      return await act(store)
    } finally {
      await store.close()
    }
  })
}
