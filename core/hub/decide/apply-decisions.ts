import { bareId } from '../bare-id.ts'
import { wireCase } from '../changes/wire.ts'
import type { WireDecision, WireOutcome } from '../protocol.ts'
import { visibility } from '../rights/may.ts'
import { viewerAt } from '../rights/viewer.ts'
import { audit } from '../store/audit.ts'
import { readCase, writeCase } from '../store/cases.ts'
import type { HubStore, Writing } from '../store/hub-store.ts'
import type { CaseRow } from '../store/tables.ts'
import { nothing, together } from '../store/together.ts'
import type { World } from '../store/world.ts'
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
  const { row, world, at, ...done } = await store.write(writing =>
    applyOnce(writing, caller, decision),
  )
  const seen = row ? visibility(viewerAt(world, caller, at), row, at) : 'none'
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

interface Done {
  readonly verdict: Verdict
  readonly replayed: boolean
  /** The case as it is after that, and what holds at the same moment. */
  readonly row: CaseRow | null
  readonly world: World
  readonly at: number
}

async function applyOnce(writing: Writing, caller: Caller, decision: WireDecision): Promise<Done> {
  const { trx, world, at } = writing
  const [before, row] = await together(
    firstOutcome(trx, asked(decision)),
    readCase(trx, bareId('case', decision.caseId)),
  )
  if (before !== null) {
    const verdict: Verdict = JSON.parse(before)
    return { verdict, replayed: true, row, world, at }
  }
  const verdict = await judge(writing, decision, row)
  const [after] = await together(
    row && verdict.outcome === 'applied' ? carryOut(writing, decision, row) : nothing,
    record(writing, caller, decision, verdict),
  )
  return { verdict, replayed: false, row: after ?? row, world, at }
}

async function record(
  { trx, at }: Writing,
  caller: Caller,
  decision: WireDecision,
  verdict: Verdict,
): Promise<void> {
  const { decisionId } = decision
  const { verb, want, base, issuedBy, issuedAt, isOverridden, undoes, supersedes, actId } = decision
  const detail = {
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
  }
  const actor = actorOf(caller)
  await together(
    keepOutcome(trx, asked(decision), verdict, at),
    audit(trx, { at, actor, verb, entity: 'case', entityId: decision.caseId, detail }),
  )
}

function carryOut(writing: Writing, decision: WireDecision, row: CaseRow): Promise<CaseRow> {
  const { world, at } = writing
  const after = withFields(row, decision.want, at)
  const { issuedBy, reasons } = decision
  const isPutBack =
    after.responsibleId === null &&
    (row.responsibleId !== null || after.departmentId !== row.departmentId)
  return writeCase(writing, row, after, {
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
