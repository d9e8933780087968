import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { CaseId, ClientId } from '../domain/id.ts'
import { mondayNoon } from '../testing/invented.ts'
import {
  aPage,
  aWholeCase,
  caseIdOf,
  clientOf,
  personOf,
  storeWorld,
} from '../testing/store-world.ts'
import { acquaintedOf } from './cases.ts'
import { fillSearch } from './fill-search.ts'
import type { Page, WholeCase } from './records.ts'
import type { Store } from './store.ts'
import { readStream } from './stream.ts'
import { dropFromReplica, writeCase } from './write-cases.ts'
import { applyPage, applyPageInSlices } from './write.ts'

const clients = ['a', 'b', 'c', 'd'].map(clientOf)
const people = ['anna', 'oleg', 'maria'].map(personOf)

const aChange = fc.record({
  name: fc.integer({ min: 1, max: 12 }).map(String),
  clientId: fc.option(fc.constantFrom(...clients), { nil: null }),
  responsibleId: fc.option(fc.constantFrom(...people), { nil: null }),
  isOld: fc.boolean(),
  isGone: fc.boolean(),
})

/** What the cases themselves say. */
function expected(cases: ReadonlyMap<string, WholeCase>): Record<ClientId, string[]> {
  const known: Record<ClientId, string[]> = {}
  for (const client of clients) {
    const own = [...cases.values()].filter(
      ({ clientId, closedAt }) => clientId === client && (closedAt === null || closedAt > 1),
    )
    known[client] = [...new Set(own.flatMap(({ responsibleId }) => responsibleId ?? []))].toSorted()
  }
  return known
}

function actual(store: Store): Record<ClientId, string[]> {
  const known = acquaintedOf(store, clients, mondayNoon)
  return Object.fromEntries(Object.entries(known).map(([client, who]) => [client, who.toSorted()]))
}

test('who knows whom follows every change, also while the table is being filled', async t => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(aChange, { maxLength: 30 }),
      fc.array(aChange, { maxLength: 30 }),
      async (before, during) => {
        run += 1
        const { store } = storeWorld(t)
        const cases = new Map<string, WholeCase>()
        let version = 0
        const said = (change: (typeof before)[number]) => {
          version += 1
          const { name, isOld, isGone, ...over } = change
          if (isGone) cases.delete(name)
          else
            cases.set(
              name,
              aWholeCase(name, {
                ...over,
                version,
                ...(isOld ? { status: 'closed', closedAt: 1 } : {}),
              }),
            )
          const theCase = cases.get(name)
          return theCase
            ? { cases: [theCase] }
            : { gone: [{ entity: 'case' as const, id: caseIdOf(name), reason: 'deleted' }] }
        }
        for (const change of before) applyPage(store, aPage({ ...said(change), isUpToDate: false }))
        const left = [...during]
        // The last page of the first load; between its slices others write, as an outcome does.
        const pause = () => {
          const change = left.shift()
          if (change) applyPart(store, said(change))
          return Promise.resolve()
        }
        await applyPageInSlices(store, aPage(), { sliceMs: 0, pause })
        for (const change of left) applyPage(store, aPage(said(change)))
        while (!fillSearch(store, 5));
        assert.deepEqual(actual(store), expected(cases))
        store.close()
      },
    ),
    { numRuns: 60 },
  )
  assert.equal(run >= 60, true)
})

/** Writes rows without the work that follows them, as an outcome does. */
function applyPart(store: Store, { cases = [], gone = [] }: Partial<Page>): void {
  store.transact(touching => {
    for (const theCase of cases) writeCase(store, touching, theCase, readStream(store))
    for (const { id } of gone) dropFromReplica(store, touching, id as CaseId)
  })
}

test('a case that changes its client after it was written is not left with the old one', async t => {
  const { store } = storeWorld(t)
  const [old, other] = clients
  const cases = Array.from({ length: 900 }, (_, n) =>
    aWholeCase(String(1000 + n), {
      clientId: old ?? null,
      responsibleId: people[n === 0 ? 0 : 1] ?? null,
    }),
  )
  applyPage(store, aPage({ cases, isUpToDate: false }))
  let turns = 0
  const pause = () => {
    turns += 1
    // Read in five turns, ordered in one; then some have been written and some not.
    if (turns === 8)
      applyPart(store, {
        cases: [{ ...aWholeCase('1000'), ...cases[0], clientId: other ?? null, version: 2 }],
      })
    return Promise.resolve()
  }
  await applyPageInSlices(store, aPage(), { sliceMs: 0, pause })
  assert.ok(turns > 8)
  assert.deepEqual(actual(store), {
    ...expected(new Map()),
    [clientOf('a')]: [people[1]],
    [clientOf('b')]: [people[0]],
  })
})
