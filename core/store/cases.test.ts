import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  actIdOf,
  aDecision,
  aPage,
  aWholeCase,
  caseIdOf,
  clientOf,
  personOf,
  storeWorld,
} from '../testing/store-world.ts'
import { recordAct } from './acts.ts'
import { acquaintedOf, clientOwnersOf, closedCounts, openCasesOf, readCases } from './cases.ts'
import type { WholeCase } from './records.ts'
import { applyPage } from './write.ts'

const anna = personOf('anna')
const oleg = personOf('oleg')
const day = 86_400_000
/** 1 December 2026, half past midnight in Moscow: still November in UTC. */
const now = Date.parse('2026-11-30T21:30:00Z')

const closed = (name: string, closedAt: string, over: Partial<WholeCase> = {}) =>
  aWholeCase(name, {
    status: 'closed',
    closedAt: Date.parse(closedAt),
    responsibleId: anna,
    ...over,
  })

test('closed cases are counted by the days of the zone', t => {
  const { store } = storeWorld(t)
  const cases = [
    closed('a', '2026-11-30T21:00:00Z'),
    closed('b', '2026-11-30T20:59:59.999Z'),
    closed('c', '2026-11-01T00:00:00Z'),
    closed('d', '2026-10-31T21:30:00Z'),
    closed('e', '2026-10-31T20:59:00Z'),
    closed('f', '2026-11-30T21:10:00Z', { responsibleId: null }),
    aWholeCase('g', { responsibleId: anna }),
  ]
  applyPage(store, aPage({ cases }))
  assert.deepEqual(closedCounts(store, null, now, 'Europe/Moscow'), {
    [anna]: { month: 1, today: 1, days30: 4 },
  })
  assert.deepEqual(closedCounts(store, [anna, oleg], now, 'UTC'), {
    [anna]: { month: 3, today: 2, days30: 4 },
    [oleg]: { month: 0, today: 0, days30: 0 },
  })
  assert.deepEqual(closedCounts(store, [oleg], now, 'UTC'), {
    [oleg]: { month: 0, today: 0, days30: 0 },
  })
})

test('who knows a client: its responsible and who had a case of it within a year', t => {
  const { store } = storeWorld(t)
  const [a, b, c] = ['a', 'b', 'c'].map(clientOf) as [
    ReturnType<typeof clientOf>,
    ReturnType<typeof clientOf>,
    ReturnType<typeof clientOf>,
  ]
  const cases = [
    aWholeCase('1', { clientId: a, responsibleId: anna }),
    closed('2', new Date(now - 364 * day).toISOString(), { clientId: b, responsibleId: oleg }),
    closed('3', new Date(now - 366 * day).toISOString(), { clientId: b, responsibleId: anna }),
    aWholeCase('4', { clientId: b }),
  ]
  const clients = [
    { clientId: a, name: 'А', responsibleId: oleg },
    { clientId: c, name: 'В', responsibleId: anna },
  ]
  applyPage(store, aPage({ cases, clients }))
  const known = acquaintedOf(store, [a, b, c], now)
  assert.deepEqual(known[a]?.toSorted(), [anna, oleg])
  assert.deepEqual(known[b], [oleg])
  assert.deepEqual(known[c], [anna])
  assert.deepEqual(Object.keys(acquaintedOf(store, null, now)).toSorted(), [a, b])
  assert.deepEqual(acquaintedOf(store, [clientOf('none')], now), { [clientOf('none')]: [] })
  assert.deepEqual(clientOwnersOf(store, [a, b]), { [a]: oleg, [b]: null })
})

test('until the first load is over only the responsibles of clients are known, then all is told', t => {
  const { store } = storeWorld(t)
  const client = clientOf('a')
  const cases = [aWholeCase('1', { clientId: client, responsibleId: anna })]
  const clients = [{ clientId: client, name: 'А', responsibleId: oleg }]
  applyPage(store, aPage({ cases, clients, isUpToDate: false }))
  assert.deepEqual(acquaintedOf(store, [client], now), { [client]: [oleg] })
  const told = new Set<string>()
  store.onTouched(({ clientIds }) => clientIds.forEach(id => told.add(id)))
  applyPage(store, aPage())
  assert.deepEqual([...told], [client])
  assert.deepEqual(acquaintedOf(store, [client], now)[client]?.toSorted(), [anna, oleg])
})

test("a person's open cases are those the head sees there", t => {
  const { store } = storeWorld(t)
  const cases = [
    aWholeCase('1'),
    aWholeCase('2', { responsibleId: anna }),
    aWholeCase('3', { responsibleId: anna }),
    closed('4', '2026-11-30T20:00:00Z'),
  ]
  applyPage(store, aPage({ cases }))
  const move = aDecision('d1', {
    caseId: caseIdOf('2'),
    want: { responsible: oleg },
    base: { responsible: anna },
  })
  const give = aDecision('d2')
  recordAct(store, { actId: actIdOf('a'), verb: 'assign', target: null, decisions: [move, give] })
  const of = (...people: (typeof anna)[]) =>
    openCasesOf(store, people)
      .map(({ number }) => number)
      .toSorted()
  assert.deepEqual(of(anna), ['1', '3'])
  assert.deepEqual(of(oleg), ['2'])
  assert.deepEqual(of(anna, oleg), ['1', '2', '3'])
  assert.deepEqual(of(), [])
  const read = readCases(store, [caseIdOf('4'), caseIdOf('2'), caseIdOf('none')])
  assert.deepEqual(read.map(({ number }) => number).toSorted(), ['2', '4'])
})
