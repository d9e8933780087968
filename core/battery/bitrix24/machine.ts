/** A process of the product: outbox, pushing loop and carrier, which may die at any await. */
import type { Backend, KeepWitnesses, Outcome, Sending, Unsettled } from '../../backends/backend.ts'
import { bitrixAbilities } from '../../backends/bitrix24/backend.ts'
import type { BitrixClient, Command } from '../../backends/bitrix24/client.ts'
import { createCarrier } from '../../backends/bitrix24/push.ts'
import type { Taken } from '../../backends/bitrix24/taken.ts'
import type { Manners } from '../../backends/bitrix24/trace.ts'
import { createVersions } from '../../backends/bitrix24/versions.ts'
import type { World } from '../../backends/bitrix24/world.ts'
import type { DecisionId } from '../../domain/id.ts'
import { localIdOf } from '../../domain/id.ts'
import type { Store } from '../../store/open-store.ts'
import { recover } from '../../store/recover.ts'
import { createLine } from '../../sync/line.ts'
import { pushing } from '../../sync/loop.ts'
import type { MemoryStore } from './memory-store.ts'
import type { Virtual } from './virtual.ts'
import { longestZombieMs } from './weather.ts'
import type { Sender, UnderWay, Wire } from './wire.ts'

export type Answered = Outcome | Unsettled

/** A fault of the product, planted from outside; each names what it replaces. */
export interface Bug {
  readonly manners?: (usual: Manners, life: number) => Manners
  readonly keep?: (keep: KeepWitnesses) => KeepWitnesses
  readonly client?: (client: BitrixClient) => BitrixClient
  readonly answers?: (answers: readonly Answered[]) => readonly Answered[]
  readonly store?: (store: Store) => Store
  readonly recover?: (store: Store) => void
}

export interface MachineOptions {
  readonly virtual: Virtual
  readonly wire: Wire
  readonly memory: MemoryStore
  readonly world: () => World
  readonly taken: Taken
  readonly random: () => number
  readonly manners: Manners
  readonly bug: Bug
  /** Right before a write: of these decisions. */
  readonly onWrite: (ids: readonly DecisionId[]) => void
  readonly report: (error: unknown) => void
  readonly life: number
  readonly onDeath: () => void
}

export interface Machine extends Sender {
  /** Dies at the n-th place from now where it can. */
  dieAt(places: number): void
  die(): void
  readonly places: number
}

class Death extends Error {}

export function startMachine(options: MachineOptions): Machine {
  const { virtual, memory, bug } = options
  let sendings: readonly Sending[] = []
  let fatal = Number.POSITIVE_INFINITY
  const machine = {
    isAlive: true,
    places: 0,
    underWay: new Set<UnderWay>(),
    point() {
      machine.places += 1
      if (machine.places >= fatal) machine.die()
      return !machine.isAlive
    },
    noteWrite: (commands: readonly Command[]) =>
      options.onWrite(commands.flatMap(one => machine.decisionOf(one) ?? [])),
    decisions() {
      const sent = sendings
      return (local: string): DecisionId | null =>
        sent.find(({ decision }) => localIdOf(decision.caseId) === local)?.decision.decisionId ??
        null
    },
    decisionOf({ key, params }: Command): DecisionId | null {
      if (!key.startsWith('write')) return null
      const local = params['taskId'] === undefined ? `D_${String(params['id'])}` : null
      return machine.decisions()(local ?? `TASK_${String(params['taskId'])}`)
    },
    dieAt(places: number) {
      fatal = machine.places + places
    },
    die() {
      if (!machine.isAlive) return
      machine.isAlive = false
      options.onDeath()
      hasten(virtual, machine.underWay)
    },
  }
  const store = mortal(memory.store, machine)
  const backend = backendOf(options, machine, some => {
    sendings = some
  })
  begin(options, machine, { store: bug.store?.(store) ?? store, backend })
  return machine
}

/** Recovers and empties the outbox until it dies. */
function begin(
  { memory, virtual, random, report, bug }: MachineOptions,
  machine: Sender,
  { store, backend }: { readonly store: Store; readonly backend: Backend },
): void {
  const fail = (error: unknown) => {
    if (!(error instanceof Death)) report(error)
  }
  try {
    ;(bug.recover ?? recover)(store)
    const line = createLine({
      store,
      backend,
      stop: new AbortController().signal,
      changed: () => {},
      now: virtual.now,
      sleep: (ms, signal) =>
        virtual.sleep(ms, signal).then(() => (machine.isAlive ? undefined : forever)),
      random,
    })
    const forget = memory.store.onTouched(touched => {
      if (!machine.isAlive) forget()
      else if (touched.isOutboxTouched) line.push.bell.work()
    })
    void pushing(line, fail).catch(fail)
  } catch (error) {
    fail(error)
  }
}

const forever = new Promise<never>(() => {})

/** What a dead process has sent is carried out within the time a portal may still work on it. */
function hasten(virtual: Virtual, underWay: Set<UnderWay>): void {
  const latest = virtual.now() + longestZombieMs
  for (const one of underWay) {
    if (one.at <= latest) continue
    one.cancel()
    virtual.at(latest, one.act)
  }
}

function backendOf(
  options: MachineOptions,
  machine: Sender,
  note: (sendings: readonly Sending[]) => void,
): Backend {
  const { virtual, wire, bug } = options
  const client = wire.clientOf(machine)
  const clock = {
    now: virtual.now,
    elapsed: virtual.now,
    sleep: virtual.sleep,
    random: options.random,
  }
  const manners = bug.manners?.(options.manners, options.life) ?? options.manners
  const carrier = createCarrier({
    client: bug.client?.(client) ?? client,
    clock,
    taken: options.taken,
    manners,
  })
  const versions = createVersions()
  const none = () => Promise.reject(new Error('only decisions are carried here'))
  return {
    abilities: bitrixAbilities,
    fields: ['responsible', 'department'],
    me: () => Promise.resolve(me),
    pull: none,
    async push(sendings, keep, signal) {
      note(sendings)
      const kept = bug.keep?.(keep) ?? keep
      const answers = await carrier.carry(options.world(), sendings, kept, signal)
      const told = bug.answers?.(answers) ?? answers
      return told.map(one =>
        'current' in one && one.current ? { ...one, current: versions.stamp(one.current) } : one,
      )
    },
    editOrg: none,
    orgHistory: none,
    listen: none,
  }
}

const me = {
  employeeId: 'bitrix24-00000000:employee:1',
  name: 'Начальник',
  role: 'head',
  departmentIds: [],
  company: 'Компания',
  zone: 'Europe/Moscow',
  epoch: 'portal',
  now: 0,
} as never

/** A process may die before and after each of its transactions; a dead one does nothing more. */
function mortal(store: Store, machine: Sender): Store {
  const alive = () => {
    if (!machine.isAlive) throw new Death('dead')
  }
  const place = () => {
    if (machine.point()) throw new Death('dies here')
  }
  let depth = 0
  return {
    ...store,
    all(query) {
      alive()
      return store.all(query)
    },
    one(query) {
      alive()
      return store.one(query)
    },
    run(query) {
      alive()
      return store.run(query)
    },
    transact(change, options) {
      if (depth > 0) return store.transact(change, options)
      place()
      depth += 1
      let result
      try {
        result = store.transact(change, options)
      } finally {
        depth -= 1
      }
      place()
      return result
    },
  }
}
