import type { Handlers, Settings } from '../contract.ts'
import { CallError } from '../rpc.ts'
import { newRecoveryCode } from '../secrets/data-key.ts'
import { savePreferences } from '../service/preferences.ts'
import { backupOutbox } from '../store/backup.ts'
import { deskCalls } from './desk-calls.ts'
import { desktopNews } from './desktop-news.ts'
import { enter, enterDemo, enterHub, enterNamed, enterPortal, importAndEnter } from './enter.ts'
import { probeHub } from './hub-door.ts'
import { mappings, runImport } from './import-door.ts'
import type { OpenSpace } from './open-space.ts'
import { probePortal } from './portal-door.ts'
import { portalRule, savePortalRule } from './portal-rule.ts'
import { settingsOf } from './settings-of.ts'
import { spacesOf } from './spaces.ts'
import { languageOf, save, type ConsoleState } from './state.ts'

const shortestPassphrase = 8

const refused = (code: string, message: string) => new CallError({ code, message })

/** Everything a window may ask of this core. */
export function consoleHandlers(state: ConsoleState): Handlers {
  const space = (): OpenSpace => {
    if (!state.open) throw refused('noSpace', 'no space is open')
    return state.open
  }
  return {
    ...deskCalls(() => space().handlers),
    ...doorCalls(state),
    ...settingsCalls(state),
    syncNow: () => (space().syncNow(), null),
    acceptEpoch: () => (space().acceptEpoch(), null),
    orgHistory: ({ limit }) => space().orgHistory(limit),
    backup: () => backupOutbox(space().store),
    tellDesktop: told => (state.options.onNews?.(desktopNews(told)), null),
    reportProblem: ({ message }) => (state.options.log('window', new Error(message)), null),
  }
}

function doorCalls(state: ConsoleState) {
  const { options, uploads, works, signIns } = state
  return {
    hello: () => ({
      version: options.version,
      stage: state.stage,
      language: options.language ?? state.settings.language,
      theme: state.settings.theme,
      spaces: spacesOf(options.dataFolder, state.settings),
      mappings: mappings(languageOf(state)),
    }),
    startDemo: () => enterDemo(state),
    openSpace: ({ workspaceId }) => enterNamed(state, workspaceId),
    unlock({ passphrase }) {
      const { stage, wanted } = state
      if (stage.kind !== 'locked' || !wanted) throw refused('notLocked', 'nothing is locked')
      if (stage.isNew && passphrase.length < shortestPassphrase)
        throw refused(
          'passphraseShort',
          `the passphrase must have ${shortestPassphrase} characters or more`,
        )
      return enter(state, wanted, passphrase)
    },
    probeHub: async ({ url, token }) => (await probeHub(url, token)).probe,
    probePortal: async ({ webhook }) => (await probePortal(webhook)).probe,
    connectPortal: asked => enterPortal(state, asked),
    connectHub: ({ url, token }) => enterHub(state, { address: url, token }),
    beginSignIn: ({ url, language }) => signIns.begin(url, language),
    awaitSignIn: ({ signInId }) => signIns.outcome(signInId),
    cancelSignIn: ({ signInId }) => (signIns.cancel(signInId), null),
    async connectSignedIn({ signInId }) {
      const stage = await enterHub(state, signIns.accessOf(signInId))
      signIns.cancel(signInId)
      return stage
    },
    uploadStart: ({ size }) => ({ uploadId: uploads.start(size) }),
    uploadPiece: ({ uploadId, base64 }) => ({ received: uploads.append(uploadId, base64) }),
    importPreview: ({ uploadId, mapping, asOf }) =>
      runImport(
        {
          path: uploads.pathOf(uploadId),
          mapping,
          asOf,
          databasePath: null,
          language: languageOf(state),
        },
        works,
      ),
    importRun: ({ uploadId, mapping, asOf }) =>
      importAndEnter(state, { path: uploads.pathOf(uploadId), mapping, asOf }),
    cancelWork: ({ workId }) => (works.cancel(workId), null),
  } satisfies Partial<Handlers>
}

function settingsCalls(state: ConsoleState) {
  const { dataFolder } = state.options
  const settings = (): Settings => settingsOf(state)
  return {
    settings,
    saveSettings({ language, theme, ...preferences }) {
      if (language) save(state, { language })
      if (theme) save(state, { theme })
      if (state.open) savePreferences(state.open.desk, preferences)
      return settings()
    },
    portalRule: () => (state.open ? portalRule(state.open) : { kind: 'none' as const }),
    savePortalRule: wish =>
      state.open ? savePortalRule(state.open, wish) : { kind: 'none' as const },
    async newRecoveryCode() {
      if (!state.openKey || state.openKey.holder === 'file')
        throw refused('noKey', 'there is no key to recover')
      return { code: await newRecoveryCode(dataFolder, state.openKey.key) }
    },
  } satisfies Partial<Handlers>
}
