import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { bareId } from '../bare-id.ts'
import { may } from '../rights/may.ts'
import { type Viewer, viewerAt } from '../rights/viewer.ts'
import { audit } from '../store/audit.ts'
import { readCase, writeCase } from '../store/cases.ts'
import type { HubStore, Writing } from '../store/hub-store.ts'
import type { CaseRow } from '../store/tables.ts'
import { actorOf, type Caller } from './caller.ts'
import { changesBetween, withFields } from './fields.ts'
import { Refusal } from './refusal.ts'
import { inboxReasons } from './route.ts'

const id = z.nullable(z.string().min(1).max(200))
const instant = z.nullable(z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000))

/** What may be changed in a case; a field that is absent is not touched. */
export const changeSchema = z.strictObject({
  /** The version the caller saw: with another one nothing is changed. */
  version: z.optional(z.int().min(0)),
  status: z.optional(z.enum(['open', 'waiting', 'awaitingApproval', 'closed'])),
  statusName: z.optional(z.nullable(z.string().max(200))),
  subject: z.optional(z.string().min(1).max(1000)),
  kindId: z.optional(id),
  dueAt: z.optional(instant),
  priority: z.optional(z.int().min(0).max(3)),
  weight: z.optional(z.number().min(0).max(1000)),
  effortMs: z.optional(z.nullable(z.number().min(0).max(1e12))),
  requiredSkill: z.optional(z.nullable(z.string().max(100))),
  responsibleId: z.optional(id),
  departmentId: z.optional(z.string().min(1).max(200)),
  deferredUntil: z.optional(instant),
})
export type CaseChange = z.infer<typeof changeSchema>

/** Changes a case by hand of a person or a machine; a case not to be seen is not found. Throws `Refusal`. */
export async function changeCase(
  store: HubStore,
  caller: Caller,
  caseId: string,
  change: CaseChange,
): Promise<CaseRow> {
  return store.write(async writing => {
    const { trx, world, at } = writing
    const viewer = viewerAt(world, caller, at)
    const row = await readCase(trx, bareId('case', caseId))
    if (!row || !may(viewer, { kind: 'see', theCase: row, now: at })) throw new Refusal('notFound')
    refuse(writing, viewer, row, change)
    const after = changed(row, change, at)
    const changes = changesBetween(row, after)
    const isAsked = (name: string) => name !== 'deferredUntil' || change.deferredUntil !== undefined
    if (!Object.keys(changes.to).some(isAsked)) return row
    const isPutBack =
      after.responsibleId === null &&
      after.status !== 'closed' &&
      (row.responsibleId !== null || after.departmentId !== row.departmentId)
    const verb = verbOf(row, after)
    const written = await writeCase(writing, row, after, {
      historyId: randomUUID(),
      verb,
      employeeId: caller.employeeId,
      decisionId: null,
      ...changes,
      ruleId: null,
      ruleVersion: null,
      reasons: isPutBack ? inboxReasons(world, after.departmentId, at).reasons : [],
    })
    await audit(trx, {
      at,
      actor: actorOf(caller),
      verb,
      entity: 'case',
      entityId: row.caseId,
      detail: {
        fields: Object.keys(changes.to),
        responsible: after.responsibleId,
        department: after.departmentId,
      },
    })
    return written
  })
}

function refuse({ world }: Writing, viewer: Viewer, row: CaseRow, change: CaseChange): void {
  if (!isAllowed(viewer, row, change)) throw new Refusal('forbidden')
  const { version, status, kindId, responsibleId, departmentId } = change
  if (version !== undefined && version !== row.version) throw new Refusal('changed', 'version')
  if (row.status === 'closed' && (status ?? 'closed') === 'closed') throw new Refusal('closed')
  if (departmentId && !world.index.departmentById.has(bareId('department', departmentId)))
    throw new Refusal('unknown', 'departmentId')
  if (kindId && !world.kinds.has(bareId('kind', kindId))) throw new Refusal('unknown', 'kindId')
  if (responsibleId) refuseReceiver(world, viewer, responsibleId)
}

/** Fields that say how a case goes, and those that say who does it; all others are its contents. */
const progress = new Set(['version', 'status', 'statusName'])
const givingOut = new Set(['responsibleId', 'departmentId', 'deferredUntil'])

function isAllowed(viewer: Viewer, theCase: CaseRow, change: CaseChange): boolean {
  const names = Object.keys(change)
  const isGivenOut = names.some(name => givingOut.has(name))
  const isContent = names.some(name => !givingOut.has(name) && !progress.has(name))
  if (isGivenOut && !may(viewer, { kind: 'giveOut', theCase })) return false
  if (isContent && !may(viewer, { kind: 'change', theCase })) return false
  return may(viewer, { kind: 'progress', theCase })
}

function refuseReceiver(world: Writing['world'], viewer: Viewer, responsibleId: string): void {
  const employee = world.index.employeeById.get(bareId('employee', responsibleId))
  if (!employee) throw new Refusal('unknown', 'responsibleId')
  if (employee.isDismissed) throw new Refusal('employeeDismissed', 'responsibleId')
  if (!may(viewer, { kind: 'giveTo', employeeId: employee.employeeId }))
    throw new Refusal('forbidden', 'responsibleId')
}

function changed(row: CaseRow, change: CaseChange, at: number): CaseRow {
  const given = withFields(
    row,
    {
      responsible: change.responsibleId,
      department: change.departmentId,
      deferredUntil: change.deferredUntil,
    },
    at,
  )
  const status = change.status ?? row.status
  const isSameStatus = status === row.status
  return {
    ...given,
    status,
    statusName:
      change.statusName === undefined ? (isSameStatus ? row.statusName : null) : change.statusName,
    closedAt: isSameStatus ? row.closedAt : status === 'closed' ? at : null,
    subject: change.subject ?? row.subject,
    kindId: change.kindId === undefined ? row.kindId : bareId('kind', change.kindId),
    dueAt: change.dueAt === undefined ? row.dueAt : change.dueAt,
    priority: change.priority ?? row.priority,
    weight: change.weight ?? row.weight,
    effortMs: change.effortMs === undefined ? row.effortMs : change.effortMs,
    requiredSkill: change.requiredSkill === undefined ? row.requiredSkill : change.requiredSkill,
  }
}

function verbOf(before: CaseRow, after: CaseRow): string {
  if (before.status !== after.status)
    return after.status === 'closed' ? 'closed' : before.status === 'closed' ? 'reopen' : 'status'
  if (before.departmentId !== after.departmentId) return 'pass'
  if (before.responsibleId !== after.responsibleId)
    return after.responsibleId === null ? 'return' : 'assign'
  return before.deferredUntil === after.deferredUntil ? 'changed' : 'defer'
}
