import type { ActResult } from '../../core/contract.ts'
import type { CaseId, DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { core } from './core.ts'
import { mintAct, mintActId, mintDecisionId } from './mint.ts'
import { useReplica } from './replica.ts'
import { reportProblem } from './report.ts'
import { say, useView } from './view.ts'

type Minted = ReturnType<typeof mintAct>

/** Every verb of the window: mints the ids, asks the core, says what was done and what was not. */
function act(caseIds: readonly CaseId[], ask: (minted: Minted) => Promise<ActResult>): void {
  if (caseIds.length > 0) tell(ask(mintAct(caseIds)))
}

/** `isOverridden`: the head saw the warning and goes on. */
export function give(
  caseIds: readonly CaseId[],
  employeeId: EmployeeId,
  isOverridden: boolean,
): void {
  act(caseIds, minted => core.assign({ ...minted, employeeId, isOverridden }))
}

/** The head takes the work knowing its own load: no warning stops it. */
export function takeMyself(caseIds: readonly CaseId[]): void {
  act(caseIds, minted => core.take({ ...minted, isOverridden: true }))
}

/** Each case to its own person, in one act; resolved when it is answered. */
export async function givePlanned(
  orders: readonly { caseId: CaseId; employeeId: EmployeeId; isOverridden: boolean }[],
): Promise<void> {
  const minted = orders.map(order => ({ ...order, decisionId: mintDecisionId() }))
  const asked = core.applyPlan({ actId: mintActId(), orders: minted })
  tell(asked)
  await asked.catch(() => null)
}

export function giveBack(caseIds: readonly CaseId[]): void {
  act(caseIds, minted => core.returnToInbox(minted))
}

export function passTo(caseIds: readonly CaseId[], departmentId: DepartmentId): void {
  act(caseIds, minted => core.pass({ ...minted, departmentId }))
}

/** `until` in UTC ms, or `untilChange`; null: back from deferral. */
export function deferUntil(caseIds: readonly CaseId[], until: number | null): void {
  act(caseIds, minted => core.defer({ ...minted, until }))
}

export function moveTo(caseIds: readonly CaseId[], stageId: string): void {
  act(caseIds, minted => core.progress({ ...minted, stageId }))
}

/** What was asked before it is answered first: then the window knows what there is to take back. */
export function undoLast(): void {
  afterOthers(() => {
    const { undo } = useReplica.getState().undo
    if (undo) tell(core.undo({ actId: mintActId(), decisionIds: mintedFor(undo.count) }))
    else say({ kind: 'refused', refused: [], code: 'nothingToUndo' })
  })
}

export function redoLast(): void {
  afterOthers(() => {
    const { redo } = useReplica.getState().undo
    if (redo) tell(core.redo({ actId: mintActId(), decisionIds: mintedFor(redo.count) }))
    else say({ kind: 'refused', refused: [], code: 'nothingToUndo' })
  })
}

const waiting: (() => void)[] = []
let unanswered = 0

/** At once when nothing is unanswered, else in turn: what was done before is known then. */
export function afterOthers(work: () => void): void {
  waiting.push(work)
  goOn()
}

function goOn(): void {
  if (unanswered > 0) return
  const next = waiting.shift()
  next?.()
  if (next) goOn()
}

const mintedFor = (count: number) => Array.from({ length: count }, mintDecisionId)

/** Says what an act did; a fault of the core is said too and reported. */
function tell(asked: Promise<ActResult>): void {
  unanswered += 1
  const told = asked.then(
    ({ label, refused, done }) => {
      useView.setState(({ mine }) => ({ mine: new Set([...mine, ...done]) }))
      if (done.length > 0 && label) say({ kind: 'done', label, refused })
      else say({ kind: 'refused', refused, code: null })
    },
    (error: unknown) => {
      reportProblem(`act: ${String(error)}`)
      say({ kind: 'broken' })
    },
  )
  void told.finally(() => {
    unanswered -= 1
    goOn()
  })
}
