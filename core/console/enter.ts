import { rmSync } from 'node:fs'
import type { Answers, Stage } from '../contract.ts'
import { CallError } from '../rpc.ts'
import { dataKey } from '../secrets/data-key.ts'
import { hasKeys } from '../secrets/keys-json.ts'
import { StoreError } from '../store/open-store.ts'
import { createWords } from '../words/words.ts'
import { prepareDemo } from './demo-door.ts'
import { probeHub } from './hub-door.ts'
import { runImport } from './import-door.ts'
import { type HubAccess, openSpace } from './open-space.ts'
import { foundPortal, markPortal, portalSettings, probePortal } from './portal-door.ts'
import {
  freeImportName,
  hasSealedSpace,
  hubFile,
  isInvented,
  portalDemo,
  spaceFolder,
  spaceInfo,
  spacesOf,
} from './spaces.ts'
import { become, languageOf, save, type ConsoleState, type Wanted } from './state.ts'

/** Opens a space, or says what stands in the way; the one open before is closed first. */
export async function enter(
  state: ConsoleState,
  target: Wanted,
  passphrase?: string,
): Promise<Stage> {
  state.wanted = target
  const isDemo = isInvented(target.info)
  const obstacle = isDemo ? null : await obtainKey(state, passphrase)
  if (obstacle) return become(state, obstacle)
  await leave(state)
  const { options, tell } = state
  const key = isDemo ? null : (state.openKey?.key ?? null)
  try {
    state.open = openSpace({ ...options, ...target, language: languageOf(state), key, tell })
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    options.log('open', error)
    const { code, path, bytesNeeded } = error
    return become(state, { kind: 'failed', reason: { code, path, bytesNeeded } })
  }
  state.wanted = null
  save(state, { lastSpace: target.info.workspaceId })
  return become(state, { kind: 'ready', space: target.info })
}

/** The stage that asks for the key, or null when it is there. */
async function obtainKey(
  state: ConsoleState,
  passphrase: string | undefined,
): Promise<Stage | null> {
  if (state.openKey) return null
  const { dataFolder: folder, keyFile } = state.options
  // Another key would be made, and what is sealed under the lost one would seem to be damaged.
  if (!hasKeys(folder) && hasSealedSpace(folder))
    return { kind: 'failed', reason: { code: 'keysBroken' } }
  const answer = await dataKey({ folder, keyFile, passphrase })
  switch (answer.kind) {
    case 'failed':
      return { kind: 'failed', reason: { code: answer.reason } }
    case 'passphraseNeeded':
      return { ...answer, kind: 'locked' }
    case 'ok':
      state.openKey = { key: answer.key, holder: answer.holder }
      return null
  }
}

export async function leave(state: ConsoleState): Promise<void> {
  const closing = state.open
  state.open = null
  await closing?.close()
}

export function demoReady(state: ConsoleState): Promise<void> {
  state.demo ??= prepareDemo(state.options.dataFolder)
  return state.demo
}

export async function enterDemo(state: ConsoleState): Promise<Stage> {
  await demoReady(state)
  return enter(state, { info: spaceInfo('demo', state.settings) })
}

/** Throws CallError `unknownSpace`. */
export async function enterNamed(state: ConsoleState, name: string): Promise<Stage> {
  if (name === 'demo') return enterDemo(state)
  if (name === portalDemo && state.options.demoPortal) return enterPortalDemo(state)
  const info = spacesOf(state.options.dataFolder, state.settings).find(
    each => each.workspaceId === name,
  )
  if (!info)
    throw new CallError({
      code: 'unknownSpace',
      message: `there is no space «${name.slice(0, 64)}»`,
    })
  return enter(state, { info })
}

/** Connects a hub with what opens it. Throws CallError `cannotConnect`. */
export async function enterHub(state: ConsoleState, access: HubAccess): Promise<Stage> {
  const { space: found } = await probeHub(access.address, access.token)
  if (!found)
    throw new CallError({
      code: 'cannotConnect',
      message: 'the hub does not let this token give out cases',
    })
  const { workspaceId, title } = found
  save(state, { hubs: { ...state.settings.hubs, [workspaceId]: { title } } })
  return enter(state, { info: spaceInfo(workspaceId, state.settings), access })
}

/** Connects a portal of Bitrix24 by a webhook. Throws CallError `cannotConnect`. */
export async function enterPortal(
  state: ConsoleState,
  asked: { readonly webhook: string; readonly isMarked: boolean },
): Promise<Stage> {
  const { space: found } = await probePortal(asked.webhook)
  if (!found)
    throw new CallError({
      code: 'cannotConnect',
      message: 'the portal does not let this webhook give out cases',
    })
  const access = await portalSettings(found, asked.isMarked, languageOf(state))
  const { workspaceId, title } = found
  save(state, { hubs: { ...state.settings.hubs, [workspaceId]: { title } } })
  return enter(state, { info: spaceInfo(workspaceId, state.settings), access })
}

/** A portal that is emulated for this start alone: nothing of an earlier one is true of it. */
async function enterPortalDemo(state: ConsoleState): Promise<Stage> {
  const { dataFolder, demoPortal: [head = '', admin = head] = [] } = state.options
  await leave(state)
  rmSync(spaceFolder(dataFolder, portalDemo), { recursive: true, force: true })
  const found = await foundPortal(head)
  const language = languageOf(state)
  await markPortal(admin, language)
  const access = await portalSettings({ found }, true, language)
  const title = createWords(language).t('portal.demo')
  return enter(state, { info: { ...spaceInfo(portalDemo, state.settings), title }, access })
}

/** The space used last, where there is one; else the doors of the first run stay open. */
export async function enterLast(state: ConsoleState): Promise<Stage> {
  const name = state.settings.lastSpace
  const isThere = spacesOf(state.options.dataFolder, state.settings).some(
    each => each.workspaceId === name,
  )
  return name !== null && isThere ? enterNamed(state, name) : state.stage
}

/** Imports a file into a new space and opens it; a file with a problem changes nothing. */
export async function importAndEnter(
  state: ConsoleState,
  file: { readonly path: string; readonly mapping: string; readonly asOf: string | null },
): Promise<Answers['importRun']> {
  const name = freeImportName(state.options.dataFolder)
  const databasePath = hubFile(state.options.dataFolder, name)
  const preview = await runImport(
    { ...file, databasePath, language: languageOf(state) },
    state.works,
  )
  if (preview.problem) return { stage: state.stage, preview }
  return { stage: await enter(state, { info: spaceInfo(name, state.settings) }), preview }
}
