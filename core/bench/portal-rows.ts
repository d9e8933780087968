/** A portal of Bitrix24 in its own time: what counts are its requests and its seconds. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { args } from '../contract.ts'
import type { Decision } from '../domain/decision.ts'
import { idOf } from '../domain/id.ts'
import type { ActId, DecisionId } from '../domain/id.ts'
import { demo } from '../emulators/bitrix24/demo/company.ts'
import type { PortalOptions } from '../emulators/bitrix24/options.ts'
import { recordAct } from '../store/acts.ts'
import { openCases } from '../store/cases.ts'
import { numberOf, openDatabase } from '../store/db.ts'
import { openStore } from '../store/open-store.ts'
import { outboxCounts, outboxItems } from '../store/outbox.ts'
import { createSync } from '../sync/loop.ts'
import { openTestPortal, portalSpace } from '../testing/portal-subject.ts'
import { median, quantile } from './measure.ts'
import type { Row } from './report.ts'

const deals = 100_000
const decisions = 500

/** First load of a large portal, and an outbox carried to one that is quick and one that is slow. */
export async function* portalRows(folder: string): AsyncGenerator<Row> {
  yield* firstLoad(folder)
  yield* carried(folder, { seconds: 0.1, budget: 60 })
  yield* carried(folder, { seconds: 3.6, budget: null })
}

async function* firstLoad(folder: string): AsyncGenerator<Row> {
  const desk = deskOf(folder, { cases: deals })
  const [begunAt, asked] = [desk.clock.elapsed(), desk.portal.requests()]
  const realAt = performance.now()
  await desk.sync.pullOnce()
  const seconds = (desk.clock.elapsed() - begunAt) / 1000
  const requests = desk.portal.requests() - asked
  yield {
    name: `${deals} deals of a portal pulled, portal time`,
    value: seconds,
    unit: 's',
    budget: 360,
    note: `${requests} requests, ${openCases(desk.store).length} open cases here, ${((performance.now() - realAt) / 1000).toFixed(0)} s of ours`,
  }
  await desk.close()
}

async function* carried(
  folder: string,
  { seconds, budget }: { readonly seconds: number; readonly budget: number | null },
): AsyncGenerator<Row> {
  const desk = deskOf(folder, {
    cases: 0,
    limits: { costs: { 'crm.item.update': seconds, 'crm.item.list': 0.1, 'crm.item.get': 0.02 } },
  })
  for (let count = 0; count < decisions; count += 1)
    desk.portal.world.createItem(2, { assignedById: demo.head, stageId: 'NEW', title: 'Дело' })
  await desk.sync.pullOnce()
  for (const theCase of openCases(desk.store)) give(desk, theCase.caseId)
  const [begunAt, asked, written] = [
    desk.clock.elapsed(),
    desk.portal.requests(),
    desk.portal.world.writes.length,
  ]
  desk.sync.start()
  const left = new Left()
  while (outboxCounts(desk.store).waiting > 0) {
    left.look(desk.sync.status().sendLeftMs, desk.clock.elapsed())
    await new Promise(setImmediate)
  }
  const spent = (desk.clock.elapsed() - begunAt) / 1000
  const doubts = outboxItems(desk.store, decisions).filter(({ state }) => state !== 'applied')
  const writes = desk.portal.world.writes.length - written
  if (doubts.length > 0 || writes !== decisions)
    throw new Error(`${doubts.length} not applied, ${writes} writes of ${decisions}`)
  yield {
    name: `${decisions} offline decisions, an update costs ${seconds} s, portal time`,
    value: spent,
    unit: 's',
    budget,
    note: `${desk.portal.requests() - asked} requests`,
  }
  const off = left.off(desk.clock.elapsed())
  await desk.close()
  yield {
    name: `… of them ever «unknown», though every answer came`,
    value: unknownIn(desk.folder),
    unit: 'errors',
    budget: 0,
    ...(off === null
      ? {}
      : {
          note: `time left, as told: off by ${off.middle.toFixed(0)} %, at worst ${off.worst.toFixed(0)} %`,
        }),
  }
}

/** Of the end nothing is judged: there the seconds of one batch are all that is left. */
const judgedMs = 240_000

/** What was told of the time left, against what it then took. */
class Left {
  readonly #told: { readonly leftMs: number; readonly at: number }[] = []
  look(leftMs: number | null, at: number): void {
    if (leftMs !== null) this.#told.push({ leftMs, at })
  }
  /** How far off, in per cent of what was left: in the middle and at worst; null: nothing was told. */
  off(endedAt: number): { readonly middle: number; readonly worst: number } | null {
    const judged = this.#told.filter(({ at }) => endedAt - at > judgedMs)
    if (judged.length === 0) return null
    const shares = judged.map(
      ({ leftMs, at }) => (Math.abs(leftMs - (endedAt - at)) / (endedAt - at)) * 100,
    )
    return { middle: median(shares), worst: quantile(shares, 1) }
  }
}

function unknownIn(folder: string): number {
  const database = openDatabase(join(folder, 'outbox.db'), null, { synchronous: 'NORMAL' })
  const count = numberOf(database, "SELECT count(*) FROM decisionEvents WHERE toState = 'unknown'")
  database.close()
  return count
}

type Desk = ReturnType<typeof deskOf>

function deskOf(place: string, options: PortalOptions) {
  const { portal, clock, connect } = openTestPortal({ limits: {}, ...options })
  const backend = connect()
  const folder = mkdtempSync(join(place, 'portal-'))
  const store = openStore({ folder, workspaceId: portalSpace, key: null, now: clock.now })
  const { now, sleep, random } = clock
  const sync = createSync({ store, backend, now, sleep, random })
  return {
    portal,
    clock,
    store,
    sync,
    folder,
    async close() {
      await sync.stop()
      backend.close()
      store.close()
    },
  }
}

function give({ store, clock }: Desk, caseId: Decision['caseId']): void {
  const { actId, decisionId } = newIds()
  const person = idOf(portalSpace, 'employee', '11')
  recordAct(store, {
    actId,
    verb: 'assign',
    target: person,
    decisions: [
      {
        v: 1,
        decisionId,
        actId,
        kind: 'set',
        verb: 'assign',
        caseId,
        want: { responsible: person },
        base: { responsible: null },
        issuedBy: { employeeId: idOf(portalSpace, 'employee', String(demo.head)) },
        issuedAt: clock.now(),
        undoes: null,
        supersedes: null,
        isOverridden: false,
        reasons: [],
      },
    ],
  })
}

/** The contract makes ids of texts, and refuses what is none. */
function newIds(): { actId: ActId; decisionId: DecisionId } {
  const { actId, orders } = args.take.parse({
    actId: v7(),
    orders: [{ decisionId: v7(), caseId: `${portalSpace}:case:D_1` }],
    isOverridden: false,
  })
  const [order] = orders
  if (!order) throw new Error('no order')
  return { actId, decisionId: order.decisionId }
}
