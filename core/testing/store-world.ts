/** A real store in a folder of its own, and records to put into it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Decision } from '../domain/decision.ts'
import type { ActId, CaseId, ClientId, DecisionId, EmployeeId, WorkspaceId } from '../domain/id.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/open-store.ts'
import type { Outcome, Page, WholeCase } from '../store/records.ts'
import { aCase, mondayNoon } from './invented.ts'

export const space = 'hub-00000000' as WorkspaceId
export const storeKey = Buffer.alloc(32, 7)
export const otherKey = Buffer.alloc(32, 8)

export const caseIdOf = (name: string) => `${space}:case:${name}` as CaseId
export const personOf = (name: string) => `${space}:employee:${name}` as EmployeeId
export const clientOf = (name: string) => `${space}:client:${name}` as ClientId
export const decisionIdOf = (name: string) => name as DecisionId
export const actIdOf = (name: string) => name as ActId

/** In memory where there is such a disk: every act waits for it, and tests make thousands. */
const disk = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder that goes when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(disk, 'nachalo-store-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface StoreWorld {
  readonly store: Store
  readonly folder: string
  now: number
  /** Closes and opens, as after a restart. */
  reopen(): Store
}

/** An open store of a test; `key` null for a plain one. */
export function storeWorld(t: TestContext, options: { key?: Buffer | null } = {}): StoreWorld {
  const opened: { store?: Store } = {}
  // Before the folder's own, so that the store is closed while its files are there.
  t.after(() => opened.store?.close())
  const folder = temporaryFolder(t)
  const open = () =>
    openStore({ folder, workspaceId: space, key: options.key ?? null, now: () => world.now })
  const world: StoreWorld = {
    folder,
    now: mondayNoon,
    get store() {
      return (opened.store ??= open())
    },
    reopen() {
      opened.store?.close()
      return (opened.store = open())
    },
  }
  return world
}

/** A case as a backend tells it; `name` is its local id and number. */
export const aWholeCase = (name: string, over: Partial<WholeCase> = {}): WholeCase => ({
  ...aCase(caseIdOf(name), { number: name }),
  text: '',
  phones: [],
  emails: [],
  ...over,
})

export const aPage = (over: Partial<Page> = {}): Page => ({
  cases: [],
  departments: [],
  posts: [],
  employees: [],
  absences: [],
  substitutions: [],
  kinds: [],
  clients: [],
  history: [],
  gone: [],
  nextCursor: 'c1',
  isUpToDate: true,
  epoch: 'e1',
  ...over,
})

/** Assigns case `1` to `anna`, unless told otherwise; the act has the decision's name. */
export const aDecision = (name: string, over: Partial<Decision> = {}): Decision => ({
  v: 1,
  decisionId: decisionIdOf(name),
  actId: actIdOf(name),
  kind: 'set',
  verb: 'assign',
  caseId: caseIdOf('1'),
  want: { responsible: personOf('anna') },
  base: { responsible: null },
  issuedBy: { employeeId: personOf('head') },
  issuedAt: mondayNoon,
  undoes: null,
  supersedes: null,
  isOverridden: false,
  reasons: [],
  ...over,
})

export const anOutcome = (name: string, over: Partial<Outcome> = {}): Outcome => ({
  decisionId: decisionIdOf(name),
  outcome: 'applied',
  code: null,
  current: null,
  changedBy: null,
  changedAt: null,
  ...over,
})
