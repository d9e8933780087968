import type { Arg, Settings } from '../contract.ts'
import { readPreference, writePreference } from '../store/preferences.ts'
import type { Desk } from './desk.ts'

/** The part of the settings that belongs to a workspace. */
export type WorkspaceSettings = Pick<Settings, 'defaultLimit' | 'kindWeights' | 'limits'>

export function preferencesOf({ store }: Desk): WorkspaceSettings {
  return {
    defaultLimit: readPreference(store, 'defaultLimit'),
    kindWeights: readPreference(store, 'kindWeights'),
    limits: readPreference(store, 'limits'),
  }
}

/** Weights and limits that are not named stay as they are; a limit of null is the department's, a weight of null the case's own. */
export function savePreferences({ store }: Desk, arg: Arg<'saveSettings'>): void {
  const { defaultLimit, kindWeights, limits } = arg
  store.transact(() => {
    if (defaultLimit !== undefined) writePreference(store, 'defaultLimit', defaultLimit)
    if (kindWeights !== undefined)
      writePreference(
        store,
        'kindWeights',
        named({ ...readPreference(store, 'kindWeights'), ...kindWeights }),
      )
    if (limits !== undefined)
      writePreference(store, 'limits', { ...readPreference(store, 'limits'), ...limits })
  })
}

const named = (weights: Readonly<Record<string, number | null>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(weights).flatMap(([kindId, weight]) =>
      weight === null ? [] : [[kindId, weight]],
    ),
  )
