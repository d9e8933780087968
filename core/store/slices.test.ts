import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aDecision,
  aPage,
  aWholeCase,
  caseIdOf,
  personOf,
  storeWorld,
} from '../testing/store-world.ts'
import { wholeWorld as world } from '../testing/whole-world.ts'
import { recordAct } from './acts.ts'
import { baseCase, openCases, readCase } from './cases.ts'
import { readKinds, readOrg } from './org.ts'
import { searchCases } from './search.ts'
import type { Touched } from './store.ts'
import { applyPage, applyPageInSlices, beginRestart, finishRestart, readCursor } from './write.ts'

const one = caseIdOf('1')
const two = caseIdOf('2')

test('in slices a page goes in piece by piece, the cursor with the last, and acts go between', async t => {
  const { store } = storeWorld(t)
  const cases = Array.from({ length: 700 }, (_, n) =>
    aWholeCase(String(1000 + n), { text: `слово${n}` }),
  )
  const seen: (string | null)[] = []
  let acts = 0
  const told: Touched[] = []
  store.onTouched(touched => told.push(touched))
  const pause = () => {
    seen.push(readCursor(store).cursor)
    acts += 1
    const decision = aDecision(`d${acts}`, { caseId: caseIdOf('1000') })
    recordAct(store, { actId: decision.actId, verb: 'assign', target: null, decisions: [decision] })
    return Promise.resolve()
  }
  await applyPageInSlices(store, aPage({ cases }), { sliceMs: 0, pause })
  assert.ok(
    seen.filter(cursor => cursor === null).length > 9,
    'many slices before the cursor moved',
  )
  assert.equal(seen.at(-1), 'c1')
  assert.equal(openCases(store).length, 700)
  assert.equal(readCase(store, caseIdOf('1000'))?.responsibleId, personOf('anna'))
  assert.equal(searchCases(store, 'слово199', 9).length, 1)
  assert.deepEqual(
    told.filter(({ caseIds }) => caseIds.size === 700).length,
    1,
    'the page is told once',
  )
})

test('a page cut off between slices comes again and changes nothing twice', async t => {
  const { store } = storeWorld(t)
  const cases = Array.from({ length: 100 }, (_, n) => aWholeCase(String(1000 + n)))
  const stop = new AbortController()
  let pauses = 0
  const pause = async () => {
    pauses += 1
    if (pauses > 1) stop.abort()
  }
  await applyPageInSlices(store, aPage({ cases }), { sliceMs: 0, pause, signal: stop.signal })
  assert.equal(readCursor(store).cursor, null)
  const written = openCases(store).length
  assert.ok(written > 0 && written < 100)
  await applyPageInSlices(store, aPage({ cases }))
  assert.equal(openCases(store).length, 100)
  assert.equal(readCursor(store).cursor, 'c1')
})

test('a pull that begins anew sweeps what does not come again', t => {
  const { store } = storeWorld(t)
  applyPage(store, world)
  beginRestart(store)
  assert.deepEqual(readCursor(store).cursor, null)
  assert.equal(readCursor(store).isRestarting, true)
  assert.equal(openCases(store).length, 2, 'until then all is there')
  const { cases, employees, history } = world
  applyPage(store, aPage({ cases: cases.slice(1), isUpToDate: false, nextCursor: 'r1' }))
  assert.equal(openCases(store).length, 2)
  applyPage(store, aPage({ employees: employees.slice(0, 1), history, nextCursor: 'r2' }))
  assert.deepEqual(
    openCases(store).map(theCase => theCase.caseId),
    [two],
  )
  const { employees: left, ...org } = readOrg(store)
  assert.deepEqual(left, employees.slice(0, 1))
  assert.deepEqual(Object.values(org).flat(), [])
  assert.deepEqual(readKinds(store), [])
  assert.equal(readCursor(store).isRestarting, false)
  assert.deepEqual(searchCases(store, 'Привет', 9), [])
})

test('a restart may bring lower versions, and goes on after the process died', t => {
  const opened = storeWorld(t)
  applyPage(
    opened.store,
    aPage({ cases: [aWholeCase('1', { version: 500 }), aWholeCase('2', { version: 501 })] }),
  )
  beginRestart(opened.store)
  const lower = aWholeCase('1', { version: 3, subject: 'из копии' })
  applyPage(
    opened.store,
    aPage({ cases: [lower], isUpToDate: false, nextCursor: 'r1', epoch: 'e2' }),
  )
  const store = opened.reopen()
  assert.equal(readCase(store, one)?.subject, 'из копии')
  applyPage(
    store,
    aPage({ cases: [aWholeCase('1', { version: 2 })], isUpToDate: false, nextCursor: 'r2' }),
  )
  assert.equal(readCase(store, one)?.subject, 'из копии')
  finishRestart(store)
  assert.equal(baseCase(store, two), null)
})

test('a page begun before a restart does not move the cursor after it', async t => {
  const { store } = storeWorld(t)
  const cases = Array.from({ length: 60 }, (_, n) => aWholeCase(String(1000 + n)))
  let turns = 0
  const pause = () => {
    turns += 1
    if (turns === 2) beginRestart(store)
    return Promise.resolve()
  }
  await applyPageInSlices(store, aPage({ cases }), { sliceMs: 0, pause })
  assert.equal(readCursor(store).cursor, null)
  assert.equal(readCursor(store).isRestarting, true)
})
