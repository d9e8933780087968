import { randomUUID } from 'node:crypto'
import type { ArrivalDoor } from '../demo/arrivals.ts'
import type { Caller } from './decide/caller.ts'
import { createCase } from './decide/create-case.ts'
import { changesBetween, withFields } from './decide/fields.ts'
import { writeCase } from './store/cases.ts'
import type { HubStore } from './store/hub-store.ts'

const machine: Caller = {
  tokenId: 'demo',
  employeeId: null,
  tokenRole: 'agent',
  scopes: new Set(['create', 'change']),
}

/** How invented clients reach the demo's hub: by the ordinary way in, with routing, history and notices. */
export function demoDoor(store: HubStore): ArrivalDoor {
  return {
    create: arrival => createCase(store, machine, arrival),
    answer: (share, text) => answerOne(store, share, text),
    countUnassigned: async () => {
      const row = await store.db
        .selectFrom('cases')
        .select(eb => eb.fn.countAll<number | string>().as('count'))
        .where('responsibleId', 'is', null)
        .where('status', '<>', 'closed')
        .executeTakeFirstOrThrow()
      return Number(row.count)
    },
  }
}

/** One of the waiting cases is open again, with what the client wrote. */
function answerOne(store: HubStore, share: number, text: string): Promise<boolean> {
  return store.write(async writing => {
    const waiting = await writing.trx
      .selectFrom('cases')
      .selectAll()
      .where('status', '=', 'waiting')
      .orderBy('caseId')
      .execute()
    const row = waiting[Math.floor(share * waiting.length)]
    if (!row) return false
    const after = {
      ...withFields(row, {}, writing.at),
      status: 'open' as const,
      statusName: null,
      text: `${row.text}\n\n${text}`,
    }
    await writeCase(writing, row, after, {
      historyId: randomUUID(),
      verb: 'answered',
      employeeId: null,
      decisionId: null,
      ...changesBetween(row, after),
      ruleId: null,
      ruleVersion: null,
      reasons: [],
    })
    return true
  })
}
