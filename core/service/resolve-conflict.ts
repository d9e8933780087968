import type { ActResult, Arg } from '../contract.ts'
import { judge, severityOf } from '../domain/assign.ts'
import type { Decision, Reason } from '../domain/decision.ts'
import type { EmployeeId } from '../domain/id.ts'
import { readCase } from '../store/cases.ts'
import { readDecision } from '../store/outbox.ts'
import { resolve } from '../store/resolve.ts'
import { answer } from './act.ts'
import type { Desk } from './desk.ts'
import { worldFor } from './moment.ts'

/**
 * The head's word on a conflict: leave theirs, insist, or give the case to a third person. A new
 * decision takes theirs for its base, so that whoever decides meanwhile is met again.
 */
export function resolveConflict(desk: Desk, arg: Arg<'resolveConflict'>): ActResult {
  const { decisionId, actId, newDecisionId, choice } = arg
  const remembered = desk.answers.get(actId)
  if (remembered) return remembered
  const me = desk.me()
  const found = readDecision(desk.store, decisionId)
  if (!found || !me) return { actId, done: [], refused: [], label: null }
  const { decision } = found
  const reasons = found.state === 'conflict' ? hindrances(desk, decision, choice) : [changedSince]
  if (reasons.length > 0) return repeated(desk, arg, decision) ?? refusal(arg, decision, reasons)
  const target = targetOf(desk, decision, choice)
  const issued = { issuedBy: { employeeId: me.employeeId }, issuedAt: desk.now() }
  resolve(desk.store, { decisionId, actId, newDecisionId, choice, target, ...issued })
  const theCase = readCase(desk.store, decision.caseId)
  const cases = new Map(theCase ? [[theCase.caseId, theCase]] : [])
  const act = { actId, verb: 'insist', target } as const
  const said = answer(desk, act, { done: [decision.caseId], refused: [], cases })
  return choice.kind === 'keepTheirs' ? { ...said, label: null } : said
}

type Choice = Arg<'resolveConflict'>['choice']

const changedSince: Reason = { code: 'changedSince' }

/** What stands in the way of a new decision; leaving theirs is always possible. */
function hindrances(desk: Desk, decision: Decision, choice: Choice): readonly Reason[] {
  if (choice.kind === 'keepTheirs') return []
  const theCase = readCase(desk.store, decision.caseId)
  if (!theCase) return [{ code: 'gone' }]
  if (theCase.status === 'closed') return [{ code: 'closed' }]
  const employeeId = receiverOf(decision, choice)
  if (employeeId === null) return []
  const employee = desk.index().employeeById.get(employeeId)
  const me = desk.me()
  if (!employee || !me) return [{ code: 'unknownPerson' }]
  const clientIds = theCase.clientId === null ? [] : [theCase.clientId]
  const world = worldFor(desk, me, { employeeIds: [employeeId], clientIds })
  const { reasons } = judge({ ...theCase, responsibleId: null }, employee, world)
  // The head chose with both sides in view: only what blocks is an obstacle.
  return reasons.filter(reason => severityOf(reason) === 'blocked' && reason.code !== 'noRight')
}

const receiverOf = ({ want }: Decision, choice: Choice): EmployeeId | null =>
  choice.kind === 'giveTo' ? choice.employeeId : (want.responsible ?? null)

function targetOf(desk: Desk, decision: Decision, choice: Choice): string | null {
  if (choice.kind === 'keepTheirs') return null
  const targetId = receiverOf(decision, choice) ?? decision.want.department ?? null
  return targetId === null ? null : desk.nameOf(targetId)
}

/** The same answer to a window that lost the first one and asks a core begun anew. */
function repeated(desk: Desk, arg: Arg<'resolveConflict'>, { caseId }: Decision): ActResult | null {
  const written = readDecision(desk.store, arg.newDecisionId)?.decision
  return written?.actId === arg.actId
    ? { actId: arg.actId, done: [caseId], refused: [], label: null }
    : null
}

const refusal = (
  { actId }: Arg<'resolveConflict'>,
  { caseId }: Decision,
  reasons: readonly Reason[],
): ActResult => ({ actId, done: [], refused: [{ caseId, reasons }], label: null })
