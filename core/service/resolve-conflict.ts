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
  const { obstacles, warnings } =
    found.state === 'conflict' ? judged(desk, decision, choice) : hindered('changedSince')
  if (obstacles.length > 0)
    return repeated(desk, arg, decision) ?? refusal(arg, decision, obstacles)
  const target = targetOf(desk, decision, choice)
  const issued = { issuedBy: { employeeId: me.employeeId }, issuedAt: desk.now() }
  const said = { ...issued, isOverridden: warnings.length > 0, reasons: warnings }
  resolve(desk.store, { decisionId, actId, newDecisionId, choice, target, ...said })
  const theCase = readCase(desk.store, decision.caseId)
  const cases = new Map(theCase ? [[theCase.caseId, theCase]] : [])
  const act = { actId, verb: 'insist', target } as const
  const result = answer(desk, act, { done: [decision.caseId], refused: [], cases })
  return choice.kind === 'keepTheirs' ? { ...result, label: null } : result
}

type Choice = Arg<'resolveConflict'>['choice']

interface Judged {
  readonly obstacles: readonly Reason[]
  /** The head saw them and went on, so they are not asked about again before sending. */
  readonly warnings: readonly Reason[]
}

const free: Judged = { obstacles: [], warnings: [] }
const hindered = (code: string): Judged => ({ obstacles: [{ code }], warnings: [] })

/** What speaks against a new decision; leaving theirs is always possible. */
function judged(desk: Desk, decision: Decision, choice: Choice): Judged {
  if (choice.kind === 'keepTheirs') return free
  const theCase = readCase(desk.store, decision.caseId)
  if (!theCase) return hindered('gone')
  if (theCase.status === 'closed') return hindered('closed')
  const employeeId = receiverOf(decision, choice)
  if (employeeId === null) return free
  const employee = desk.index().employeeById.get(employeeId)
  const me = desk.me()
  if (!employee || !me) return hindered('unknownPerson')
  const clientIds = theCase.clientId === null ? [] : [theCase.clientId]
  const world = worldFor(desk, me, { employeeIds: [employeeId], clientIds })
  const { reasons } = judge({ ...theCase, responsibleId: null }, employee, world)
  const those = (severity: 'blocked' | 'warn') =>
    reasons.filter(reason => severityOf(reason) === severity && reason.code !== 'noRight')
  // The head chose with both sides in view: only what blocks is an obstacle.
  return { obstacles: those('blocked'), warnings: those('warn') }
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
