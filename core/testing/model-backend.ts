import type { Abilities, Backend, Me } from '../backends/backend.ts'
import type { Org } from '../domain/org.ts'
import { plainStages } from '../domain/stage.ts'
import { overTheNetwork } from './hostile-network.ts'
import type { Fault } from './hostile-network.ts'
import { ModelWorld } from './model-world.ts'
import type { WholeCase } from './model-world.ts'
import type { VirtualTime } from './virtual-time.ts'

export type { Fault } from './hostile-network.ts'
export type { WholeCase } from './model-world.ts'

type Question = 'me' | 'pull' | 'push' | 'editOrg' | 'orgHistory'

/** A backend in memory, behind a network that breaks as it is told. */
export interface ModelBackend extends Backend {
  readonly world: ModelWorld
  /** Requests made, whether they arrived or not. */
  readonly asked: Record<Question, number>
  /** The backend's clock minus ours. */
  clockOffsetMs: number
  /** What the network does to the next request. */
  faults: (question: Question) => Fault
}

export const modelAbilities: Abilities = {
  hasDelta: true,
  hasNotices: true,
  hasHistory: true,
  canDefer: true,
  canPass: true,
  stages: plainStages,
  isIdempotent: true,
  canEditOrg: true,
}

export function createModelBackend(options: {
  readonly time: VirtualTime
  readonly org: Org
  readonly me: Omit<Me, 'epoch' | 'now'>
  readonly cases: readonly WholeCase[]
}): ModelBackend {
  const { time } = options
  const world = new ModelWorld(options.org, options.cases)
  const now = () => time.now() + model.clockOffsetMs
  const send = <T>(question: Question, signal: AbortSignal, run: () => T): Promise<T> => {
    model.asked[question] += 1
    const isWrite = question === 'push' || question === 'editOrg'
    return overTheNetwork({ time, signal, isWrite }, model.faults(question), run)
  }
  const model: ModelBackend = {
    world,
    abilities: modelAbilities,
    fields: ['responsible', 'department', 'deferredUntil', 'status', 'statusName'],
    asked: { me: 0, pull: 0, push: 0, editOrg: 0, orgHistory: 0 },
    clockOffsetMs: 0,
    faults: () => 'none',
    me: signal => send('me', signal, () => ({ ...options.me, epoch: world.epoch, now: now() })),
    pull: (cursor, _limit, signal) => send('pull', signal, () => world.pageAfter(cursor, now())),
    push: (sendings, _keep, signal) =>
      send('push', signal, () =>
        world.decide(
          sendings.map(({ decision }) => decision),
          now(),
        ),
      ),
    editOrg: (edit, signal) => send('editOrg', signal, () => world.editOrg(edit)),
    orgHistory: (_limit, signal) =>
      send('orgHistory', signal, () => ({ entries: [], isMore: false })),
    async listen(onNotice, signal) {
      world.listeners.add(onNotice)
      onNotice()
      await time.sleep(Number.MAX_SAFE_INTEGER, signal)
      world.listeners.delete(onNotice)
    },
  }
  return model
}
