import type { Abilities } from '../backends/backend.ts'
import type { Settings, SpaceInfo } from '../contract.ts'
import { preferencesOf } from '../service/preferences.ts'
import { lastBackupAt } from '../store/backup.ts'
import { abilitiesOf } from './backend-link.ts'
import type { ConsoleState } from './state.ts'

/** What is said of a backend, in this order. */
const sayings = (abilities: Abilities, isWitnessed: boolean) =>
  ({
    delta: abilities.hasDelta,
    notices: abilities.hasNotices,
    history: abilities.hasHistory,
    defer: abilities.canDefer,
    pass: abilities.canPass,
    stages: abilities.stages.some(({ canEnter }) => canEnter),
    editOrg: abilities.canEditOrg,
    // Where the other side does not know a decision again, this console finds out before it repeats one.
    exactlyOnce: abilities.isIdempotent || isWitnessed,
  }) as const
const noPreferences = { defaultLimit: 10, kindWeights: {}, limits: {} }

/** What the settings room shows. */
export function settingsOf({ options, settings, open, openKey }: ConsoleState): Settings {
  return {
    language: settings.language,
    theme: settings.theme,
    ...(open ? preferencesOf(open.desk) : noPreferences),
    space: open?.info ?? null,
    backend: { address: open?.address() ?? '', ...backendOf(open?.info ?? null) },
    dataFolder: options.dataFolder,
    isEncrypted: open?.store.isEncrypted ?? false,
    keyHolder: open?.store.isEncrypted ? (openKey?.holder ?? 'none') : 'none',
    lastBackupAt: open ? lastBackupAt(open.store) : null,
  }
}

function backendOf(info: SpaceInfo | null): Omit<Settings['backend'], 'address'> {
  if (!info) return { kind: 'hub', can: [], cannot: [] }
  const said = Object.entries(sayings(abilitiesOf(info), info.kind === 'bitrix24'))
  const named = (isSo: boolean) => said.flatMap(([name, can]) => (can === isSo ? name : []))
  return {
    kind: info.kind === 'bitrix24' ? 'bitrix24' : 'hub',
    can: named(true),
    cannot: named(false),
  }
}
