import type { Handlers } from '../contract.ts'
import { applyPlan } from './apply-plan.ts'
import { assign } from './assign.ts'
import { caseDetail } from './case-detail.ts'
import { closedLately } from './closed-lately.ts'
import { defer } from './defer.ts'
import type { Desk } from './desk.ts'
import { answerOrgEdit, editOrg, orgEdits } from './edit-org.ts'
import { exportUnsent } from './export-unsent.ts'
import { markSeen } from './mark-seen.ts'
import { open } from './open.ts'
import { outbox } from './outbox.ts'
import { pass } from './pass.ts'
import { dropPlan, openPlan, proposePlan } from './plan.ts'
import { progress } from './progress.ts'
import { redo } from './redo.ts'
import { resolveConflict } from './resolve-conflict.ts'
import { returnToInbox } from './return-to-inbox.ts'
import { search } from './search.ts'
import { take } from './take.ts'
import { undo } from './undo.ts'

/** The questions a desk answers, all from what lies on this computer. */
export type DeskHandlers = Pick<
  Handlers,
  | 'open'
  | 'caseDetail'
  | 'search'
  | 'assign'
  | 'take'
  | 'returnToInbox'
  | 'pass'
  | 'defer'
  | 'progress'
  | 'closedLately'
  | 'undo'
  | 'redo'
  | 'proposePlan'
  | 'openPlan'
  | 'dropPlan'
  | 'applyPlan'
  | 'outbox'
  | 'resolveConflict'
  | 'markSeen'
  | 'exportUnsent'
  | 'editOrg'
  | 'orgEdits'
  | 'answerOrgEdit'
>

/** `acted` is called when an act is stored and before it is answered. */
export function deskHandlers(desk: Desk, acted: () => void = () => {}): DeskHandlers {
  const after = <Answer>(answer: Answer): Answer => {
    acted()
    return answer
  }
  return {
    open: () => open(desk),
    caseDetail: arg => caseDetail(desk, arg),
    search: arg => search(desk, arg),
    assign: arg => after(assign(desk, arg)),
    take: arg => after(take(desk, arg)),
    returnToInbox: arg => after(returnToInbox(desk, arg)),
    pass: arg => after(pass(desk, arg)),
    defer: arg => after(defer(desk, arg)),
    progress: arg => after(progress(desk, arg)),
    closedLately: () => closedLately(desk),
    undo: arg => after(undo(desk, arg)),
    redo: arg => after(redo(desk, arg)),
    proposePlan: arg => proposePlan(desk, arg),
    openPlan: () => openPlan(desk),
    dropPlan: () => dropPlan(desk),
    applyPlan: arg => after(applyPlan(desk, arg)),
    outbox: arg => outbox(desk, arg),
    resolveConflict: arg => after(resolveConflict(desk, arg)),
    markSeen: arg => after(markSeen(desk, arg)),
    exportUnsent: () => exportUnsent(desk),
    editOrg: arg => after(editOrg(desk, arg)),
    orgEdits: arg => orgEdits(desk, arg),
    answerOrgEdit: arg => after(answerOrgEdit(desk, arg)),
  }
}
