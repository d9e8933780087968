/** What a reader of changes must never meet: a row that appears behind where it has already read. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { counted } from '../../testing/counted.ts'
import { bareId } from '../bare-id.ts'
import { type HubStore, openHubStore } from '../store/hub-store.ts'
import { consoleOf, type HubWorld, hubWorld } from '../testing/hub-world.ts'
import { postgresOfTests } from '../testing/test-place.ts'

const skip = postgresOfTests() === null && 'npm test postgres starts the PostgreSQL this needs'
const writers = 6
const turns = 12

let world: HubWorld
let others: readonly HubStore[] = []
before(async () => {
  if (skip) return
  world = await hubWorld()
  others = [await openHubStore(world.place), await openHubStore(world.place)]
})
after(async () => {
  for (const store of others) await store.close()
  await world?.close()
})

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const isOdd = (turn: number) => turn % 2 === 1

/** A transaction that takes its version early and commits late, or the other way about. */
const slowWrite = (store: HubStore, clientId: string, turn: number) =>
  store.write(async ({ trx, version }) => {
    if (isOdd(turn)) await pause(Math.random() * 15)
    const row = { clientId: bareId('client', clientId), version: await version() }
    await trx
      .insertInto('clients')
      .values({ ...row, name: '', responsibleId: null })
      .execute()
    if (!isOdd(turn)) await pause(Math.random() * 15)
  })

test(
  'a reader is told every row of slow transactions of several processes, and none twice',
  { skip },
  async () => {
    const admin = await world.as(null, 'admin')
    const written: string[] = []
    const told: string[] = []
    let isOver = false
    const reading = (async () => {
      for (let cursor: string | null = null; ;) {
        const wasOver = isOver
        const page = await consoleOf(world.hub.url, admin.token).changes(cursor, 5000)
        cursor = page.nextCursor
        told.push(...page.records.filter(one => one.entity === 'client').map(one => one.id))
        if (wasOver && page.isUpToDate) return
      }
    })()
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const store = others[writer % others.length] ?? world.hub.store
        for (let turn = 0; turn < turns; turn += 1) {
          const clientId = randomUUID()
          await slowWrite(store, clientId, turn + writer)
          written.push(clientId)
        }
      }),
    )
    isOver = true
    await reading
    const mine = new Set(written)
    const told2 = told.filter(id => mine.has(id))
    assert.deepEqual(told2.toSorted(), written.toSorted())
    counted(
      `PostgreSQL: ${written.length} slow transactions of 2 processes, none skipped by a reader`,
    )
  },
)

test(
  'the same schedule over a sequence does skip rows: the schedule is hard enough',
  { skip },
  async () => {
    const { db } = world.hub.store
    await sql`create table numbered (id bigserial, name text)`.execute(db)
    const told = new Set<number>()
    let [isOver, upto] = [false, 0]
    const reading = (async () => {
      for (;;) {
        const wasOver = isOver
        const { rows } = await sql<{ id: number }>`
        select id from numbered where id > ${upto} order by id`.execute(db)
        for (const { id } of rows) told.add(id)
        upto = rows.at(-1)?.id ?? upto
        if (wasOver && rows.length === 0) return
      }
    })()
    await Promise.all(
      Array.from({ length: writers }, async () => {
        for (let turn = 0; turn < turns; turn += 1)
          await db.transaction().execute(async trx => {
            await sql`insert into numbered (name) values ('')`.execute(trx)
            await pause(Math.random() * 15)
          })
      }),
    )
    isOver = true
    await reading
    assert.ok(told.size < writers * turns, `${told.size} of ${writers * turns} were told`)
  },
)
