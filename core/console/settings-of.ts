import type { Arg, Settings } from '../contract.ts'
import { lastBackupAt } from '../store/backup.ts'
import type { Store } from '../store/open-store.ts'
import { readPreference, writePreference } from '../store/preferences.ts'
import type { ConsoleState } from './state.ts'

const can = ['delta', 'notices', 'history', 'defer', 'pass', 'exactlyOnce'] as const

/** What the settings room shows. */
export function settingsOf({ options, settings, open, openKey }: ConsoleState): Settings {
  const store = open?.store
  return {
    language: settings.language,
    theme: settings.theme,
    defaultLimit: store ? readPreference(store, 'defaultLimit') : 10,
    kindWeights: store ? readPreference(store, 'kindWeights') : {},
    limits: store ? readPreference(store, 'limits') : {},
    space: open?.info ?? null,
    backend: { kind: 'hub', address: open?.address() ?? '', can, cannot: [] },
    dataFolder: options.dataFolder,
    isEncrypted: store?.isEncrypted ?? false,
    keyHolder: store?.isEncrypted ? (openKey?.holder ?? 'none') : 'none',
    lastBackupAt: store ? lastBackupAt(store) : null,
  }
}

/** Saves what the head set for the open space; what is not given stays. */
export function savePreferences(
  store: Store,
  { defaultLimit, kindWeights, limits }: Pick<Arg<'saveSettings'>, 'defaultLimit' | 'kindWeights' | 'limits'>,
): void {
  store.transact(() => {
    if (defaultLimit !== undefined) writePreference(store, 'defaultLimit', defaultLimit)
    if (kindWeights) writePreference(store, 'kindWeights', { ...readPreference(store, 'kindWeights'), ...kindWeights })
    if (limits) writePreference(store, 'limits', { ...readPreference(store, 'limits'), ...limits })
  })
}
