import {
  type Answer,
  authorOf,
  type Call,
  callerOf,
  isOver,
  type Methods,
  viewOf,
} from '../call.ts'
import type { Rules } from '../filter.ts'
import { pageOf } from '../paging.ts'
import { RestError } from '../rest-error.ts'
import type { Task, TaskChange } from '../rows.ts'
import { addTask, changeTask, removeTask, type TaskDraft } from '../task-changes.ts'
import { idsOf, intOf, isRecord, listOf, type Params, paramOf, textOf } from '../values.ts'
import { actionsOf, mayDelegate, mayEdit, mayRead, shownTask } from './task-view.ts'

const denied = (suffix = ' (internal error)'): RestError =>
  new RestError(400, '0', `Action on the task is not allowed${suffix}`)

const rules = (call: Call): Rules<Task> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    const numbers: Readonly<Record<string, (task: Task) => unknown>> = {
      RESPONSIBLE_ID: task => task.responsibleId,
      CREATED_BY: task => task.createdBy,
      GROUP_ID: task => task.groupId,
      FLOW_ID: task => task.flowId,
      STATUS: task => task.status,
      REAL_STATUS: task => task.status,
      ACCOMPLICE: task => task.accomplices,
      AUDITOR: task => task.auditors,
      STAGE_ID: task => task.stageId,
    }
    const moments: Readonly<Record<string, (task: Task) => unknown>> = {
      CHANGED_DATE: task => task.changedDate,
      CREATED_DATE: task => task.createdDate,
      CLOSED_DATE: task => task.closedDate,
      ACTIVITY_DATE: task => task.activityDate,
      DEADLINE: task => task.deadline,
    }
    const field = name.toUpperCase()
    if (field === 'ID') return { as: 'number', isId: true, read: task => task.id }
    if (field === 'TITLE') return { as: 'text', read: task => task.title }
    if (field === 'UF_CRM_TASK') return { as: 'text', read: task => task.bindings }
    const number = numbers[field]
    if (number) return { as: 'number', read: number }
    const moment = moments[field]
    return moment ? { as: 'moment', read: moment } : null
  },
})

/** Rows lie in `result.tasks`; without an order the newest come first (bitrix24.md 3.5). */
function list(call: Call): Answer {
  const page = pageOf({
    view: viewOf(call, call.world.tasks),
    params: call.params,
    rules: rules(call),
    isReadable: task => mayRead(call, task),
    isDescendingById: true,
  })
  const select = namesOf(call)
  const tasks = page.rows.map(task => shownTask(call, task, select))
  return { result: { tasks }, total: page.total ?? 0, next: page.next }
}

function namesOf(call: Call): ReadonlySet<string> | null {
  const names = listOf(paramOf(call.params, 'select')).map(each => textOf(each).toUpperCase())
  return names.length === 0 || names.includes('*') ? null : new Set(names)
}

function taskId(call: Call): number {
  const raw = paramOf(call.params, 'taskId')
  if (raw === undefined || raw === null)
    throw new RestError(400, '100', 'Could not find value for parameter {taskId} (internal error)')
  const id = intOf(raw)
  if (id === null || id <= 0) throw new RestError(400, '0', 'wrong task id (internal error)')
  return id
}

/** A task to change: missing and hidden ones look the same (bitrix24.md 3.5). */
function taskToChange(call: Call): Task {
  const task = call.world.tasks.one(taskId(call))
  if (!task || !mayRead(call, task)) throw denied()
  return task
}

/** A task that is not there, or may not be seen, is an empty list and no error (11.1). */
function one(call: Call): Answer {
  const task = viewOf(call, call.world.tasks).one(taskId(call))
  if (!task || !mayRead(call, task)) return { result: [] }
  return { result: { task: shownTask(call, task, namesOf(call)) } }
}

function fieldsOf(call: Call): Params {
  const raw = paramOf(call.params, 'fields')
  if (isRecord(raw)) return raw
  throw new RestError(400, '100', 'Could not find value for parameter {fields} (internal error)')
}

function draftOf(call: Call, fields: Params): TaskDraft {
  const raw = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.toUpperCase(), value]),
  )
  const responsibleId = intOf(raw['RESPONSIBLE_ID'])
  if (raw['RESPONSIBLE_ID'] !== undefined) checkPerson(call, responsibleId)
  const status = intOf(raw['STATUS'])
  const groupId = intOf(raw['GROUP_ID'])
  return {
    ...(responsibleId === null ? {} : { responsibleId }),
    ...(status === null ? {} : { status }),
    ...(groupId === null ? {} : { groupId }),
    ...(raw['TITLE'] === undefined ? {} : { title: textOf(raw['TITLE']) }),
    ...(raw['DESCRIPTION'] === undefined ? {} : { description: textOf(raw['DESCRIPTION']) }),
    ...(raw['DEADLINE'] === undefined
      ? {}
      : { deadline: call.world.time.parse(textOf(raw['DEADLINE'])) }),
    ...(raw['ACCOMPLICES'] === undefined ? {} : { accomplices: idsOf(raw['ACCOMPLICES']) }),
    ...(raw['AUDITORS'] === undefined ? {} : { auditors: idsOf(raw['AUDITORS']) }),
    ...(raw['UF_CRM_TASK'] === undefined
      ? {}
      : { bindings: listOf(raw['UF_CRM_TASK']).map(textOf).filter(Boolean) }),
  }
}

/** Only somebody who never was is refused; the dismissed are taken (bitrix24.md 11.7). */
function checkPerson(call: Call, userId: number | null): void {
  if (userId !== null && call.world.people.one(userId)) return
  throw new RestError(
    400,
    'ERROR_CORE',
    'The user specified in the "Responsible" field was not found<br>',
  )
}

function changed(call: Call, task: Task): Answer {
  if (!call.quirks.hasTaskInUpdate) return { result: true }
  return { result: { task: { ...shownTask(call, task, null), action: actionsOf(call, task) } } }
}

function update(call: Call): Answer {
  const task = taskToChange(call)
  const fields = draftOf(call, fieldsOf(call))
  if (!mayEdit(call, task)) throw denied()
  return changed(call, changeTask(call.world, task, fields, authorOf(call)))
}

function delegate(call: Call): Answer {
  const task = taskToChange(call)
  const raw = paramOf(call.params, 'userId')
  if (raw === undefined)
    throw new RestError(400, '100', 'Could not find value for parameter {userId}')
  const responsibleId = intOf(raw)
  checkPerson(call, responsibleId)
  if (responsibleId === null || !mayDelegate(call, task)) throw denied('')
  const auditors = [...new Set([...task.auditors, call.actor.userId])]
  return changed(call, changeTask(call.world, task, { responsibleId, auditors }, authorOf(call)))
}

function add(call: Call): Answer {
  const fields = draftOf(call, fieldsOf(call))
  if (!fields.title) throw new RestError(400, 'ERROR_CORE', 'Task title is not specified<br>')
  const task = addTask(call.world, fields, authorOf(call))
  return { result: { task: shownTask(call, task, null) } }
}

function remove(call: Call): Answer {
  const task = taskToChange(call)
  if (!mayEdit(call, task)) throw denied()
  removeTask(call.world, task, authorOf(call))
  return { result: { task: true } }
}

const historyRules = (call: Call): Rules<TaskChange> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    if (name === 'ID') return { as: 'number', isId: true, read: row => row.id }
    if (name === 'FIELD') return { as: 'text', read: row => row.field }
    return name === 'CREATED_DATE' ? { as: 'moment', read: row => row.at } : null
  },
})

/** Tells a deleted task (an empty list) from a hidden one (an error) (bitrix24.md 11.2). */
function history(call: Call): Answer {
  const id = taskId(call)
  const task = call.world.tasks.one(id)
  if (!task) return { result: { list: [] } }
  if (!mayRead(call, task)) throw new RestError(400, '0', 'Access denied. (internal error)')
  const page = pageOf({
    view: viewOf(call, call.world.taskChanges),
    params: { ...call.params, start: -1 },
    rules: historyRules(call),
    isReadable: row => row.taskId === id,
  })
  const rows = page.rows.map(row => {
    const person = call.world.people.one(row.userId)
    return {
      id: row.id,
      createdDate: call.world.time.iso(row.at),
      field: row.field,
      value: { from: row.from, to: row.to },
      user: { id: row.userId, name: person?.name, lastName: person?.lastName, login: '' },
    }
  })
  return { result: { list: rows } }
}

function access(call: Call): Answer {
  const task = call.world.tasks.one(taskId(call))
  if (!task || !mayRead(call, task)) return { result: [] }
  const users = idsOf(paramOf(call.params, 'users'))
  const ids = users.length === 0 ? [callerOf(call).id] : users
  const known = ids.filter(userId => call.world.people.one(userId))
  const entries = known.map(userId => {
    const asUser = { ...call, actor: { ...call.actor, userId } }
    return [
      String(userId),
      {
        READ: mayRead(asUser, task),
        EDIT: mayEdit(asUser, task),
        DELEGATE: mayDelegate(asUser, task),
        REMOVE: isOver(asUser, task.createdBy),
      },
    ] as const
  })
  return { result: { allowedActions: Object.fromEntries(entries) } }
}

/** Tasks of the second protocol: asked in UPPER_CASE, answered in camelCase (bitrix24.md 3.5). */
export const tasks: Methods = {
  'tasks.task.list': { scope: 'task', run: list },
  'tasks.task.get': { scope: 'task', run: one },
  'tasks.task.update': { scope: 'task', isWrite: true, run: update },
  'tasks.task.delegate': { scope: 'task', isWrite: true, run: delegate },
  'tasks.task.add': { scope: 'task', isWrite: true, run: add },
  'tasks.task.delete': { scope: 'task', isWrite: true, run: remove },
  'tasks.task.history.list': { scope: 'task', run: history },
  'tasks.task.getaccess': { scope: 'task', run: access },
}
