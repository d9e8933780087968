import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '../../domain/decision.ts'
import { demo } from '../../emulators/bitrix24/demo/company.ts'
import { names, openTestPortal } from '../../testing/portal-subject.ts'
import { readChoices } from './choices.ts'
import { inboxOf, keyOf } from './funnels.ts'
import { ruleFrom, type RuleWish } from './rule-change.ts'
import { usualRule, type Rule } from './rule.ts'

const signal = AbortSignal.timeout(60_000)
const [anna, nobody] = [11, 999]
const [leads, retail, wholesale, complaints] = ['1:0', '2:0', '2:9', '128:7']
const usual = usualRule(demo.head)
const asIs: RuleWish = { ...usual, inboxStages: [] }

const choicesFor = (userId: number, typeIds: readonly number[] = [], rule: Rule = usual) => {
  const client = openTestPortal().clientOf(userId)
  return readChoices({ client, names, rule }, typeIds, signal).finally(() => client.close())
}

async function refusal(wish: Partial<RuleWish>, typeIds: readonly number[] = []): Promise<Reason> {
  const choices = await choicesFor(demo.head, typeIds)
  const ruling = ruleFrom(usual, { ...asIs, ...wish }, choices)
  assert.ok(ruling.kind === 'refused')
  return ruling.reason
}

async function ruled(wish: Partial<RuleWish>, rule: Rule = usual): Promise<Rule> {
  const choices = await choicesFor(demo.head, wish.smartTypes ?? [], rule)
  const ruling = ruleFrom(rule, { ...asIs, ...wish }, choices)
  assert.ok(ruling.kind === 'ruled', JSON.stringify(ruling))
  return ruling.rule
}

test('an administrator is told the smart processes by name, with all funnels', async () => {
  const { isListed, smartTypes, funnels, me, people } = await choicesFor(demo.director)
  assert.deepEqual([isListed, me], [true, demo.director])
  assert.deepEqual(smartTypes, [
    { typeId: demo.complaints, name: 'Рекламации', isReadable: true },
    { typeId: demo.visits, name: 'Выезды', isReadable: true },
  ])
  assert.deepEqual(funnels.map(keyOf), [leads, wholesale, retail, complaints, '177:12'])
  assert.equal(people.find(({ id }) => id === demo.dismissed)?.isActive, false)
})

test('a head who may not be told names them by number, and hears which are not there', async () => {
  const { isListed, smartTypes, funnels } = await choicesFor(demo.head, [128, 500])
  assert.equal(isListed, false)
  assert.deepEqual(smartTypes, [
    { typeId: 128, name: null, isReadable: true },
    { typeId: 500, name: null, isReadable: false },
  ])
  assert.deepEqual(funnels.map(keyOf), [leads, wholesale, retail, complaints])
})

test('the rule as it is changes nothing', async () => {
  assert.deepEqual(await ruled({}), usual)
  const firsts = [leads, retail, wholesale].map(funnelId => ({
    funnelId,
    stageIds: [funnelId === wholesale ? 'C9:NEW' : 'NEW'],
  }))
  assert.deepEqual(await ruled({ inboxStages: firsts }), usual)
})

test('stages are kept by funnel, in the order of the portal; one not named stays as it was', async () => {
  const { inboxStages } = await ruled(
    { inboxStages: [{ funnelId: retail, stageIds: ['PREPARATION', 'NEW'] }] },
    { ...usual, inboxStages: { [leads]: [] } },
  )
  assert.deepEqual(inboxStages, { [leads]: [], [retail]: ['NEW', 'PREPARATION'] })
})

test('leads and deals name their first stage alike and are told apart', async () => {
  const rule = await ruled({ inboxStages: [{ funnelId: leads, stageIds: [] }] })
  const { funnels } = await choicesFor(demo.head)
  const inbox = Object.fromEntries(funnels.map(each => [keyOf(each), inboxOf(rule, each)]))
  assert.deepEqual(inbox, { [leads]: [], [retail]: ['NEW'], [wholesale]: ['C9:NEW'] })
})

test('a stage that is gone from the portal leaves a funnel at its first', async () => {
  const { funnels } = await choicesFor(demo.head)
  const [funnel] = funnels
  assert.ok(funnel)
  assert.deepEqual(inboxOf({ ...usual, inboxStages: { [leads]: ['OLD'] } }, funnel), ['NEW'])
})

test('chosen twice or in another order it is the same rule', async () => {
  const inboxHolders = [anna, demo.head]
  const rule = await ruled({ inboxHolders, smartTypes: [177, 128, 177] })
  assert.deepEqual(rule.inboxHolders, [demo.head, anna])
  assert.deepEqual(rule.smartTypes, [128, 177])
  assert.deepEqual(await ruled({ inboxHolders: [demo.head, anna], smartTypes: [128, 177] }), rule)
})

test('bad wishes are refused by the field they are about', async () => {
  const none = { hasLeads: false, hasDeals: false, hasTasks: false }
  assert.deepEqual(await refusal(none), { code: 'noKind', field: 'kinds' })
  assert.deepEqual(await refusal({ smartTypes: [500] }, [500]), {
    code: 'unknownType',
    field: 'kinds',
    typeId: 500,
  })
  assert.deepEqual(await refusal({ inboxHolders: [] }), { code: 'noHolder', field: 'inboxHolders' })
  assert.deepEqual(await refusal({ inboxHolders: [demo.head, nobody] }), {
    code: 'unknownPerson',
    field: 'inboxHolders',
    person: nobody,
  })
  assert.equal((await refusal({ returnTo: nobody })).code, 'unknownReceiver')
  assert.deepEqual(await refusal({ returnTo: anna }), {
    code: 'receiverHoldsNothing',
    field: 'returnTo',
    name: 'Артём Бакенов',
  })
  const gone = { inboxHolders: [demo.dismissed], returnTo: demo.dismissed }
  assert.equal((await refusal(gone)).code, 'dismissedReceiver')
  for (const stages of [
    { funnelId: retail, stageIds: ['NEW', 'WON'] },
    { funnelId: '2:77', stageIds: [] },
  ])
    assert.equal((await refusal({ inboxStages: [stages] })).code, 'unknownStage')
})

test('a smart process that is gone stops nothing else from being read', async () => {
  const { portal, connect } = openTestPortal({}, { smartTypes: [500, demo.complaints] })
  const own = { title: 'Р', assignedById: demo.head }
  portal.world.createItem(128, { ...own, categoryId: 7, stageId: 'DT128_7:NEW' })
  const backend = connect()
  const found: string[] = []
  for (let cursor: string | null = null, isDone = false; !isDone;) {
    const page = await backend.pull(cursor, 100, signal)
    found.push(...page.cases.map(one => `${one.subject} ${one.responsibleId}`))
    cursor = page.nextCursor
    isDone = page.isUpToDate
  }
  await backend.pull(
    JSON.stringify({ kind: 'delta', since: 0, wholeAt: 0, openAt: 0, rule: '' }),
    9,
    signal,
  )
  backend.close()
  assert.deepEqual(found, ['Р null'])
})
