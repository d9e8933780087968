import type { Kysely } from 'kysely'
import type { EmployeeId } from '../../domain/id.ts'
import { bareId } from '../bare-id.ts'
import type { WireDecision, WireOutcome } from '../protocol.ts'
import { may } from '../rights/may.ts'
import { type Viewer, viewerAt } from '../rights/viewer.ts'
import { lastChange } from '../store/cases.ts'
import type { Writing } from '../store/hub-store.ts'
import { fieldsIn } from '../store/rows.ts'
import type { CaseRow, Tables } from '../store/tables.ts'
import type { World } from '../store/world.ts'
import { differing, namedIn } from './fields.ts'

/** What is kept of an outcome; the case as it is now is added when somebody asks. */
export type Verdict = Pick<WireOutcome, 'outcome' | 'code' | 'changedBy' | 'changedAt'>

const rejected = (code: 'closed' | 'deleted' | 'forbidden' | 'invalid'): Verdict => ({
  outcome: 'rejected',
  code,
})

/**
 * What becomes of a decision. Rights are those at the moment it was made (never later than now);
 * the order of questions lets nobody learn of a case more than they may see.
 */
export async function judge(
  writing: Writing,
  decision: WireDecision,
  row: CaseRow | null,
): Promise<Verdict> {
  const { world, at, trx } = writing
  const { want, base } = decision
  if (!isWellFormed(decision)) return rejected('invalid')
  if (row === null) return rejected('deleted')
  const decider = deciderAt(world, decision, at)
  if (!decider) return rejected('forbidden')
  if (!(await isAllowed(trx, decision, decider, row))) return rejected('forbidden')
  if (differing(row, want).length === 0) return { outcome: 'alreadySo' }
  if (row.status === 'closed' && (want.status ?? 'closed') === 'closed') return rejected('closed')
  const wrongTarget = judgeTarget(world, decider, want)
  if (wrongTarget) return wrongTarget
  const changed = differing(row, base)
  if (changed.length === 0) return { outcome: 'applied' }
  const last = await lastChange(trx, row.caseId, changed)
  return {
    outcome: 'conflict',
    code: 'changed',
    changedBy: last?.employeeId ?? null,
    changedAt: last?.at ?? row.updatedAt,
  }
}

/** Whoever does a case may say how it goes; all the rest is for whoever gives it out. */
async function isAllowed(
  db: Kysely<Tables>,
  decision: WireDecision,
  decider: Viewer,
  row: CaseRow,
): Promise<boolean> {
  const { want } = decision
  const isProgress = want.status !== undefined
  if (isProgress && !may(decider, { kind: 'progress', theCase: row })) return false
  if (namedIn(want).every(name => progressNames.has(name))) return true
  return (
    may(decider, { kind: 'giveOut', theCase: row }) ||
    (await isOwnPassTakenBack(db, decision, decider, row))
  )
}
const progressNames: ReadonlySet<string> = new Set(['status', 'statusName'])

/**
 * A decision names at least one field, the same in `want` and `base`, a department is never nothing,
 * and the name of a status comes with the status.
 */
function isWellFormed({ kind, want, base }: WireDecision): boolean {
  const named = namedIn(want)
  const isSame = named.join() === namedIn(base).join()
  const isStage = want.statusName === undefined || want.status !== undefined
  return kind === 'set' && named.length > 0 && isSame && want.department !== null && isStage
}

function deciderAt(world: World, { issuedBy, issuedAt }: WireDecision, at: number): Viewer | null {
  const employee = world.index.employeeById.get(bareId('employee', issuedBy.employeeId))
  if (!employee || employee.isDismissed) return null
  return viewerAt(
    world,
    { employeeId: employee.employeeId, tokenRole: 'person' },
    Math.min(issuedAt, at),
  )
}

function judgeTarget(world: World, decider: Viewer, want: WireDecision['want']): Verdict | null {
  const { responsible, department } = want
  if (department && !world.index.departmentById.has(bareId('department', department)))
    return rejected('invalid')
  if (responsible === null || responsible === undefined) return null
  const employee = world.index.employeeById.get(bareId('employee', responsible))
  if (!employee) return rejected('invalid')
  if (employee.isDismissed) return { outcome: 'conflict', code: 'employeeDismissed' }
  return may(decider, { kind: 'giveTo', employeeId: employee.employeeId })
    ? null
    : rejected('forbidden')
}

/**
 * Passing a case on puts it out of the head's scope, and everything can be taken back: whoever
 * passed it may undo exactly that, while it still lies where they put it.
 */
async function isOwnPassTakenBack(
  db: Kysely<Tables>,
  decision: WireDecision,
  decider: Viewer,
  row: CaseRow,
): Promise<boolean> {
  if (decision.undoes === null || decision.want.department === undefined) return false
  const pass = await db
    .selectFrom('history')
    .select(['employeeId', 'fromFields', 'toFields'])
    .where('caseId', '=', row.caseId)
    .where('decisionId', '=', decision.undoes)
    .executeTakeFirst()
  if (!pass || !isSamePerson(pass.employeeId, decider.employeeId)) return false
  const cameFrom = fieldsIn(pass.fromFields)['department']
  const wentTo = fieldsIn(pass.toFields)['department']
  if (typeof cameFrom !== 'string' || cameFrom !== decision.want.department) return false
  return wentTo === row.departmentId && decider.departments.has(bareId('department', cameFrom))
}

const isSamePerson = (a: EmployeeId | null, b: EmployeeId | null): boolean => a !== null && a === b
