import { randomUUID } from 'node:crypto'
import { bareId } from '../bare-id.ts'
import type { NewCase } from '../protocol.ts'
import { may } from '../rights/may.ts'
import { viewerAt } from '../rights/viewer.ts'
import { audit } from '../store/audit.ts'
import { readCase, writeCase } from '../store/cases.ts'
import { nextOf } from '../store/counters.ts'
import type { HubStore, Writing } from '../store/hub-store.ts'
import type { CaseRow } from '../store/tables.ts'
import type { World } from '../store/world.ts'
import { actorOf, type Caller } from './caller.ts'
import { firstOutcome, keepOutcome } from './once.ts'
import { Refusal } from './refusal.ts'
import { routeOf, type Route } from './route.ts'

export interface Created {
  readonly row: CaseRow
  readonly replayed: boolean
}

/** Makes a case once for a `requestId` and sends it where it belongs. Throws `Refusal` or `OtherContent`. */
export async function createCase(
  store: HubStore,
  caller: Caller,
  wanted: NewCase,
): Promise<Created> {
  return store.write(async writing => {
    const { trx, at } = writing
    const asked = { id: wanted.requestId, content: [caller.tokenId, wanted] }
    const before = await firstOutcome(trx, asked)
    if (before !== null) {
      const row = await readCase(trx, bareId('case', caseIdIn(before)))
      if (!row) throw new Refusal('deleted')
      return { row, replayed: true }
    }
    const row = await writeNew(writing, caller, wanted)
    await keepOutcome(trx, asked, { caseId: row.caseId }, at)
    return { row, replayed: false }
  })
}

async function writeNew(writing: Writing, caller: Caller, wanted: NewCase): Promise<CaseRow> {
  const { world, at, trx } = writing
  const placed = {
    departmentId: bareId('department', wanted.departmentId ?? null),
    kindId: bareId('kind', wanted.kindId ?? null),
    responsibleId: bareId('employee', wanted.responsibleId ?? null),
  }
  refuseUnknown(world, placed)
  const clientId = await knownClient(writing, wanted.clientId ?? null)
  const route = routeOf(world, placed, at)
  if (!route) throw new Refusal('noDepartments')
  const viewer = viewerAt(world, caller, at)
  if (
    !may(viewer, {
      kind: 'create',
      departmentId: route.departmentId,
      responsibleId: placed.responsibleId,
    })
  )
    throw new Refusal('forbidden', placed.responsibleId === null ? undefined : 'responsibleId')
  const number = wanted.number ?? String(await nextOf(trx, 'number'))
  const row = {
    ...blank(wanted, at),
    ...placed,
    clientId,
    number,
    departmentId: route.departmentId,
  }
  if (wanted.weight === undefined)
    row.weight = world.kinds.get(placed.kindId ?? bareId('kind', ''))?.weight ?? 1
  if (clientId !== null) row.clientName = await nameOfClient(writing, clientId)
  return record(writing, caller, row, route)
}

function blank(wanted: NewCase, at: number) {
  return {
    caseId: bareId('case', randomUUID()),
    subject: wanted.subject,
    text: wanted.text ?? '',
    phones: JSON.stringify(wanted.phones ?? []),
    emails: JSON.stringify(wanted.emails ?? []),
    source: wanted.source ?? 'other',
    clientName: wanted.clientName ?? null,
    status: 'open' as const,
    statusName: null,
    deferredUntil: null,
    dueAt: wanted.dueAt ?? null,
    priority: wanted.priority ?? 1,
    weight: wanted.weight ?? 1,
    effortMs: wanted.effortMs ?? null,
    requiredSkill: wanted.requiredSkill ?? null,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    assignedAt: wanted.responsibleId ? at : null,
  }
}

async function record(
  writing: Writing,
  caller: Caller,
  fresh: Omit<CaseRow, 'version'>,
  route: Route,
): Promise<CaseRow> {
  const { trx, at } = writing
  const to = {
    department: fresh.departmentId,
    responsible: fresh.responsibleId,
    status: fresh.status,
  }
  const row = await writeCase(writing, null, fresh, {
    historyId: randomUUID(),
    verb: 'created',
    employeeId: caller.employeeId,
    decisionId: null,
    from: {},
    to,
    ruleId: null,
    ruleVersion: null,
    reasons: route.reasons,
  })
  await audit(trx, {
    at,
    actor: actorOf(caller),
    verb: 'create',
    entity: 'case',
    entityId: row.caseId,
    detail: { ...to, headId: route.headId, reasons: route.reasons },
  })
  return row
}

function refuseUnknown(
  world: World,
  { departmentId, kindId, responsibleId }: Parameters<typeof routeOf>[1],
): void {
  if (departmentId !== null && !world.index.departmentById.has(departmentId))
    throw new Refusal('unknown', 'departmentId')
  if (kindId !== null && !world.kinds.has(kindId)) throw new Refusal('unknown', 'kindId')
  if (responsibleId === null) return
  const employee = world.index.employeeById.get(responsibleId)
  if (!employee) throw new Refusal('unknown', 'responsibleId')
  if (employee.isDismissed) throw new Refusal('employeeDismissed', 'responsibleId')
}

async function knownClient(writing: Writing, id: string | null): Promise<CaseRow['clientId']> {
  if (id === null) return null
  const clientId = bareId('client', id)
  const row = await writing.trx
    .selectFrom('clients')
    .select('clientId')
    .where('clientId', '=', clientId)
    .executeTakeFirst()
  if (!row) throw new Refusal('unknown', 'clientId')
  return clientId
}

async function nameOfClient(
  writing: Writing,
  clientId: NonNullable<CaseRow['clientId']>,
): Promise<string | null> {
  const row = await writing.trx
    .selectFrom('clients')
    .select('name')
    .where('clientId', '=', clientId)
    .executeTakeFirst()
  return row?.name ?? null
}

/** The outcome of a request that made a case. */
function caseIdIn(outcome: string): string {
  const kept: { readonly caseId: string } = JSON.parse(outcome)
  return kept.caseId
}
