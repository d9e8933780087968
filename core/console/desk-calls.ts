import type { DeskHandlers } from '../service/handlers.ts'

const names = [
  'open',
  'caseDetail',
  'search',
  'assign',
  'take',
  'returnToInbox',
  'pass',
  'defer',
  'progress',
  'closedLately',
  'undo',
  'redo',
  'proposePlan',
  'openPlan',
  'dropPlan',
  'applyPlan',
  'outbox',
  'resolveConflict',
  'markSeen',
  'exportUnsent',
  'editOrg',
  'orgEdits',
  'answerOrgEdit',
] as const satisfies readonly (keyof DeskHandlers)[]

/** The verbs of whatever space is open when they are asked. */
export function deskCalls(current: () => DeskHandlers): Pick<DeskHandlers, (typeof names)[number]> {
  const calls = names.map(name => [name, (arg: never) => current()[name](arg)])
  return Object.fromEntries(calls)
}
