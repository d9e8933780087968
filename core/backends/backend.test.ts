/** What every backend keeps to, tried on the hub over HTTP and on the model the other tests lean on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { v7 } from 'uuid'
import type { CaseStatus } from '../domain/case.ts'
import type { Decision, Fields } from '../domain/decision.ts'
import type { ActId, DecisionId } from '../domain/id.ts'
import { carried, hubSubject, modelSubject } from '../testing/backend-subjects.ts'
import type { Subject } from '../testing/backend-subjects.ts'
import { modelAbilities } from '../testing/model-backend.ts'
import { portalSubject } from '../testing/portal-subject.ts'
import type { Abilities, Backend, Outcome, Page } from './backend.ts'
import { bitrixAbilities } from './bitrix24/backend.ts'
import { BackendError } from './errors.ts'
import { hubAbilities } from './hub/backend.ts'

/** What a head decides about the cases of a subject. */
const headOf = ({ person, numbered }: Subject) => {
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
  return { decision, toAnna }
}

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

/** Cases told again as they are known are no news: a portal tells the last minutes twice. */
const newIn = (
  later: Awaited<ReturnType<typeof pulled>>,
  before: Awaited<ReturnType<typeof pulled>>,
) => [...later.cases.values()].filter(one => before.cases.get(one.caseId)?.version !== one.version)

type Tried = Subject &
  ReturnType<typeof headOf> & {
    send(decisions: readonly Decision[]): Promise<readonly Outcome[]>
  }

const subjects = [
  { name: 'hub', make: hubSubject, abilities: hubAbilities },
  { name: 'model', make: modelSubject, abilities: modelAbilities },
  { name: 'bitrix24', make: portalSubject, abilities: bitrixAbilities },
]

for (const { name: backendName, make, abilities } of subjects) {
  const check = (
    says: string,
    work: (tried: Tried) => Promise<void>,
    isMeant: (can: Abilities) => boolean = () => true,
  ) => {
    // What a backend says that it cannot do is not asked of it.
    if (!isMeant(abilities)) return
    void test(`${backendName}: ${says}`, async () => {
      const subject = await make()
      const { backend, pause } = subject
      const send = (decisions: readonly Decision[]) => carried(backend, decisions, pause)
      try {
        await work({ ...subject, ...headOf(subject), send })
      } finally {
        await subject.end()
      }
    })
  }

  check('says who I am', async ({ backend, person, room, told }) => {
    const me = await backend.me(signal())
    assert.deepEqual(
      [me.employeeId, me.name, me.role, me.departmentIds, me.company, me.zone],
      [person('head'), told.name, 'head', [room('sales')], 'Компания', 'Europe/Moscow'],
    )
    assert.ok(Math.abs(me.now - told.now()) < 60_000)
  })

  check(
    'tells everything from the beginning, then only what changed',
    async ({ backend, giveElsewhere, numbered, person, told }) => {
      const first = await pulled(backend, null)
      assert.deepEqual([...first.cases.keys()].sort(), ['1', '2', '3'].map(numbered))
      const one = first.cases.get(numbered('1'))
      assert.deepEqual([one?.text, one?.phones, one?.emails], told.texts)
      const people = new Set(
        first.pages.flatMap(page => page.employees.map(({ employeeId }) => employeeId)),
      )
      assert.ok(['head', 'anna', 'oleg'].every(name => people.has(person(name))))
      assert.equal(first.last?.epoch, (await backend.me(signal())).epoch)
      const quiet = await pulled(backend, first.cursor)
      assert.deepEqual([newIn(quiet, first), quiet.pages.length], [[], 1])
      await giveElsewhere('2', 'oleg')
      const changed = await pulled(backend, quiet.cursor)
      assert.deepEqual(
        newIn(changed, first).map(({ caseId, responsibleId }) => [caseId, responsibleId]),
        [[numbered('2'), person('oleg')]],
      )
    },
  )

  check('carries a decision out once, however often it is sent', async tried => {
    const { backend, send, toAnna, person, numbered } = tried
    const before = await pulled(backend, null)
    const sent = toAnna('1')
    const [first] = await send([sent])
    const [again] = await send([sent])
    assert.deepEqual([first?.decisionId, first?.outcome], [sent.decisionId, 'applied'])
    assert.equal(first?.current?.responsibleId, person('anna'))
    // Who cannot know the decision again finds that it is so.
    assert.equal(again?.outcome, backend.abilities.isIdempotent ? 'applied' : 'alreadySo')
    assert.equal(again?.current?.version, first.current.version)
    const { cases } = await pulled(backend, before.cursor)
    assert.equal(cases.get(numbered('1'))?.version, first.current.version)
  })

  check('answers each of many in its place', async ({ send, close, toAnna, decision, person }) => {
    await close('3')
    const sent = [
      toAnna('1'),
      decision('2', { responsible: null }, { responsible: person('anna') }),
      toAnna('3'),
      toAnna('never'),
    ]
    const outcomes = await send(sent)
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

  check('finds a conflict and lets the head insist', async tried => {
    const { send, giveElsewhere, toAnna, decision, person } = tried
    await giveElsewhere('1', 'oleg')
    const [lost] = await send([toAnna('1')])
    assert.deepEqual([lost?.outcome, lost?.code], ['conflict', 'changed'])
    assert.equal(lost?.current?.responsibleId, person('oleg'))
    const [insisted] = await send([
      decision(
        '1',
        { responsible: person('anna') },
        { responsible: person('oleg') },
        { verb: 'insist', supersedes: lost?.decisionId ?? null },
      ),
    ])
    assert.equal(insisted?.outcome, 'applied')
  })

  check(
    'finds a conflict in the named fields alone',
    async ({ send, giveElsewhere, toAnna, decision }) => {
      const putOff = (name: string) => {
        const [want, base] = [{ deferredUntil: 4_000_000_000_000 }, { deferredUntil: null }]
        return decision(name, want, base, { verb: 'defer' })
      }
      await giveElsewhere('1', 'oleg')
      const [lost, put] = await send([toAnna('1'), putOff('2')])
      assert.deepEqual([lost?.outcome, put?.outcome], ['conflict', 'applied'])
      assert.equal((await send([putOff('1')]))[0]?.outcome, 'applied')
    },
    can => can.canDefer,
  )

  check('gives nothing to who has left', async ({ send, decision, person }) => {
    const [outcome] = await send([
      decision('1', { responsible: person('gone') }, { responsible: null }),
    ])
    assert.deepEqual([outcome?.outcome, outcome?.code], ['conflict', 'employeeDismissed'])
  })

  check('gives back what has an owner', async ({ backend, send, decision, person, numbered }) => {
    await send([decision('1', { responsible: person('anna') }, { responsible: null })])
    const [back] = await send([
      decision('1', { responsible: null }, { responsible: person('anna') }, { verb: 'return' }),
    ])
    assert.deepEqual([back?.outcome, back?.current?.responsibleId], ['applied', null])
    const { cases } = await pulled(backend, null)
    assert.equal(cases.get(numbered('1'))?.responsibleId, null)
  })

  check('lets the head take a case', async ({ backend, send, decision, person, numbered }) => {
    const take = decision(
      '1',
      { responsible: person('head') },
      { responsible: null },
      { verb: 'take' },
    )
    const [taken] = await send([take])
    assert.deepEqual([taken?.outcome, taken?.current?.responsibleId], ['applied', person('head')])
    const { cases } = await pulled(backend, null)
    assert.equal(cases.get(numbered('1'))?.responsibleId, person('head'))
  })

  check(
    'moves a case along its stages where it says it can',
    async ({ backend, send, decision }) => {
      const to = (status: CaseStatus, from: CaseStatus) =>
        decision(
          '1',
          { status, statusName: null },
          { status: from, statusName: null },
          { verb: 'progress' },
        )
      const closing = to('closed', 'waiting')
      for (const one of [to('waiting', 'open'), closing, closing, to('open', 'closed')])
        assert.equal((await send([one]))[0]?.outcome, 'applied')
      const [late] = await send([to('waiting', 'awaitingApproval')])
      assert.deepEqual([late?.outcome, late?.code], ['conflict', 'changed'])
      assert.equal(late?.current?.status, 'open')
      assert.deepEqual(
        backend.abilities.stages.map(({ status }) => status),
        ['open', 'waiting', 'awaitingApproval', 'closed'],
      )
    },
    can => can.stages.some(({ canEnter }) => canEnter),
  )

  check('passes a case to another department', async tried => {
    const { backend, send, decision, room, numbered } = tried
    const before = await pulled(backend, null)
    const [outcome] = await send([
      decision(
        '1',
        { department: room('office'), responsible: null },
        { department: room('sales'), responsible: null },
        { verb: 'pass' },
      ),
    ])
    assert.equal(outcome?.outcome, 'applied')
    // It is not shown any more, or shown as another department's, at the latest with the next page.
    const { cases, pages } = await pulled(backend, before.cursor)
    const isGone = pages.some(
      ({ gone, openIds }) =>
        gone.some(one => one.id === numbered('1')) || openIds?.includes(numbered('1')) === false,
    )
    assert.ok(isGone || cases.get(numbered('1'))?.departmentId === room('office'))
  })

  check(
    'refuses other content under an id it has seen, and does nothing of it',
    async ({ backend, send, toAnna, person, numbered }) => {
      const first = toAnna('1')
      await send([first])
      const other = {
        ...first,
        want: { responsible: person('oleg') },
        base: { responsible: person('anna') },
      }
      const error = await send([toAnna('2'), other]).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof BackendError)
      assert.equal(error.kind, 'refused')
      const { cases } = await pulled(backend, null)
      assert.equal(cases.get(numbered('1'))?.responsibleId, person('anna'))
      assert.equal(cases.get(numbered('2'))?.responsibleId, null)
    },
    can => can.isIdempotent,
  )

  check(
    'gives notice of what others do',
    async ({ backend, giveElsewhere }) => {
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
    },
    can => can.hasNotices,
  )
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
