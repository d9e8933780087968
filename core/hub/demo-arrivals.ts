import { type ArrivalOptions, runArrivals } from '../demo/arrivals.ts'
import { firstNumber } from '../demo/draft.ts'
import { bareId } from './bare-id.ts'
import type { Caller } from './decide/caller.ts'
import { changeCase } from './decide/change-case.ts'
import { createCase } from './decide/create-case.ts'
import type { HubStore } from './store/hub-store.ts'

/** The world outside the demo: it brings cases in and answers, and gives nothing out. */
const world: Caller = {
  tokenId: 'demo-world',
  employeeId: null,
  tokenRole: 'admin',
  scopes: new Set(['read', 'create', 'change']),
}

/**
 * New cases and answers of clients come to the demo hub now and then, by the same ways as to any
 * hub, until the signal. `seed` should differ from start to start.
 */
export function startDemoArrivals(
  store: HubStore,
  options: Omit<ArrivalOptions, 'door' | 'now'>,
): Promise<void> {
  return runArrivals({
    ...options,
    now: store.now,
    door: {
      create: async arrival => createCase(store, world, { ...arrival, number: await nextNumber(store) }),
      answer: (share, statusName) => answerOne(store, share, statusName),
      countUnassigned: () => countUnassigned(store),
    },
  })
}

/** The demo numbers its cases without a gap. */
async function nextNumber(store: HubStore): Promise<string> {
  const { count } = await store.db
    .selectFrom('cases')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return String(firstNumber + Number(count))
}

async function countUnassigned(store: HubStore): Promise<number> {
  const { count } = await store.db
    .selectFrom('cases')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('responsibleId', 'is', null)
    .where('status', '<>', 'closed')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** A case that waited for its client goes on. */
async function answerOne(store: HubStore, share: number, statusName: string): Promise<boolean> {
  const waiting = await store.db
    .selectFrom('cases')
    .select('caseId')
    .where('status', '=', 'waiting')
    .orderBy('caseId')
    .execute()
  const chosen = waiting[Math.floor(share * waiting.length)]
  if (chosen === undefined) return false
  await changeCase(store, world, bareId('case', chosen.caseId), { status: 'open', statusName })
  return true
}
