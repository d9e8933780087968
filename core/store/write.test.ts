import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AbsenceId, PostId } from '../domain/id.ts'
import { aKind, anEmployee } from '../testing/invented.ts'
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
import { aLine, wholeWorld as world } from '../testing/whole-world.ts'
import { recordAct } from './acts.ts'
import { caseHistory, caseText, openCases, readCase } from './cases.ts'
import { statement, tables } from './db.ts'
import { readKinds, readMe, readOrg, writeMe } from './org.ts'
import { readPreference, writePreference } from './preferences.ts'
import type { Page } from './records.ts'
import { searchCases } from './search.ts'
import type { Store, Touched } from './store.ts'
import { applyPage, readCursor } from './write.ts'

const one = caseIdOf('1')
const two = caseIdOf('2')

test('everything of a page comes back as it was', t => {
  const opened = storeWorld(t)
  applyPage(opened.store, world)
  const store = opened.reopen()
  const cases = world.cases.map(
    ({ text: _text, phones: _phones, emails: _emails, ...theCase }) => theCase,
  )
  assert.deepEqual(openCases(store), cases)
  assert.deepEqual(readOrg(store), {
    departments: world.departments,
    posts: world.posts,
    employees: world.employees,
    absences: world.absences,
    substitutions: world.substitutions,
  })
  assert.deepEqual(readKinds(store), world.kinds)
  assert.deepEqual(caseText(store, one), {
    caseId: one,
    text: 'Привет',
    phones: ['+7 495 1'],
    emails: ['a@b.ru'],
  })
  assert.deepEqual(caseText(store, two), { caseId: two, text: '', phones: [], emails: [] })
  assert.equal(caseText(store, caseIdOf('none')), null)
  assert.deepEqual(caseHistory(store, one), [aLine('h1'), aLine('h2', { at: 9 })])
  assert.deepEqual(readCursor(store), {
    cursor: 'c1',
    epoch: 'e1',
    freshAt: opened.now,
    isLoaded: true,
    isRestarting: false,
  })
})

test('a page that cannot be written leaves neither rows nor cursor', t => {
  const { store } = storeWorld(t)
  const broken = { ...aWholeCase('2'), number: null } as unknown as Page['cases'][number]
  const page = aPage({ cases: [aWholeCase('1'), broken], employees: [anEmployee('e1')] })
  assert.throws(() => applyPage(store, page))
  assert.equal(readCursor(store).cursor, null)
  assert.deepEqual(openCases(store), [])
  assert.deepEqual(readOrg(store).employees, [])
})

test('what is older than ours is left alone, what is newer replaces all of it', t => {
  const { store } = storeWorld(t)
  applyPage(
    store,
    aPage({ cases: [aWholeCase('1', { version: 5, text: 'было', subject: 'пятая' })] }),
  )
  for (const version of [4, 5]) {
    applyPage(
      store,
      aPage({ cases: [aWholeCase('1', { version, subject: 'другая', text: 'иное' })] }),
    )
    assert.equal(readCase(store, one)?.subject, 'пятая')
    assert.equal(caseText(store, one)?.text, 'было')
  }
  applyPage(store, aPage({ cases: [aWholeCase('1', { version: 6, subject: 'шестая' })] }))
  assert.equal(readCase(store, one)?.subject, 'шестая')
  assert.equal(caseText(store, one)?.text, '')
  assert.deepEqual(searchCases(store, 'было', 9), [])
})

test('what is gone takes with it all that belongs to it', t => {
  const { store } = storeWorld(t)
  applyPage(store, world)
  const gone = [
    { entity: 'case', id: one },
    { entity: 'department', id: 'sales' },
    { entity: 'post', id: 'sales/e1/head' as PostId },
    { entity: 'employee', id: 'e1' },
    { entity: 'absence', id: 'e1@1' as AbsenceId },
    { entity: 'substitution', id: 'e1->e2' },
    { entity: 'kind', id: 'k1' },
    { entity: 'client', id: clientOf('c') },
    { entity: 'history', id: 'h1' },
  ] as const
  applyPage(store, aPage({ gone: gone.map(each => ({ ...each, reason: 'deleted' })) }))
  assert.deepEqual(
    openCases(store).map(theCase => theCase.caseId),
    [two],
  )
  assert.equal(caseText(store, one), null)
  assert.deepEqual(caseHistory(store, one), [])
  assert.deepEqual(searchCases(store, 'Привет', 9), [])
  const { employees, ...org } = readOrg(store)
  assert.deepEqual(
    employees.map(({ employeeId }) => employeeId),
    ['e2'],
  )
  assert.deepEqual(Object.values(org).flat(), [])
  assert.deepEqual(readKinds(store), [])
})

test('a pull never touches a pending decision', t => {
  const { store } = storeWorld(t)
  applyPage(store, world)
  const decision = aDecision('d1')
  recordAct(store, { actId: actIdOf('d1'), verb: 'assign', target: null, decisions: [decision] })
  const all = statement()(() => tables.selectFrom('decisions').selectAll())
  const before = store.all(all({}))
  applyPage(
    store,
    aPage({ cases: [aWholeCase('1', { version: 2, responsibleId: personOf('maria') })] }),
  )
  applyPage(store, aPage({ gone: [{ entity: 'case', id: one, reason: 'deleted' }] }))
  assert.deepEqual(store.all(all({})), before)
})

const saysOf = (store: Store, work: () => void): Touched[] => {
  const told: Touched[] = []
  const stop = store.onTouched(touched => told.push(touched))
  work()
  stop()
  return told
}

test('after each commit it is told what a window must read again', t => {
  const { store } = storeWorld(t)
  const client = clientOf('c')
  const anna = personOf('anna')
  applyPage(store, aPage())
  const closed = aWholeCase('2', {
    status: 'closed',
    closedAt: 7,
    responsibleId: anna,
    clientId: client,
  })
  const [first] = saysOf(store, () => applyPage(store, aPage({ cases: [aWholeCase('1'), closed] })))
  assert.deepEqual([...(first?.caseIds ?? [])], [one], 'a closed case new to us is in no window')
  assert.deepEqual([...(first?.closedOf ?? [])], [anna])
  assert.deepEqual([...(first?.clientIds ?? [])], [client])
  assert.equal(first?.isOrgTouched, false)
  const again = saysOf(store, () => applyPage(store, aPage({ cases: [aWholeCase('1'), closed] })))
  assert.deepEqual(again, [], 'nothing changed')
  const [closing] = saysOf(store, () =>
    applyPage(
      store,
      aPage({ cases: [aWholeCase('1', { version: 2, status: 'closed', closedAt: 8 })] }),
    ),
  )
  assert.deepEqual([...(closing?.caseIds ?? [])], [one])
  const [org] = saysOf(store, () => applyPage(store, aPage({ employees: [anEmployee('e1')] })))
  assert.equal(org?.isOrgTouched, true)
  const [kinds] = saysOf(store, () => applyPage(store, aPage({ kinds: [aKind('k1')] })))
  assert.equal(kinds?.areKindsTouched, true)
})

test('the person and the head’s own numbers outlive a restart and a replica', t => {
  const opened = storeWorld(t)
  applyPage(opened.store, world)
  const me = {
    employeeId: personOf('head'),
    name: 'Петров',
    role: 'head',
    departmentIds: [],
    company: 'ООО',
    zone: 'Europe/Moscow',
    epoch: 'e1',
    now: 1,
  } as const
  assert.equal(readMe(opened.store), null)
  writeMe(opened.store, me)
  assert.deepEqual(
    saysOf(opened.store, () => writeMe(opened.store, { ...me, now: 2 })),
    [],
  )
  assert.equal(readPreference(opened.store, 'defaultLimit'), 10)
  writePreference(opened.store, 'defaultLimit', 7)
  writePreference(opened.store, 'limits', { e1: 4, e2: null })
  writePreference(opened.store, 'kindWeights', { k1: 3 })
  const store = opened.reopen()
  assert.deepEqual(readMe(store), me)
  assert.equal(readPreference(store, 'defaultLimit'), 7)
  assert.deepEqual(
    readOrg(store).employees.map(({ limit }) => limit),
    [4, null],
  )
  assert.equal(readKinds(store)[0]?.localWeight, 3)
})
