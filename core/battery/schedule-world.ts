/** A console whose process may die at any await, over a backend with the hub's promises, in virtual time. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Backend } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import { noCalendar } from '../domain/calendar.ts'
import { idOf } from '../domain/id.ts'
import type { WorkspaceId } from '../domain/id.ts'
import { createDesk } from '../service/desk.ts'
import type { Desk } from '../service/desk.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/open-store.ts'
import { createSync } from '../sync/loop.ts'
import type { Sync } from '../sync/loop.ts'
import { aCase, aDepartment, anEmployee, anOrg, aPost, mondayNoon } from '../testing/invented.ts'
import { createModelBackend } from '../testing/model-backend.ts'
import type { ModelBackend, WholeCase } from '../testing/model-backend.ts'
import { createVirtualTime } from '../testing/virtual-time.ts'
import type { VirtualTime } from '../testing/virtual-time.ts'
import type { Trouble } from './schedule.ts'

const space = 'hub-55555555' as WorkspaceId
export const person = (name: string) => idOf(space, 'employee', name)
export const room = (name: string) => idOf(space, 'department', name)
export const people = ['anna', 'oleg'] as const
export const rooms = ['d', 'below'] as const

export const aWholeCase = (name: string, over: Partial<WholeCase> = {}): WholeCase => ({
  ...aCase(idOf(space, 'case', name), { number: name, departmentId: room('d') }),
  text: '',
  phones: [],
  emails: [],
  ...over,
})

/** What dies when a process does. */
interface Life {
  isDead: boolean
  readonly end: AbortController
}

export interface ScheduleWorld {
  readonly time: VirtualTime
  readonly backend: ModelBackend
  readonly store: Store
  readonly desk: Desk
  readonly sync: Sync
  /** What the next requests meet, one after another; then the network is well. */
  readonly troubles: Trouble[]
  /** What the loops said was our own fault. */
  readonly faults: unknown[]
  /** The process dies: nothing of it goes on, what it sent is on its way. */
  kill(): void
  /** It ends as it should, and begins again. */
  restart(): Promise<void>
  /** The hub ends what it was about to answer. */
  restartHub(): void
  close(): void
}

/** Memory is as good as a disk here: what a power cut does is tried elsewhere. */
const fastFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

export function createScheduleWorld(): ScheduleWorld {
  const folder = mkdtempSync(join(fastFolder, 'nachalo-schedules-'))
  const time = createVirtualTime(mondayNoon)
  const backend = createModelBackend({ time, org, me, cases: [] })
  const troubles: Trouble[] = []
  const faults: unknown[] = []
  const hub = { down: new AbortController() }
  backend.faults = () => {
    const next = troubles[0]
    return typeof next === 'string' ? (troubles.shift(), next) : 'none'
  }
  const begin = () => beginLife({ folder, time, backend, troubles, faults, hub })
  let now = begin()
  return {
    time,
    backend,
    troubles,
    faults,
    get store() {
      return now.store
    },
    get desk() {
      return now.desk
    },
    get sync() {
      return now.sync
    },
    kill() {
      now.die()
      now = begin()
    },
    async restart() {
      await now.sync.stop()
      now.die()
      now = begin()
    },
    restartHub() {
      const { down } = hub
      hub.down = new AbortController()
      down.abort()
    },
    close() {
      now.die()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function beginLife(world: {
  readonly folder: string
  readonly time: VirtualTime
  readonly backend: ModelBackend
  readonly troubles: Trouble[]
  readonly faults: unknown[]
  readonly hub: { readonly down: AbortController }
}) {
  const { folder, time } = world
  const life: Life = { isDead: false, end: new AbortController() }
  const store = openStore({ folder, workspaceId: space, key: null, now: time.now })
  const sync = createSync({
    store,
    backend: cableFrom(world, life),
    now: time.now,
    sleep: (ms, signal) => untilDead(life, time.sleep(ms, signal)),
    random: () => 0.9,
    report: error => life.isDead || world.faults.push(error),
  })
  const desk = createDesk({
    store,
    space: { workspaceId: space, kind: 'hub', title: 'Компания' },
    calendar: noCalendar,
    now: time.now,
    syncStatus: sync.status,
  })
  sync.start()
  const die = () => {
    life.isDead = true
    life.end.abort()
    // Its loops look for this between two slices of a page; whatever they wait for never comes.
    void sync.stop()
    store.close()
  }
  return { store, desk, sync, die }
}

const never = <T>() => new Promise<T>(() => {})

/** A dead process hears nothing. */
const untilDead = <T>(life: Life, answer: Promise<T>): Promise<T> =>
  answer.then(
    value => (life.isDead ? never<T>() : value),
    error => (life.isDead ? never<T>() : Promise.reject(error)),
  )

function cableFrom(
  { backend, troubles, hub }: Parameters<typeof beginLife>[0],
  life: Life,
): Backend {
  const carry = <T>(ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> => {
    if (signal.aborted)
      return untilDead(life, Promise.reject(new BackendError('offline', 'stopped')))
    const [next] = troubles
    if (typeof next === 'object') {
      troubles.shift()
      const more = next.pause === null ? {} : { retryAfterMs: next.pause }
      return untilDead(life, Promise.reject(new BackendError('busy', 'pause', more)))
    }
    // What has left goes on by itself, whoever has stopped listening.
    const cut = new Promise<never>((_resolve, reject) => {
      const end = () => reject(new BackendError('ambiguous', 'nobody listens any more'))
      for (const ending of [hub.down.signal, signal]) ending.addEventListener('abort', end)
    })
    return untilDead(life, Promise.race([ask(new AbortController().signal), cut]))
  }
  return {
    abilities: backend.abilities,
    fields: backend.fields,
    me: signal => carry(backend.me, signal),
    pull: (cursor, limit, signal) => carry(way => backend.pull(cursor, limit, way), signal),
    push: (sendings, keep, signal) => carry(way => backend.push(sendings, keep, way), signal),
    editOrg: (edit, signal) => carry(way => backend.editOrg(edit, way), signal),
    orgHistory: (limit, signal) => carry(way => backend.orgHistory(limit, way), signal),
    listen: (onNotice, signal) =>
      untilDead(
        life,
        backend.listen(
          () => life.isDead || onNotice(),
          AbortSignal.any([signal, life.end.signal, hub.down.signal]),
        ),
      ),
  }
}

const me = {
  employeeId: person('head'),
  name: 'Начальник',
  role: 'head',
  departmentIds: [room('d')],
  company: 'Компания',
  zone: 'Europe/Moscow',
} as const

const org = anOrg({
  departments: [aDepartment(room('d')), aDepartment(room('below'), room('d'))],
  posts: [
    aPost(room('d'), person('head'), true),
    ...people.map(name => aPost(room('d'), person(name))),
  ],
  employees: ['head', ...people].map(name => anEmployee(person(name), { name, limit: 1_000_000 })),
})
