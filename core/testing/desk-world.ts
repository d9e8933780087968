/** A desk over a real store with a small invented department. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { noCalendar } from '../domain/calendar.ts'
import { idOf } from '../domain/id.ts'
import type { ActId, DecisionId, WorkspaceId } from '../domain/id.ts'
import type { Employee } from '../domain/org.ts'
import type { Order } from '../service/act.ts'
import { createDesk } from '../service/desk.ts'
import type { Desk } from '../service/desk.ts'
import { baseCase } from '../store/cases.ts'
import { foldCase } from '../store/fold.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/open-store.ts'
import { writeMe } from '../store/org.ts'
import { dueDecisions, markSending, readDecision, settle } from '../store/outbox.ts'
import type { Outcome, Page, WholeCase } from '../store/records.ts'
import { applyPage } from '../store/write.ts'
import {
  aCase,
  aDepartment,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  day,
  mondayNoon,
} from './invented.ts'

const space = 'hub-11111111' as WorkspaceId
export const person = (name: string) => idOf(space, 'employee', name)
export const room = (name: string) => idOf(space, 'department', name)
export const theCaseId = (name: string) => idOf(space, 'case', name)

export const aWholeCase = (name: string, over: Partial<WholeCase> = {}): WholeCase => ({
  ...aCase(theCaseId(name), { number: name, departmentId: room('sales') }),
  text: '',
  phones: [],
  emails: [],
  ...over,
})

export const newActId = () => v7() as ActId
export const newDecisionId = () => v7() as DecisionId
export const orders = (...names: string[]): Order[] =>
  names.map(name => ({ decisionId: newDecisionId(), caseId: theCaseId(name) }))

export interface DeskWorld {
  readonly store: Store
  readonly desk: Desk
  now: number
  /** The backend says this of these cases. */
  bring(...cases: readonly WholeCase[]): void
  /** The backend says that this person is on leave from now for a week. */
  sendOnLeave(name: string): void
  /** Everything due leaves; the backend has not answered yet. */
  send(): readonly DecisionId[]
  /** The backend carries out what was sent, or says otherwise. */
  answer(over?: Partial<Outcome>): void
  /** Closes the store and opens it again, as after the death of the process. */
  restart(): void
}

export interface DeskWorldOptions {
  readonly cases?: readonly WholeCase[]
  readonly employees?: readonly Employee[]
}

/** `sales` under `head`, with `anna` and `oleg`; `office` under `boss`. */
export function inDeskWorld(
  work: (world: DeskWorld) => void,
  options: DeskWorldOptions = {},
): void {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-desk-'))
  const clock = { now: mondayNoon }
  const open = () => openAt(folder, () => clock.now)
  let opened = open()
  const sent: DecisionId[] = []
  const world: DeskWorld = {
    get store() {
      return opened.store
    },
    get desk() {
      return opened.desk
    },
    get now() {
      return clock.now
    },
    set now(at) {
      clock.now = at
    },
    bring: (...cases) => applyPage(opened.store, pageOf(cases)),
    sendOnLeave: name =>
      applyPage(opened.store, {
        ...pageOf([]),
        absences: [anAbsence(person(name), clock.now - 1, clock.now + 7 * day)],
      }),
    send() {
      const due = dueDecisions(opened.store, Number.MAX_SAFE_INTEGER, 50)
      sent.push(...due.map(decision => decision.decisionId))
      markSending(opened.store, sent, clock.now)
      return sent
    },
    answer(over = {}) {
      const outcomes = sent
        .splice(0)
        .map(decisionId => ({ ...applied(opened.store, decisionId), ...over }))
      settle(opened.store, outcomes, clock.now)
    },
    restart() {
      opened.store.close()
      opened = open()
    },
  }
  try {
    applyPage(opened.store, { ...pageOf(options.cases ?? []), ...org(options.employees ?? []) })
    writeMe(opened.store, me)
    work(world)
  } finally {
    opened.store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function openAt(folder: string, now: () => number) {
  const store = openStore({ folder, workspaceId: space, key: null, now })
  const desk = createDesk({
    store,
    space: { workspaceId: space, kind: 'hub', title: 'Компания' },
    calendar: noCalendar,
    now,
    syncStatus: () => idle,
  })
  return { store, desk }
}

const idle = {
  link: { kind: 'idle' },
  freshAt: null,
  retryAt: null,
  sendLeftMs: null,
  waiting: 0,
  conflicts: 0,
  rejected: 0,
  load: null,
  clockOffsetMs: null,
} as const

/** As a backend says it: the case as the decision has made it, one version on. */
function applied(store: Store, decisionId: DecisionId): Outcome {
  const decision = readDecision(store, decisionId)?.decision
  const theCase = decision && baseCase(store, decision.caseId)
  const long = { text: '', phones: [], emails: [] }
  return {
    decisionId,
    outcome: 'applied',
    code: null,
    current: theCase
      ? { ...foldCase(theCase, [decision]), ...long, version: theCase.version + 1 }
      : null,
    changedBy: null,
    changedAt: null,
  }
}

const me = {
  employeeId: person('head'),
  name: 'Петров Пётр',
  role: 'head',
  departmentIds: [room('sales')],
  company: 'Компания',
  zone: 'Europe/Moscow',
  epoch: 'first',
  now: mondayNoon,
} as const

function org(more: readonly Employee[]) {
  const named = {
    head: 'Петров Пётр',
    anna: 'Анна Первая',
    oleg: 'Олег Второй',
    boss: 'Иванов Иван',
  }
  const employees = Object.entries(named).map(([id, name]) => anEmployee(person(id), { name }))
  const overridden = new Map([...employees, ...more].map(one => [one.employeeId, one]))
  return anOrg({
    departments: [
      aDepartment(room('office'), null, { name: 'Контора' }),
      aDepartment(room('sales'), room('office'), { name: 'Продажи' }),
    ],
    posts: [
      aPost(room('office'), person('boss'), true),
      aPost(room('sales'), person('head'), true),
      ...['anna', 'oleg', ...more.map(one => one.employeeId)].map(id =>
        aPost(room('sales'), id.includes(':') ? id : person(id)),
      ),
    ],
    employees: [...overridden.values()],
  })
}

const pageOf = (cases: readonly WholeCase[]): Page => ({
  cases,
  departments: [],
  posts: [],
  employees: [],
  absences: [],
  substitutions: [],
  kinds: [],
  clients: [],
  history: [],
  gone: [],
  nextCursor: '1',
  isUpToDate: true,
  epoch: 'first',
})
