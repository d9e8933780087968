import type { Backend } from '../backends/backend.ts'
import type { Choices } from '../backends/bitrix24/choices.ts'
import { BackendError } from '../backends/errors.ts'
import type { OrgHistoryAnswer } from '../contract-org.ts'
import type { Events, SpaceInfo, SyncStatus } from '../contract.ts'
import { startEmbeddedHub, type EmbeddedHub } from '../hub/embedded-client.ts'
import { createDesk, type Desk } from '../service/desk.ts'
import { deskHandlers, type DeskHandlers } from '../service/handlers.ts'
import { patchOf } from '../service/patch.ts'
import { undoState } from '../store/acts.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { outboxCounts } from '../store/outbox.ts'
import { writeNamed } from '../store/preferences.ts'
import { readCursor } from '../store/write.ts'
import { createSync, type Sync } from '../sync/loop.ts'
import type { Language } from '../words/words.ts'
import { abilitiesOf, linkBackend, type LinkedBackend } from './backend-link.ts'
import { russianCalendar } from './calendar.ts'
import { type PortalSettings, writePortal } from './portal-settings.ts'
import { hubFile, spaceFolder } from './spaces.ts'
import { createTeller } from './teller.ts'

/** Where a hub is and what opens it; lies in the encrypted outbox. */
export interface HubAccess {
  readonly address: string
  readonly token: string
}

/** Of a hub, or of a portal of Bitrix24. */
export type SpaceAccess = HubAccess | PortalSettings

export interface OpenSpaceOptions {
  readonly dataFolder: string
  readonly info: SpaceInfo
  /** null only for the demo. */
  readonly key: Buffer | null
  readonly embeddedHub: URL
  /** Given when the space is connected for the first time. */
  readonly access?: SpaceAccess | undefined
  /** What a backend has no name for is called in it. */
  readonly language: Language
  readonly tell: <Name extends keyof Events>(name: Name, body: Events[Name]) => void
  readonly log: (where: string, error: unknown) => void
}

/** One workspace at work: its store, the verbs over it and the loops behind it. */
export interface OpenSpace {
  readonly info: SpaceInfo
  readonly store: Store
  readonly desk: Desk
  readonly handlers: DeskHandlers
  status(): SyncStatus
  syncNow(): void
  acceptEpoch(): void
  orgHistory(limit: number): Promise<OrgHistoryAnswer>
  /** Where its backend is, without the token. */
  address(): string
  /** What the portal offers for the rule of the workspace; null: it cannot be asked. Throws BackendError. */
  choices(typeIds: readonly number[]): Promise<Choices | null>
  /** Changes how the backend is reached while nothing goes to it, and begins again. */
  relink(change: () => void): Promise<void>
  close(): Promise<void>
}

/** Opens at once from what lies on this computer; the backend is reached afterwards. Throws StoreError. */
export function openSpace(options: OpenSpaceOptions): OpenSpace {
  const { dataFolder, info, key, tell } = options
  const store = openStore({
    folder: spaceFolder(dataFolder, info.workspaceId),
    workspaceId: info.workspaceId,
    key,
    now: Date.now,
  })
  if (options.access) keepAccess(store, options.access)
  const link = createLink(options, store)
  const abilities = abilitiesOf(info)
  const desk = createDesk({
    store,
    space: info,
    calendar: russianCalendar,
    now: Date.now,
    syncStatus: link.status,
    stages: abilities.stages,
    hasOrgEdits: abilities.canEditOrg,
    canDefer: abilities.canDefer,
  })
  const teller = createTeller(touched => {
    tell('changed', patchOf(desk, touched))
    if (touched.isOutboxTouched) tell('undo', undoState(store))
  })
  store.onTouched(teller.note)
  link.start()
  return {
    info,
    store,
    desk,
    handlers: deskHandlers(desk, teller.tellNow),
    ...link,
    async close() {
      await link.stop()
      teller.close()
      store.close()
    },
  }
}

function keepAccess(store: Store, access: SpaceAccess): void {
  if ('rule' in access) writePortal(store, access)
  else writeNamed(store, 'access', access)
}

const pauseMs = 1_000

/** The way to the backend, which may come up later than the window. */
function createLink(options: OpenSpaceOptions, store: Store) {
  const { info, tell, log } = options
  let sync: Sync | null = null
  let linked: LinkedBackend | null = null
  let hub: EmbeddedHub | null = null
  let isStopped = false
  /** One change of the way at a time. */
  let relinking: Promise<void> = Promise.resolve()
  const disconnect = async () => {
    await sync?.stop()
    linked?.backend.close()
    sync = linked = null
  }
  const connect = async () => {
    hub = isEmbedded(info) ? await startHubOf(options, onLost) : null
    if (isStopped) {
      await hub?.stop()
      return
    }
    linked = linkBackend(info, store, { embedded: hub, language: options.language })
    if (!linked) return
    sync = createSync({
      store,
      backend: linked.backend,
      onStatus: status => tell('sync', status),
      report: error => log('sync', error),
    })
    sync.start()
  }
  const start = () => void connect().catch(error => log('link', error))
  // A hub of our own that dies is started again; its cases lie in its file.
  const onLost = (error: Error) => {
    log('hub', error)
    void startAgain()
  }
  const startAgain = async () => {
    await disconnect()
    if (!isStopped) setTimeout(start, pauseMs)
  }
  return {
    start,
    status: () => sync?.status() ?? statusBefore(store),
    syncNow: () => sync?.wake(),
    acceptEpoch: () => sync?.acceptEpoch(),
    orgHistory: (limit: number) => askHistory(linked?.backend ?? null, limit),
    address: () => linked?.address() ?? '',
    async choices(typeIds: readonly number[]) {
      for (;;) {
        await relinking
        const asked = linked
        try {
          const signal = AbortSignal.timeout(choicesPatienceMs)
          return (await asked?.choices?.(typeIds, signal)) ?? null
        } catch (error) {
          // Cut off by a change of the way: then by the new one.
          if (isStopped || asked === linked) throw error
        }
      }
    },
    relink(change: () => void) {
      const relinked = relinking.then(async () => {
        await disconnect()
        try {
          change()
        } finally {
          if (!isStopped) start()
        }
      })
      relinking = relinked.catch(() => {})
      return relinked
    },
    async stop() {
      isStopped = true
      await relinking
      await disconnect()
      await hub?.stop()
    },
  }
}

const patienceMs = 15_000
/** A large company is read by pages. */
const choicesPatienceMs = 30_000

/** The history lies with the backend; what stands in the way of asking is said, not thrown. */
async function askHistory(backend: Backend | null, limit: number): Promise<OrgHistoryAnswer> {
  try {
    if (!backend) return { kind: 'offline' }
    const told = await backend.orgHistory(limit, AbortSignal.timeout(patienceMs))
    return { kind: 'told', ...told }
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    if (error.kind === 'forbidden') return { kind: 'forbidden' }
    return { kind: error.code === 'tooOld' ? 'none' : 'offline' }
  }
}

const isEmbedded = ({ kind }: SpaceInfo): boolean => kind === 'demo' || kind === 'import'

const startHubOf = (
  { info, dataFolder, embeddedHub }: OpenSpaceOptions,
  onLost: (error: Error) => void,
) =>
  startEmbeddedHub(embeddedHub, hubFile(dataFolder, info.workspaceId), {
    isDemo: info.kind === 'demo',
    onLost,
  })

const statusBefore = (store: Store): SyncStatus => ({
  link: { kind: 'loading' },
  freshAt: readCursor(store).freshAt,
  retryAt: null,
  ...outboxCounts(store),
  sendLeftMs: null,
  load: null,
  clockOffsetMs: null,
})
