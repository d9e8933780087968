/** The rule of a portal's workspace, from the window's question to what is then pulled and sent. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 } from 'uuid'
import { webhookAccess } from '../backends/bitrix24/client.ts'
import { systemClock } from '../backends/bitrix24/clock.ts'
import { sharedLimiters } from '../backends/bitrix24/limiters.ts'
import type { ToldPortalRule } from '../contract-portal.ts'
import type { Arg, Calls, Events, Snapshot } from '../contract.ts'
import { idOf, type ActId, type DecisionId } from '../domain/id.ts'
import { demo } from '../emulators/bitrix24/demo/company.ts'
import { createPortal } from '../emulators/bitrix24/portal.ts'
import { startPortalServer } from '../emulators/bitrix24/server.ts'
import { connect } from '../rpc.ts'
import { memoryWire } from '../testing/memory-wire.ts'
import { createConsole } from './console.ts'

const anna = 11
const patience = 1_500
const stepMs = 20
const deal = 2
const [retail, leads] = ['2:0', '1:0']
const complaint = { categoryId: 7, stageId: 'DT128_7:NEW' }

/** A portal whose head has a deal at each of the first two stages, a task and a complaint. */
async function deskOf(t: TestContext) {
  const portal = createPortal({ cases: 0, limits: { rate: null } })
  const own = { assignedById: demo.head, createdBy: demo.head }
  const first = portal.world.createItem(deal, { ...own, title: 'Новая', stageId: 'NEW' })
  portal.world.createItem(deal, { ...own, title: 'Дальше', stageId: 'PREPARATION' })
  portal.world.createItem(128, { ...own, title: 'Рекламация', ...complaint })
  const task = portal.world.createTask({
    title: 'Задача',
    responsibleId: demo.head,
    createdBy: demo.head,
  })
  const server = await startPortalServer(portal)
  const webhook = portal.webhook(demo.head)
  const access = webhookAccess(webhook)
  assert.ok(access.kind === 'webhook')
  // Whoever asks this portal from this process shares one limiter.
  sharedLimiters.limiterOf(access, systemClock, { ratePerSecond: 1_000, burst: 1_000 })
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-rule-'))
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 })
  const logged: string[] = []
  const open = () => {
    const core = createConsole({
      dataFolder: join(folder, 'data'),
      version: 'test',
      language: 'ru',
      keyFile,
      embeddedHub: new URL('../hub/embedded.ts', import.meta.url),
      log: (where, error) => logged.push(`${where}: ${String(error)}`),
    })
    const { near, far } = memoryWire()
    core.attach(far)
    return { core, calls: connect<Calls, Events>(near).calls }
  }
  let opened = open()
  t.after(async () => {
    await opened.core.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
    assert.deepEqual(logged, [])
  })
  await opened.calls.connectPortal({ webhook, isMarked: false })
  return {
    portal,
    first,
    task,
    calls: () => opened.calls,
    async startAgain() {
      await opened.core.close()
      opened = open()
      await opened.core.begin(null)
    },
  }
}

const subjects = ({ cases }: Snapshot) =>
  cases.flatMap(one => (one.responsibleId === null ? one.subject : [])).toSorted()

async function untilOwner(calls: Calls, subject: string, name: string): Promise<void> {
  for (let tries = 0; tries < patience; tries += 1) {
    const { cases, org } = await calls.open({})
    const owner = cases.find(one => one.subject === subject)?.responsibleId
    if (owner && org.employees.find(one => one.employeeId === owner)?.name === name) return
    await sleep(stepMs)
  }
  assert.fail(`${subject} does not lie with ${name}`)
}

/** Waits until these and no others have no owner. */
async function untilInbox(calls: Calls, expected: readonly string[]): Promise<void> {
  let found: readonly string[] = []
  for (let tries = 0; tries < patience; tries += 1) {
    found = subjects(await calls.open({}))
    if (found.join() === expected.join()) return
    await sleep(stepMs)
  }
  assert.deepEqual(found, expected)
}

async function told(calls: Calls): Promise<ToldPortalRule> {
  const answer = await calls.portalRule({})
  assert.ok(answer.kind === 'told', answer.kind)
  return answer
}

const wish = ({ rule }: ToldPortalRule, change: Partial<Arg<'savePortalRule'>> = {}) => ({
  hasLeads: rule.hasLeads,
  hasDeals: rule.hasDeals,
  hasTasks: rule.hasTasks,
  smartTypes: [...rule.smartTypes],
  inboxHolders: [...rule.inboxHolders],
  returnTo: rule.returnTo,
  inboxStages: [],
  ...change,
})

test('what is saved is pulled from then on, and after the next start', async t => {
  const { calls, startAgain } = await deskOf(t)
  await untilInbox(calls(), ['Задача', 'Новая'])
  const before = await told(calls())
  assert.deepEqual(before.rule.inboxHolders, [demo.head])
  assert.deepEqual(
    before.rule.inboxStages.map(({ stageIds }) => stageIds),
    [['NEW'], ['C9:NEW'], ['NEW']],
  )
  assert.ok(!before.choices.people.some(({ id }) => id === demo.dismissed))
  const answer = await calls().savePortalRule(
    wish(before, {
      hasTasks: false,
      smartTypes: [demo.complaints],
      inboxStages: [{ funnelId: retail, stageIds: ['NEW', 'PREPARATION'] }],
    }),
  )
  assert.ok(answer.kind === 'saved')
  assert.deepEqual(answer.told.rule.smartTypes, [demo.complaints])
  const after = ['Дальше', 'Новая', 'Рекламация']
  await untilInbox(calls(), after)
  await startAgain()
  await untilInbox(calls(), after)
  assert.deepEqual((await told(calls())).rule, answer.told.rule)
})

test('another holder brings their cases, and a funnel without a stage takes its own away', async t => {
  const { calls, portal, first } = await deskOf(t)
  await untilInbox(calls(), ['Задача', 'Новая'])
  portal.world.giveItem(deal, first, anna)
  portal.world.createItem(1, { assignedById: demo.head, title: 'Лид', stageId: 'NEW' })
  await calls().savePortalRule(
    wish(await told(calls()), {
      inboxHolders: [demo.head, anna],
      inboxStages: [{ funnelId: leads, stageIds: [] }],
    }),
  )
  await untilOwner(calls(), 'Лид', 'Вера Плёсова')
  assert.deepEqual(subjects(await calls().open({})), ['Задача', 'Новая'])
})

test('a refused wish changes nothing', async t => {
  const { calls } = await deskOf(t)
  const before = await told(calls())
  const bad = wish(before, { hasTasks: false, inboxHolders: [] })
  const answer = await calls().savePortalRule(bad)
  assert.deepEqual(answer, {
    kind: 'refused',
    reason: { code: 'noHolder', field: 'inboxHolders' },
  })
  assert.deepEqual(await told(calls()), before)
  await untilInbox(calls(), ['Задача', 'Новая'])
})

test('what was decided and could not be sent is sent after the rule has changed', async t => {
  const { calls, portal, first, task } = await deskOf(t)
  await untilInbox(calls(), ['Задача', 'Новая'])
  const { space, cases } = await calls().open({})
  portal.change({ faults: ({ isWrite }) => (isWrite ? { kind: 'tooMany' } : null) })
  const orders = cases
    .filter(({ responsibleId }) => responsibleId === null)
    .map(({ caseId }) => ({ decisionId: v7() as DecisionId, caseId }))
  assert.equal(orders.length, 2)
  const employeeId = idOf(space.workspaceId, 'employee', String(anna))
  await calls().assign({ actId: v7() as ActId, orders, employeeId, isOverridden: true })
  const answer = await calls().savePortalRule(wish(await told(calls()), { hasTasks: false }))
  assert.equal(answer.kind, 'saved')
  assert.equal((await calls().outbox({ limit: 10 })).length, 2)
  portal.change({ faults: () => null })
  const responsibles = () => [
    portal.world.item(deal, first)?.assignedById,
    portal.world.task(task)?.responsibleId,
  ]
  for (let tries = 0; tries < patience && responsibles().some(one => one !== anna); tries += 1) {
    if (tries % 40 === 39) await calls().syncNow({})
    await sleep(stepMs)
  }
  assert.deepEqual(responsibles(), [anna, anna])
})

test('a portal that does not answer is said, and what is saved stays', async t => {
  const { calls, portal } = await deskOf(t)
  await untilInbox(calls(), ['Задача', 'Новая'])
  const before = await told(calls())
  portal.change({ faults: () => ({ kind: 'refused' }) })
  const isAway = (answer: { kind: string; reason?: { code: string } }) =>
    assert.deepEqual([answer.kind, answer.reason?.code], ['unreachable', 'unreachable'])
  isAway(await calls().portalRule({}))
  isAway(await calls().savePortalRule(wish(before, { hasTasks: false })))
  portal.change({ faults: () => null })
  assert.deepEqual(await told(calls()), before)
})

test('two who save at once leave one rule and one way to the portal', async t => {
  const { calls } = await deskOf(t)
  await untilInbox(calls(), ['Задача', 'Новая'])
  const before = await told(calls())
  const answers = await Promise.all([
    calls().savePortalRule(wish(before, { hasTasks: false })),
    calls().savePortalRule(wish(before, { hasTasks: false, hasLeads: false })),
  ])
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ['saved', 'saved'],
  )
  await untilInbox(calls(), ['Новая'])
})

test('a workspace that is no portal has no such rule', async t => {
  const { calls, startAgain } = await deskOf(t)
  await startAgain()
  await calls().startDemo({})
  assert.deepEqual(await calls().portalRule({}), { kind: 'none' })
})
