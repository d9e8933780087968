import { record } from './changes.ts'
import type { Author, Task } from './rows.ts'
import type { Values } from './values.ts'
import type { World } from './world.ts'

export type TaskDraft = Partial<Omit<Task, 'id' | 'createdDate' | 'changedDate' | 'activityDate'>>

export function addTask(world: World, draft: TaskDraft, author: Author): Task {
  const at = world.time.second()
  const task: Task = {
    title: '',
    description: '',
    status: 2,
    responsibleId: author.userId,
    createdBy: author.userId,
    changedBy: author.userId,
    accomplices: [],
    auditors: [],
    groupId: 0,
    flowId: null,
    stageId: 0,
    deadline: null,
    closedDate: null,
    bindings: [],
    ...draft,
    id: world.tasks.nextId(),
    createdDate: at,
    changedDate: at,
    activityDate: at,
  }
  world.tasks.put(task, world.time.now())
  note(world, task, author, { title: task.title, responsibleId: task.responsibleId })
  tell(world, 'ONTASKADD', { FIELDS_BEFORE: 'undefined', FIELDS_AFTER: { ID: task.id } })
  return task
}

const followed = [
  ['RESPONSIBLE_ID', 'responsibleId'],
  ['STATUS', 'status'],
  ['TITLE', 'title'],
  ['DEADLINE', 'deadline'],
  ['GROUP_ID', 'groupId'],
] as const

/** Changes a task and writes what became of it into its history (bitrix24.md 3.5). */
export function changeTask(world: World, task: Task, fields: TaskDraft, author: Author): Task {
  const at = world.time.second()
  const isClosing = fields.status === 5 && task.status !== 5
  const after: Task = {
    ...task,
    ...fields,
    changedBy: author.userId,
    changedDate: at,
    activityDate: at,
    closedDate: isClosing ? at : fields.status === undefined ? task.closedDate : null,
  }
  const changes = followed.filter(([, name]) => task[name] !== after[name])
  for (const [field, name] of changes)
    world.taskChanges.put(
      {
        id: world.taskChanges.nextId(),
        taskId: task.id,
        at,
        field,
        from: String(task[name] ?? ''),
        to: String(after[name] ?? ''),
        userId: author.userId,
      },
      at,
    )
  const told = Object.fromEntries(followed.map(([, name]) => [name, after[name]]))
  const written = Object.keys(fields)
  note(
    world,
    task,
    author,
    Object.fromEntries(Object.entries(told).filter(([name]) => written.includes(name))),
  )
  world.tasks.put(after, world.time.now())
  tell(world, 'ONTASKUPDATE', { FIELDS_BEFORE: { ID: task.id }, FIELDS_AFTER: { ID: task.id } })
  return after
}

export function removeTask(world: World, task: Task, author: Author): void {
  world.tasks.remove(task.id, world.time.now())
  note(world, task, author, {})
  tell(world, 'ONTASKDELETE', { FIELDS_BEFORE: { ID: task.id }, FIELDS_AFTER: 'undefined' })
}

function note(world: World, task: Task, author: Author, fields: Values): void {
  record(world, { author, what: 'task', entityTypeId: null, id: task.id, fields, isChanged: true })
}

function tell(world: World, name: string, data: unknown): void {
  world.events.tell(name, data, world.time.second(), world.connector)
}
