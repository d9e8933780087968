import type { Case, CaseSource, CaseText } from '../../domain/case.ts'
import { idOf } from '../../domain/id.ts'
import type { ClientId, DepartmentId, EmployeeId, KindId } from '../../domain/id.ts'
import { versionWith } from './fact.ts'
import { keyOf } from './funnels.ts'
import type { FunnelStage } from './funnels.ts'
import { readMarker } from './marker.ts'
import type { Marker, Standing } from './marker.ts'
import { idIn, isSet, numberIn, textIn, timeIn } from './record.ts'
import type { Bag } from './record.ts'
import { contactType, leadType, localOf, numberOf } from './ref.ts'
import type { Ref } from './ref.ts'
import { markerFor } from './world.ts'
import type { World } from './world.ts'

export type WholeCase = Case & Omit<CaseText, 'caseId'>

const dayMs = 86_400_000
const longestText = 20_000

/** Ids of one workspace out of the portal's numbers. */
export const employeeOf = ({ workspaceId }: World, id: number): EmployeeId =>
  idOf(workspaceId, 'employee', String(id))
export const roomOf = ({ workspaceId }: World, id: number): DepartmentId =>
  idOf(workspaceId, 'department', String(id))
export const kindOf = ({ workspaceId }: World, local: string): KindId =>
  idOf(workspaceId, 'kind', local)
/** `C_84` a contact, `CO_9` a company (bitrix24.md 3.1). */
export const clientOf = ({ workspaceId }: World, typeId: number, id: number): ClientId =>
  idOf(workspaceId, 'client', `${typeId === contactType ? 'C' : 'CO'}_${id}`)

/** A funnel is a kind of work: its cases weigh alike. */
export const kindName = (typeId: number, categoryId: number): string => `F${typeId}_${categoryId}`
export const taskKind = 'TASK'

/** Whoever is responsible by the rule of the workspace; null: the case has no owner. */
function ownerOf(
  { rule, roster }: World,
  raw: number | null,
  more: { readonly isAtInbox: boolean; readonly standing: Standing | null },
): number | null {
  if (raw === null) return null
  // Whoever has left does nothing more, at whatever stage the case is.
  if (roster.people.get(raw)?.isActive === false) return null
  if (!rule.inboxHolders.includes(raw)) return raw
  const isFree = more.standing === null ? more.isAtInbox : more.standing === 'free'
  return isFree ? null : raw
}

/** By the mark while it is of the responsible, else as it is known on this computer. */
function standingOf(
  { taken }: World,
  ref: Ref,
  raw: number | null,
  marked: Marker['standing'],
): Standing | null {
  if (marked && marked.by === raw) return marked.kind
  return taken.get(localOf(ref))?.kind ?? null
}

/**
 * The department of a case: that of who is responsible, inside my own the lowest when several, else
 * mine (design, «To whom a case without a responsible belongs»).
 */
function departmentOf(world: World, owner: number | null): DepartmentId | null {
  const mine = [...world.scope].toSorted((a, b) => a - b)
  const theirs = owner === null ? [] : (world.roster.people.get(owner)?.departmentIds ?? [])
  const inside = theirs.filter(id => world.scope.has(id)).toSorted((a, b) => a - b)
  const own = mine.find(id => world.roster.rooms.get(id)?.headId === world.me)
  const found = inside[0] ?? theirs[0] ?? own ?? mine[0]
  return found === undefined ? null : roomOf(world, found)
}

const sources: ReadonlyMap<string, CaseSource> = new Map([
  ['CALL', 'phone'],
  ['CALLBACK', 'phone'],
  ['EMAIL', 'mail'],
  ['WEB', 'web'],
  ['WEBFORM', 'web'],
  ['STORE', 'web'],
])

/** A day without a time is told as midnight UTC in the server's zone (bitrix24.md 4.10): until its end. */
function endOfDay(item: Bag, name: string): number | null {
  const at = timeIn(item, name)
  return at === null ? null : Math.floor(at / dayMs) * dayMs + dayMs - 1
}

/** An item of `crm.item.*` asked for with `useOriginalUfNames: 'Y'`; null when it has no id. */
export function caseOfItem(world: World, typeId: number, item: Bag): WholeCase | null {
  const id = idIn(item, 'id')
  if (id === null) return null
  const ref: Ref = { kind: 'item', typeId, id }
  const categoryId = typeId === leadType ? 0 : (numberIn(item, 'categoryId') ?? 0)
  const stageId = textIn(item, 'stageId')
  const stage = stageOf(world, typeId, categoryId, stageId)
  const raw = idIn(item, 'assignedById')
  const marker = markerFor(world, typeId)
  const marked = readMarker(marker === null ? null : item[marker]).standing
  const isAtInbox = world.inboxStages.get(keyOf({ typeId, categoryId }))?.has(stageId) === true
  const owner = ownerOf(world, raw, { isAtInbox, standing: standingOf(world, ref, raw, marked) })
  const isClosed = stage.status === 'closed'
  const updatedAt = timeIn(item, 'updatedTime') ?? 0
  return {
    ...caseBase(world, ref, owner),
    subject: textIn(item, 'title').trim() || numberOf(ref),
    kindId: kindOf(world, kindName(typeId, categoryId)),
    source: sources.get(textIn(item, 'sourceId')) ?? 'other',
    clientId: clientIn(world, item),
    status: stage.status,
    statusName: stage.name,
    dueAt: typeId === leadType ? null : endOfDay(item, 'closedate'),
    createdAt: timeIn(item, 'createdTime') ?? updatedAt,
    updatedAt,
    closedAt: isClosed ? (timeIn(item, 'movedTime') ?? updatedAt) : null,
    version: versionWith(updatedAt, world.taken.get(localOf(ref))),
    text: textIn(item, 'comments').slice(0, longestText),
  }
}

function stageOf(
  world: World,
  typeId: number,
  categoryId: number,
  stageId: string,
): Pick<FunnelStage, 'name' | 'status'> {
  const funnel = world.ways.get(keyOf({ typeId, categoryId }))
  return (
    funnel?.stages.find(stage => stage.stageId === stageId) ?? { name: stageId, status: 'open' }
  )
}

function clientIn(world: World, item: Bag): ClientId | null {
  const contact = idIn(item, 'contactId')
  if (contact !== null) return clientOf(world, contactType, contact)
  const company = idIn(item, 'companyId')
  return company === null ? null : clientOf(world, 4, company)
}

const finished = 5
const waitingForControl = 4
const deferred = 6
const pending = 2

/** A task of `tasks.task.list` (bitrix24.md 3.5): camelCase, ids and status as strings. */
export function caseOfTask(world: World, task: Bag): WholeCase | null {
  const id = idIn(task, 'id')
  if (id === null) return null
  const status = numberIn(task, 'status') ?? pending
  const ref: Ref = { kind: 'task', id }
  const raw = idIn(task, 'responsibleId')
  const isAtInbox = status === pending
  const owner = ownerOf(world, raw, { isAtInbox, standing: standingOf(world, ref, raw, null) })
  const changedAt = timeIn(task, 'changedDate') ?? timeIn(task, 'createdDate') ?? 0
  return {
    ...caseBase(world, ref, owner),
    subject: textIn(task, 'title').trim() || numberOf(ref),
    kindId: kindOf(world, taskKind),
    source: 'internal',
    clientId: null,
    status: taskStatus(status),
    statusName: null,
    dueAt: timeIn(task, 'deadline'),
    createdAt: timeIn(task, 'createdDate') ?? changedAt,
    updatedAt: changedAt,
    closedAt: status === finished ? (timeIn(task, 'closedDate') ?? changedAt) : null,
    priority: isSet(task, 'priority') || numberIn(task, 'priority') === 2 ? 2 : 1,
    version: versionWith(changedAt, world.taken.get(localOf(ref))),
    text: textIn(task, 'description').slice(0, longestText),
  }
}

function taskStatus(status: number): Case['status'] {
  if (status === finished) return 'closed'
  if (status === waitingForControl) return 'awaitingApproval'
  return status === deferred ? 'waiting' : 'open'
}

/** What is alike for everything on a portal. */
const caseBase = (world: World, ref: Ref, owner: number | null) => ({
  caseId: idOf(world.workspaceId, 'case', localOf(ref)),
  number: numberOf(ref),
  responsibleId: owner === null ? null : employeeOf(world, owner),
  departmentId: departmentOf(world, owner),
  clientName: null,
  deferredUntil: null,
  priority: 1,
  weight: 1,
  effortMs: null,
  requiredSkill: null,
  assignedAt: null,
  isMasked: false,
  phones: [],
  emails: [],
})
