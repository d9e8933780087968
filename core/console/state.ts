import type { Events, SpaceInfo, Stage } from '../contract.ts'
import type { KeyHolder } from '../secrets/data-key.ts'
import type { DesktopNews } from './desktop-news.ts'
import { createWorks, type Works } from './import-door.ts'
import type { OpenSpace, SpaceAccess } from './open-space.ts'
import { readSettings, writeSettings, type ConsoleSettings } from './settings-file.ts'
import { createSignIns, type SignIns } from './sign-in.ts'
import { createUploads, type Uploads } from './uploads.ts'

export interface ConsoleOptions {
  readonly dataFolder: string
  readonly version: string
  /** Typed at the start; goes before what was chosen in the window. */
  readonly language: 'ru' | 'en' | null
  /** Path of a key-encryption key for use without a keychain and a head (`NACHALO_KEY_FILE`). */
  readonly keyFile: string | undefined
  /** The worker that runs an embedded hub. */
  readonly embeddedHub: URL
  /** Webhooks of an emulated portal to try the console on: of its head, and of who may make fields. */
  readonly demoPortal?: readonly string[] | undefined
  readonly log: (where: string, error: unknown) => void
  /** Hears what the desktop around the window may show; a browser has none. */
  readonly onNews?: (news: DesktopNews) => void
}

/** The space that waits for the key. */
export interface Wanted {
  readonly info: SpaceInfo
  readonly access?: SpaceAccess | undefined
}

export interface OpenKey {
  readonly key: Buffer
  readonly holder: KeyHolder
}

/** What one core holds: changed only by the functions of this folder. */
export interface ConsoleState {
  readonly options: ConsoleOptions
  readonly uploads: Uploads
  readonly works: Works
  readonly signIns: SignIns
  readonly windows: Set<(name: string, body: unknown) => void>
  readonly tell: <Name extends keyof Events>(name: Name, body: Events[Name]) => void
  settings: ConsoleSettings
  stage: Stage
  open: OpenSpace | null
  openKey: OpenKey | null
  wanted: Wanted | null
  /** A case that was to be opened when there was no window yet. */
  wantedCase: string | null
  /** The invented company being made, so that two who want it wait for one. */
  demo: Promise<void> | null
}

export function createState(options: ConsoleOptions): ConsoleState {
  const windows: ConsoleState['windows'] = new Set()
  const tell: ConsoleState['tell'] = (name, body) => {
    for (const each of windows) each(name, body)
  }
  return {
    options,
    windows,
    tell,
    uploads: createUploads(options.dataFolder),
    works: createWorks(body => tell('progress', body)),
    signIns: createSignIns(),
    settings: readSettings(options.dataFolder),
    stage: { kind: 'firstRun' },
    open: null,
    openKey: null,
    wanted: null,
    wantedCase: null,
    demo: null,
  }
}

export function save(state: ConsoleState, change: Partial<ConsoleSettings>): void {
  state.settings = { ...state.settings, ...change }
  writeSettings(state.options.dataFolder, state.settings)
}

/** Changes what every window must show first. */
export function become(state: ConsoleState, stage: Stage): Stage {
  state.stage = stage
  state.tell('stage', stage)
  return stage
}

export const languageOf = ({ options, settings }: ConsoleState): 'ru' | 'en' =>
  options.language ?? settings.language ?? 'ru'
