import type { Settings } from '../contract.ts'
import { preferencesOf } from '../service/preferences.ts'
import { lastBackupAt } from '../store/backup.ts'
import type { ConsoleState } from './state.ts'

const can = [
  'delta',
  'notices',
  'history',
  'defer',
  'pass',
  'stages',
  'editOrg',
  'exactlyOnce',
] as const
const noPreferences = { defaultLimit: 10, kindWeights: {}, limits: {} }

/** What the settings room shows. */
export function settingsOf({ options, settings, open, openKey }: ConsoleState): Settings {
  return {
    language: settings.language,
    theme: settings.theme,
    ...(open ? preferencesOf(open.desk) : noPreferences),
    space: open?.info ?? null,
    backend: { kind: 'hub', address: open?.address() ?? '', can, cannot: [] },
    dataFolder: options.dataFolder,
    isEncrypted: open?.store.isEncrypted ?? false,
    keyHolder: open?.store.isEncrypted ? (openKey?.holder ?? 'none') : 'none',
    lastBackupAt: open ? lastBackupAt(open.store) : null,
  }
}
