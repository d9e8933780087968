import { type Call, callerOf, isOver } from '../call.ts'
import type { Task } from '../rows.ts'

const groupOf = (call: Call, task: Task) =>
  task.groupId === 0 ? undefined : call.world.groups.one(task.groupId)

/** Its people, those above them, the members of its group, an administrator. */
export function mayRead(call: Call, task: Task): boolean {
  const { userId } = call.actor
  const people = [task.responsibleId, task.createdBy, ...task.accomplices, ...task.auditors]
  return (
    people.includes(userId) ||
    groupOf(call, task)?.members.includes(userId) === true ||
    people.some(id => isOver(call, id))
  )
}

/** Its creator, an administrator, who leads its group; heads, where the portal lets them (9.9). */
export function mayEdit(call: Call, task: Task): boolean {
  const { userId } = call.actor
  if (task.createdBy === userId || callerOf(call).isAdmin || call.quirks.rights === 'all')
    return true
  if (groupOf(call, task)?.ownerId === userId) return true
  const isAbove = isOver(call, task.createdBy) || isOver(call, task.responsibleId)
  const isOnlyOwn = task.responsibleId === userId && !call.world.under(userId).has(task.createdBy)
  return call.quirks.taskEditors === 'heads' && isAbove && !isOnlyOwn
}

/** Also who is responsible now (bitrix24.md 3.5). */
export const mayDelegate = (call: Call, task: Task): boolean =>
  task.responsibleId === call.actor.userId || mayEdit(call, task)

export function actionsOf(call: Call, task: Task): Record<string, boolean> {
  const isOwn = task.responsibleId === call.actor.userId
  return {
    edit: mayEdit(call, task),
    delegate: mayDelegate(call, task),
    remove: isOver(call, task.createdBy),
    complete: isOwn || mayEdit(call, task),
    start: isOwn && task.status === 2,
    take: false,
  }
}

/** Ids are text; an empty binding is recorded as false (bitrix24.md 3.5, 11.14). */
export function shownTask(
  call: Call,
  task: Task,
  select: ReadonlySet<string> | null,
): Record<string, unknown> {
  const { time } = call.world
  const iso = (at: number | null) => (at === null ? null : time.iso(at))
  const all: Readonly<Record<string, readonly [name: string, value: unknown]>> = {
    ID: ['id', String(task.id)],
    TITLE: ['title', task.title],
    DESCRIPTION: ['description', task.description],
    STATUS: ['status', String(task.status)],
    RESPONSIBLE_ID: ['responsibleId', String(task.responsibleId)],
    CREATED_BY: ['createdBy', String(task.createdBy)],
    CHANGED_BY: ['changedBy', String(task.changedBy)],
    ACCOMPLICES: ['accomplices', task.accomplices.map(String)],
    AUDITORS: ['auditors', task.auditors.map(String)],
    GROUP_ID: ['groupId', String(task.groupId)],
    FLOW_ID: ['flowId', task.flowId === null ? null : String(task.flowId)],
    STAGE_ID: ['stageId', String(task.stageId)],
    DEADLINE: ['deadline', iso(task.deadline)],
    CREATED_DATE: ['createdDate', iso(task.createdDate)],
    CHANGED_DATE: ['changedDate', iso(task.changedDate)],
    ACTIVITY_DATE: ['activityDate', iso(task.activityDate)],
    CLOSED_DATE: ['closedDate', iso(task.closedDate)],
    UF_CRM_TASK: ['ufCrmTask', task.bindings.length === 0 ? false : task.bindings],
  }
  const shown = Object.entries(all)
    .filter(([name]) => select === null || select.has(name) || name === 'ID')
    .map(([, pair]) => pair)
  return {
    ...Object.fromEntries(shown),
    ...peopleOf(call, task, select),
    group: shownGroup(call, task),
    subStatus: subStatusOf(task, time.now()),
  }
}

function subStatusOf(task: Task, now: number): string {
  const isLate = task.deadline !== null && task.deadline < now && task.status < 4
  return isLate ? '-1' : String(task.status)
}

function shownGroup(call: Call, task: Task): unknown {
  const group = groupOf(call, task)
  return group ? { id: String(group.id), name: group.name, opened: true } : []
}

function peopleOf(
  call: Call,
  task: Task,
  select: ReadonlySet<string> | null,
): Record<string, unknown> {
  const shown = (userId: number) => {
    const person = call.world.people.one(userId)
    return {
      id: String(userId),
      name: person ? `${person.name} ${person.lastName}` : '',
      link: `/company/personal/user/${userId}/`,
      icon: '',
      workPosition: person?.post ?? '',
    }
  }
  return {
    ...(select === null || select.has('RESPONSIBLE_ID')
      ? { responsible: shown(task.responsibleId) }
      : {}),
    ...(select === null || select.has('CREATED_BY') ? { creator: shown(task.createdBy) } : {}),
  }
}
