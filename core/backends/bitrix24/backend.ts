import type { WorkspaceId } from '../../domain/id.ts'
import { idOf } from '../../domain/id.ts'
import { plainStages } from '../../domain/stage.ts'
import type { Abilities, Backend, Me, Outcome, Unsettled } from '../backend.ts'
import { BackendError } from '../errors.ts'
import type { BitrixClient, Clock } from './client.ts'
import { createClientBook } from './clients.ts'
import { loadWorld } from './load.ts'
import { createPuller } from './pull.ts'
import { createCarrier } from './push.ts'
import { headed } from './roster.ts'
import type { Rule } from './rule.ts'
import type { Taken } from './taken.ts'
import { createVersions } from './versions.ts'
import type { Names, World } from './world.ts'

export interface BitrixOptions {
  readonly client: BitrixClient
  readonly clock: Clock
  readonly workspaceId: WorkspaceId
  readonly rule: Rule
  /** Which portal and which user of it: stays when the portal is renamed. */
  readonly epoch: string
  /** The company's name and its IANA zone; a portal tells neither for sure. */
  readonly company: string
  readonly zone: string
  readonly taken: Taken
  readonly names: Names
}

export const bitrixAbilities: Abilities = {
  hasDelta: true,
  hasNotices: false,
  hasHistory: false,
  canDefer: false,
  canPass: true,
  // Where a case stands is seen; moving it is the portal's for now.
  stages: plainStages.map(stage => ({ ...stage, canEnter: false })),
  isIdempotent: false,
  canEditOrg: false,
}

export interface BitrixBackend extends Backend {
  close(): void
}

const hasLeft = (answer: Outcome | Unsettled): boolean =>
  (answer.outcome === 'applied' || answer.outcome === 'rejected') && answer.current === null

/** The company changes slowly, and reading it costs several requests. */
const companyForMs = 10 * 60_000

/** A Bitrix24 portal as a backend. */
export function openBitrix(options: BitrixOptions): BitrixBackend {
  const { client, clock, taken, workspaceId, epoch } = options
  const versions = createVersions()
  const book = createClientBook(client)
  let known: { readonly world: World; readonly at: number } | null = null
  const world = async (signal: AbortSignal, isFresh: boolean): Promise<World> => {
    const isGood = known !== null && clock.elapsed() - known.at < companyForMs
    if (known && isGood && !isFresh) return known.world
    const loaded = await loadWorld({ ...options, taken: taken.all, now: clock.now }, signal)
    known = { world: loaded, at: clock.elapsed() }
    return loaded
  }
  const puller = createPuller({ client, epoch, taken, versions, book, world })
  const carrier = createCarrier({ client, clock, taken })
  const none = () =>
    Promise.reject(new BackendError('refused', 'not on a portal', { code: 'tooOld' }))
  return {
    abilities: bitrixAbilities,
    fields: ['responsible', 'department'],
    async me(signal): Promise<Me> {
      const { me, roster } = await world(signal, false)
      const person = roster.people.get(me)
      const departments = headed(roster, me)
      return {
        employeeId: idOf(workspaceId, 'employee', String(me)),
        name: person?.name ?? '',
        role: departments.length > 0 ? 'head' : 'employee',
        departmentIds: departments.map(local => idOf(workspaceId, 'department', String(local))),
        company: options.company,
        zone: options.zone,
        epoch,
        now: clock.now(),
      }
    },
    pull: (cursor, limit, signal) => puller.pull(cursor, limit, signal),
    async push(sendings, keep, signal) {
      const answers = await carrier.carry(await world(signal, false), sendings, keep, signal)
      if (answers.some(hasLeft)) puller.doubtOpen()
      return answers.map(answer =>
        'current' in answer && answer.current
          ? { ...answer, current: versions.stamp(book.named(answer.current)) }
          : answer,
      )
    },
    leastMs: waiting => carrier.leastMs(waiting),
    editOrg: none,
    orgHistory: none,
    listen: (_onNotice, signal) => clock.sleep(Number.MAX_SAFE_INTEGER, signal),
    close: () => client.close(),
  }
}
