/** What every backend keeps to, tried on the hub over HTTP and on the model the other tests lean on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import type { CaseStatus } from '../domain/case.ts'
import type { Decision, Fields } from '../domain/decision.ts'
import type { ActId, DecisionId } from '../domain/id.ts'
import {
  carried,
  hubSubject,
  long,
  modelSubject,
  numbered,
  person,
  room,
} from '../testing/backend-subjects.ts'
import type { Subject } from '../testing/backend-subjects.ts'
import type { Backend, Page } from './backend.ts'
import { BackendError } from './errors.ts'

const decision = (
  name: string,
  want: Fields,
  base: Fields,
  over: Partial<Decision> = {},
): Decision => ({
  v: 1,
  decisionId: v7() as DecisionId,
  actId: v7() as ActId,
  kind: 'set',
  verb: 'assign',
  caseId: numbered(name),
  want,
  base,
  issuedBy: { employeeId: person('head') },
  issuedAt: Date.now(),
  undoes: null,
  supersedes: null,
  isOverridden: false,
  reasons: [{ code: 'load', after: 1, limit: 10 }],
  ...over,
})
const toAnna = (name: string) =>
  decision(name, { responsible: person('anna') }, { responsible: null })

const signal = () => new AbortController().signal

/** Everything after the cursor, folded by case. */
async function pulled(backend: Backend, from: string | null) {
  const pages: Page[] = []
  let cursor = from
  do {
    const page = await backend.pull(cursor, 2, signal())
    pages.push(page)
    cursor = page.nextCursor
  } while (pages.at(-1)?.isUpToDate === false)
  const cases = new Map(pages.flatMap(page => page.cases).map(one => [one.caseId, one]))
  return { pages, cases, cursor, last: pages.at(-1) }
}

async function inSubject(make: () => Promise<Subject>, work: (subject: Subject) => Promise<void>) {
  const subject = await make()
  try {
    await work(subject)
  } finally {
    await subject.end()
  }
}

for (const [backendName, make] of Object.entries({ hub: hubSubject, model: modelSubject })) {
  const check = (says: string, work: (subject: Subject) => Promise<void>) =>
    void test(`${backendName}: ${says}`, () => inSubject(make, work))

  check('says who I am', async ({ backend }) => {
    const me = await backend.me(signal())
    assert.deepEqual(
      [me.employeeId, me.name, me.role, me.departmentIds, me.company, me.zone],
      [person('head'), 'head', 'head', [room('sales')], 'Компания', 'Europe/Moscow'],
    )
    assert.ok(Math.abs(me.now - Date.now()) < 60_000)
  })

  check(
    'tells everything from the beginning, then only what changed',
    async ({ backend, giveElsewhere }) => {
      const first = await pulled(backend, null)
      assert.deepEqual([...first.cases.keys()].sort(), ['1', '2', '3'].map(numbered))
      const one = first.cases.get(numbered('1'))
      assert.deepEqual([one?.text, one?.phones, one?.emails], [long.text, long.phones, long.emails])
      const people = new Set(
        first.pages.flatMap(page => page.employees.map(({ employeeId }) => employeeId)),
      )
      assert.ok(['head', 'anna', 'oleg'].every(name => people.has(person(name))))
      assert.equal(first.last?.epoch, (await backend.me(signal())).epoch)
      const quiet = await pulled(backend, first.cursor)
      assert.deepEqual([quiet.cases.size, quiet.pages.length], [0, 1])
      await giveElsewhere('2', 'oleg')
      const changed = await pulled(backend, quiet.cursor)
      assert.deepEqual(
        [...changed.cases.values()].map(({ caseId, responsibleId }) => [caseId, responsibleId]),
        [[numbered('2'), person('oleg')]],
      )
    },
  )

  check('carries a decision out once, however often it is sent', async ({ backend }) => {
    const before = await pulled(backend, null)
    const sent = toAnna('1')
    const [first] = await carried(backend, [sent])
    const [again] = await carried(backend, [sent])
    assert.deepEqual([first?.decisionId, first?.outcome], [sent.decisionId, 'applied'])
    assert.equal(first?.current?.responsibleId, person('anna'))
    assert.equal(again?.outcome, 'applied')
    assert.equal(again.current?.version, first.current.version)
    const { cases } = await pulled(backend, before.cursor)
    assert.equal(cases.get(numbered('1'))?.version, first.current.version)
  })

  check('answers each of many in its place', async ({ backend, close }) => {
    await close('3')
    const sent = [
      toAnna('1'),
      decision('2', { responsible: null }, { responsible: person('anna') }),
      toAnna('3'),
      toAnna('never'),
    ]
    const outcomes = await carried(backend, sent)
    assert.deepEqual(
      outcomes.map(({ decisionId, outcome, code }) => [decisionId, outcome, code]),
      [
        [sent[0]?.decisionId, 'applied', null],
        [sent[1]?.decisionId, 'alreadySo', null],
        [sent[2]?.decisionId, 'rejected', 'closed'],
        [sent[3]?.decisionId, 'rejected', 'deleted'],
      ],
    )
  })

  check('finds a conflict in the named fields alone', async ({ backend, giveElsewhere }) => {
    await giveElsewhere('1', 'oleg')
    const [lost, put] = await carried(backend, [
      toAnna('1'),
      decision(
        '2',
        { deferredUntil: 4_000_000_000_000 },
        { deferredUntil: null },
        { verb: 'defer' },
      ),
    ])
    assert.deepEqual([lost?.outcome, lost?.code], ['conflict', 'changed'])
    assert.equal(lost?.current?.responsibleId, person('oleg'))
    assert.equal(put?.outcome, 'applied')
    const [other] = await carried(backend, [
      decision(
        '1',
        { deferredUntil: 4_000_000_000_000 },
        { deferredUntil: null },
        { verb: 'defer' },
      ),
    ])
    assert.equal(other?.outcome, 'applied')
    const [insisted] = await carried(backend, [
      decision(
        '1',
        { responsible: person('anna') },
        { responsible: person('oleg') },
        {
          verb: 'insist',
          supersedes: lost?.decisionId ?? null,
        },
      ),
    ])
    assert.equal(insisted?.outcome, 'applied')
  })

  check('gives nothing to who has left', async ({ backend }) => {
    const [outcome] = await carried(backend, [
      decision('1', { responsible: person('gone') }, { responsible: null }),
    ])
    assert.deepEqual([outcome?.outcome, outcome?.code], ['conflict', 'employeeDismissed'])
  })

  check('moves a case along its stages where it says it can', async ({ backend }) => {
    const to = (status: CaseStatus, from: CaseStatus) =>
      decision(
        '1',
        { status, statusName: null },
        { status: from, statusName: null },
        { verb: 'progress' },
      )
    const closing = to('closed', 'waiting')
    for (const one of [to('waiting', 'open'), closing, closing, to('open', 'closed')])
      assert.equal((await carried(backend, [one]))[0]?.outcome, 'applied')
    const [late] = await carried(backend, [to('waiting', 'awaitingApproval')])
    assert.deepEqual([late?.outcome, late?.code], ['conflict', 'changed'])
    assert.equal(late?.current?.status, 'open')
    assert.deepEqual(
      backend.abilities.stages.map(({ status }) => status),
      ['open', 'waiting', 'awaitingApproval', 'closed'],
    )
  })

  check('passes a case to another department', async ({ backend }) => {
    const [outcome] = await carried(backend, [
      decision(
        '1',
        { department: room('office'), responsible: null },
        { department: room('sales'), responsible: null },
        { verb: 'pass' },
      ),
    ])
    assert.equal(outcome?.outcome, 'applied')
  })

  check(
    'refuses other content under an id it has seen, and does nothing of it',
    async ({ backend }) => {
      const first = toAnna('1')
      await carried(backend, [first])
      const other = {
        ...first,
        want: { responsible: person('oleg') },
        base: { responsible: person('anna') },
      }
      const error = await carried(backend, [toAnna('2'), other]).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof BackendError)
      assert.equal(error.kind, 'refused')
      const { cases } = await pulled(backend, null)
      assert.equal(cases.get(numbered('1'))?.responsibleId, person('anna'))
      assert.equal(cases.get(numbered('2'))?.responsibleId, null)
    },
  )

  check('gives notice of what others do', async ({ backend, giveElsewhere }) => {
    const stopping = new AbortController()
    let notices = 0
    let hear = () => {}
    const heard = () => new Promise<void>(resolve => void (hear = resolve))
    const opened = heard()
    const listening = backend
      .listen(() => {
        notices += 1
        hear()
      }, stopping.signal)
      .catch((error: unknown) => assert.ok(error instanceof BackendError))
    await opened
    const changed = heard()
    await giveElsewhere('1', 'oleg')
    await changed
    stopping.abort()
    await listening
    assert.ok(notices >= 2)
  })
}

test('hub: a wrong token and a hub that is gone are told apart', async () => {
  const subject = await hubSubject()
  const failureOf = (backend: Backend) => backend.me(signal()).catch((error: unknown) => error)
  const stranger = subject.withToken(`nch_${'0'.repeat(12)}_${'A'.repeat(43)}`)
  const wrong = await failureOf(stranger)
  stranger.close()
  await subject.end()
  const gone = await failureOf(subject.backend)
  assert.ok(wrong instanceof BackendError && gone instanceof BackendError)
  assert.deepEqual([wrong.kind, gone.kind], ['unauthorised', 'offline'])
})
