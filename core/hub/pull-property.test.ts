import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { WireRecord } from './protocol.ts'
import { changeOrg } from './store/change-org.ts'
import { casesOf, type Console, type HubWorld, hubWorld, type Pulled } from './testing/hub-world.ts'
import { person } from './testing/small-company.ts'

const worlds: HubWorld[] = []
after(() => Promise.all(worlds.map(world => world.close())))
async function opened(): Promise<HubWorld> {
  const world = await hubWorld()
  worlds.push(world)
  return world
}

/** What a console holds after its pulls, as sync does it: rows laid over, tombstones taken out. */
class Replica {
  readonly held = new Map<string, WireRecord>()
  cursor: string | null = null
  readonly #console: Console
  constructor(console: Console) {
    this.#console = console
  }
  /** One page of any size; `mustRestart` begins from nothing. */
  async pull(limit: number): Promise<boolean> {
    const page = await this.#console.changes(this.cursor, limit)
    if (page.mustRestart) {
      this.held.clear()
      this.cursor = null
      return false
    }
    this.lay(page)
    this.cursor = page.nextCursor
    return page.isUpToDate
  }
  async catchUp(limit = 11 + (this.held.size % 30)): Promise<void> {
    while (!(await this.pull(limit)));
  }
  lay({ records, tombstones }: Pick<Pulled, 'records' | 'tombstones'>): void {
    for (const record of records) this.held.set(`${record.entity} ${record.id}`, record)
    for (const { entity, id } of tombstones) this.held.delete(`${entity} ${id}`)
  }
  /** The org and cases whole; of history and clients only those of cases read now (nobody takes back what was told). */
  shown(): Readonly<Record<string, WireRecord>> {
    const cases = casesOf({ records: [...this.held.values()] }).filter(one => !one.isMasked)
    const [ids, clients] = [
      new Set(cases.map(one => one.id)),
      new Set(cases.map(one => one.clientId)),
    ]
    const isShown = (record: WireRecord) =>
      record.entity === 'history'
        ? ids.has(record.caseId)
        : record.entity === 'client'
          ? clients.has(record.id)
          : true
    return Object.fromEntries([...this.held].filter(([, record]) => isShown(record)))
  }
}

const people = ['vera', 'gleb', 'zoya', 'dina', 'boris', 'anna', 'ext', null] as const
const departments = ['contact', 'sales', 'shift', 'empty', 'top'] as const
const cases = [
  'contact-free',
  'contact-vera',
  'contact-ext',
  'shift-zoya',
  'sales-free',
  'sales-vera',
  'top-free',
] as const
const watchers = ['anna', 'boris', 'vera', 'ext', 'director', 'max'] as const

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('give' as const),
      caseId: fc.constantFrom(...cases),
      to: fc.constantFrom(...people),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      caseId: fc.constantFrom(...cases),
      to: fc.constantFrom(...departments),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      caseId: fc.constantFrom(...cases),
      to: fc.constantFrom('open', 'waiting', 'closed'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      caseId: fc.constantFrom(...cases),
      to: fc.constantFrom(...departments),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      caseId: fc.constantFrom(...cases),
      to: fc.constantFrom('vera', 'dina'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('pull' as const),
      who: fc.constantFrom(...watchers),
      limit: fc.constantFrom(1, 4, 15, 500, 500),
    }),
  },
)

test('a console that pulls at random moments ends with what a fresh one is told', async () => {
  const world = await opened()
  const robot = await world.as(null, 'agent')
  const consoles = new Map(
    await Promise.all(watchers.map(async who => [who, await world.as(who)] as const)),
  )
  let steps = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async script => {
      const replicas = new Map([...consoles].map(([who, console]) => [who, new Replica(console)]))
      for (const one of script) {
        steps += 1
        if (one.kind === 'pull') await replicas.get(one.who)?.pull(one.limit)
        else if (one.kind === 'give')
          await robot.ask('PATCH', `/v1/cases/${one.caseId}`, { responsibleId: one.to })
        else if (one.kind === 'pass')
          await robot.ask('PATCH', `/v1/cases/${one.caseId}`, { departmentId: one.to })
        else if (one.kind === 'status')
          await robot.ask('PATCH', `/v1/cases/${one.caseId}`, { status: one.to })
        else if (one.kind === 'rename')
          await changeOrg(world.hub.store, {
            employees: [person(one.to, { name: `Имя ${steps}` })],
          })
        else
          await robot.ask('POST', '/v1/cases', {
            requestId: randomUUID(),
            subject: 'x',
            departmentId: one.to,
            clientId: 'c2',
          })
      }
      for (const [who, replica] of replicas) {
        await replica.catchUp()
        const fresh = new Replica(consoles.get(who) ?? robot)
        await fresh.catchUp(5000)
        assert.deepEqual(replica.shown(), fresh.shown(), who)
      }
    }),
    { numRuns: 25 },
  )
  assert.ok(steps > 100, `${steps} steps`)
})
