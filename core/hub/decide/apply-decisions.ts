import { bareId } from '../bare-id.ts'
import { wireCase } from '../changes/wire.ts'
import type { WireDecision, WireOutcome } from '../protocol.ts'
import { visibility } from '../rights/may.ts'
import { viewerAt } from '../rights/viewer.ts'
import { audit } from '../store/audit.ts'
import { readCase, writeCase } from '../store/cases.ts'
import type { HubStore, Writing } from '../store/hub-store.ts'
import type { CaseRow } from '../store/tables.ts'
import { actorOf, type Caller } from './caller.ts'
import { changesBetween, withFields } from './fields.ts'
import { judge, type Verdict } from './judge.ts'
import { type Asked, firstOutcome, keepOutcome, refuseOtherContent } from './once.ts'
import { inboxReasons } from './route.ts'

/** Carries out requests one after another: nothing slips between looking at a request and doing it. */
export function createDecider(
  store: HubStore,
): (caller: Caller, decisions: readonly WireDecision[]) => Promise<WireOutcome[]> {
  let last: Promise<unknown> = Promise.resolve()
  return (caller, decisions) => {
    const result = last.then(() => applyDecisions(store, caller, decisions))
    last = result.catch(() => undefined)
    return result
  }
}

/** One transaction a decision; outcomes in the order of decisions. Throws `OtherContent` before the first. */
async function applyDecisions(
  store: HubStore,
  caller: Caller,
  decisions: readonly WireDecision[],
): Promise<WireOutcome[]> {
  await refuseOtherContent(
    store.db,
    decisions.filter(decision => mayIssue(caller, decision)).map(asked),
  )
  const outcomes: WireOutcome[] = []
  for (const decision of decisions) outcomes.push(await outcomeOf(store, caller, decision))
  return outcomes
}

/** A person decides in their own name; a machine in the names of the people it works for. */
const mayIssue = (caller: Caller, decision: WireDecision): boolean =>
  caller.scopes.has('agent') ||
  (caller.tokenRole === 'person' &&
    caller.scopes.has('decide') &&
    decision.issuedBy.employeeId === caller.employeeId)

const asked = (decision: WireDecision): Asked => ({ id: decision.decisionId, content: decision })

async function outcomeOf(
  store: HubStore,
  caller: Caller,
  decision: WireDecision,
): Promise<WireOutcome> {
  const { decisionId } = decision
  if (!mayIssue(caller, decision))
    return { decisionId, outcome: 'rejected', code: 'forbidden', replayed: false }
  const done = await store.write(writing => applyOnce(writing, caller, decision))
  const world = await store.world()
  const viewer = viewerAt(world, caller, store.now())
  const row = await readCase(store.db, bareId('case', decision.caseId))
  const seen = row ? visibility(viewer, row, store.now()) : 'none'
  const { changedBy, changedAt, ...verdict } = done.verdict
  return {
    decisionId,
    ...verdict,
    ...(seen === 'none' || !row ? {} : { current: wireCase(row, seen === 'masked') }),
    ...(seen === 'whole' && changedAt !== undefined
      ? { changedBy: changedBy ?? null, changedAt }
      : {}),
    replayed: done.replayed,
  }
}

async function applyOnce(
  writing: Writing,
  caller: Caller,
  decision: WireDecision,
): Promise<{ verdict: Verdict; replayed: boolean }> {
  const { trx } = writing
  const before = await firstOutcome(trx, asked(decision))
  if (before !== null) {
    const verdict: Verdict = JSON.parse(before)
    return { verdict, replayed: true }
  }
  const row = await readCase(trx, bareId('case', decision.caseId))
  const verdict = await judge(writing, decision, row)
  if (row && verdict.outcome === 'applied') await carryOut(writing, decision, row)
  await record(writing, caller, decision, verdict)
  return { verdict, replayed: false }
}

async function record(
  { trx, at }: Writing,
  caller: Caller,
  decision: WireDecision,
  verdict: Verdict,
): Promise<void> {
  const { decisionId } = decision
  await keepOutcome(trx, asked(decision), verdict, at)
  const { verb, want, base, issuedBy, issuedAt, isOverridden, undoes, supersedes, actId } = decision
  await audit(trx, {
    at,
    actor: actorOf(caller),
    verb,
    entity: 'case',
    entityId: decision.caseId,
    detail: {
      decisionId,
      actId,
      want,
      base,
      issuedBy,
      issuedAt,
      isOverridden,
      undoes,
      supersedes,
      ...verdict,
    },
  })
}

async function carryOut(writing: Writing, decision: WireDecision, row: CaseRow): Promise<void> {
  const { world, at } = writing
  const after = withFields(row, decision.want, at)
  const { issuedBy, reasons } = decision
  const isPutBack =
    after.responsibleId === null &&
    (row.responsibleId !== null || after.departmentId !== row.departmentId)
  await writeCase(writing, row, after, {
    historyId: decision.decisionId,
    verb: decision.verb,
    employeeId: bareId('employee', issuedBy.employeeId),
    decisionId: decision.decisionId,
    ...changesBetween(row, after),
    ruleId: issuedBy.ruleId ?? null,
    ruleVersion: issuedBy.ruleVersion ?? null,
    reasons: isPutBack
      ? [...reasons, ...inboxReasons(world, after.departmentId, at).reasons]
      : reasons,
  })
}
