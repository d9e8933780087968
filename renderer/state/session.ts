import { create } from 'zustand'
import type { Events, Hello, Stage } from '../../core/contract.ts'
import type { Patch } from '../../core/domain/patch.ts'
import { core, on, useLink } from './core.ts'
import { forget, load, patch, replaceSync, replaceUndo, useReplica } from './replica.ts'

export type Progress = Events['progress']

/** What the core is and which room of the house the window must show. */
export interface Session {
  readonly hello: Hello | null
  readonly stage: Stage | null
  /** Long work under way, by work id. */
  readonly progress: ReadonlyMap<string, Progress>
  /** The doors are open to come into this hub again; null: to any workspace. */
  readonly toHub: string | null
  /** Rises each time a second start asks this window to show itself. */
  readonly shown: number
}

export const useSession = create<Session>(() => ({
  hello: null,
  stage: null,
  progress: new Map(),
  toHub: null,
  shown: 0,
}))

/** Shows the room of this stage; a ready one brings its records first. */
export async function enter(stage: Stage): Promise<void> {
  if (stage.kind === 'ready') load(await core.open({}))
  else forget()
  useSession.setState({ stage })
}

/** In place of an address: a portal is come into again by a webhook. */
export const portalAgain = 'portal'

/** Back to the doors: another workspace, or one more, or the same hub again. The open one stays as it is. */
export async function openDoors(toHub: string | null = null): Promise<void> {
  const hello = await core.hello({})
  useSession.setState({ hello, toHub })
  await enter({ kind: 'firstRun' })
}

async function greet(): Promise<void> {
  const hello = await core.hello({})
  useSession.setState({ hello })
  await enter(hello.stage)
}

let isReloading = false

/** Who I am comes with the first page of a new workspace and in no patch: until then all is asked for again. */
async function hear(change: Patch): Promise<void> {
  patch(change)
  const { isLoaded, me } = useReplica.getState()
  if (!isLoaded || me !== null || isReloading) return
  isReloading = true
  const snapshot = await core.open({}).finally(() => {
    isReloading = false
  })
  load(snapshot)
}

/** Keeps what `hello` said in step with saved settings. */
export function rememberSettings(change: Partial<Pick<Hello, 'language' | 'theme'>>): void {
  useSession.setState(({ hello }) => ({ hello: hello && { ...hello, ...change } }))
}

/** Hears the core from now on and asks it again after every lost connection; `failed` hears why not. */
export function startSession(failed: (error: unknown) => void): void {
  on('changed', change => void hear(change).catch(failed))
  on('sync', replaceSync)
  on('undo', replaceUndo)
  on('stage', stage => void enter(stage).catch(failed))
  on('show', () => {
    useSession.setState(({ shown }) => ({ shown: shown + 1 }))
    window.focus()
  })
  on('progress', progress =>
    useSession.setState(({ progress: known }) => ({
      progress: new Map(known).set(progress.workId, progress),
    })),
  )
  useLink.subscribe(({ link }, before) => {
    if (link === 'open' && before.link === 'lost') void greet().catch(failed)
  })
  void greet().catch(failed)
}
