import { addItem, changeItem, record, removeItem } from './changes.ts'
import { everything, renderItem } from './render-item.ts'
import type { Absence, Author, Item, Person, PhoneCall, Task, WorkDay, Write } from './rows.ts'
import { addTask, changeTask, removeTask, type TaskDraft } from './task-changes.ts'
import type { Values } from './values.ts'
import type { ItemRefusal, World } from './world.ts'

/** What other people do in the portal while a program looks at it; `by` is who does it. */
export interface Hands {
  /** Every write carried out, in order, whoever did it. */
  readonly writes: readonly Write[]
  /** An item as crm.item.get would show it to an administrator, or null. */
  item(entityTypeId: number, id: number): Record<string, unknown> | null
  /** Ids and responsibles, for the whole entity. */
  owners(entityTypeId: number): ReadonlyMap<number, number>
  createItem(entityTypeId: number, fields: Values, by?: number): number
  changeItem(entityTypeId: number, id: number, fields: Values, by?: number): void
  giveItem(entityTypeId: number, id: number, userId: number, by?: number): void
  moveStage(entityTypeId: number, id: number, stageId: string, by?: number): void
  deleteItem(entityTypeId: number, id: number, by?: number): void
  /** From now on updates of this item are refused so; null: no longer. */
  refuse(entityTypeId: number, id: number, error: ItemRefusal | null): void
  task(id: number): Task | null
  createTask(draft: TaskDraft, by?: number): number
  changeTask(id: number, draft: TaskDraft, by?: number): void
  giveTask(id: number, userId: number, by?: number): void
  deleteTask(id: number, by?: number): void
  hire(person: Pick<Person, 'name' | 'lastName' | 'departments'>): number
  dismiss(userId: number): void
  moveTo(userId: number, departments: readonly number[]): void
  setHead(departmentId: number, userId: number | null): void
  setAdmin(userId: number, isAdmin: boolean): void
  setDay(userId: number, day: Partial<WorkDay>): void
  putOnLeave(userId: number, from: number, until: number): void
  addAbsence(absence: Omit<Absence, 'id'>): number
  addCall(call: Omit<PhoneCall, 'id'>): number
}

const usualHand = 1

/** The people of the portal, at work with their own hands: no limits, no rights, no network. */
export function createHands(world: World): Hands {
  const author = (method: string, by = usualHand): Author => ({ userId: by, via: 'hand', method })
  const itemOf = (entityTypeId: number, id: number): Item => {
    const item = world.items(entityTypeId)?.one(id)
    if (!item) throw new RangeError(`there is no item ${entityTypeId}:${id}`)
    return item
  }
  const taskOf = (id: number): Task => {
    const task = world.tasks.one(id)
    if (!task) throw new RangeError(`there is no task ${id}`)
    return task
  }
  const change = (entityTypeId: number, id: number, fields: Values, by?: number) =>
    void changeItem(world, itemOf(entityTypeId, id), fields, author('change', by))
  const edit = (id: number, draft: TaskDraft, by?: number) =>
    void changeTask(world, taskOf(id), draft, author('change', by))
  return {
    writes: world.writes,
    item(entityTypeId, id) {
      const item = world.items(entityTypeId)?.one(id)
      return item ? renderItem(world, item, everything) : null
    },
    owners: entityTypeId =>
      new Map((world.items(entityTypeId)?.all() ?? []).map(item => [item.id, world.ownerOf(item)])),
    createItem: (entityTypeId, fields, by) =>
      addItem(world, entityTypeId, fields, author('create', by)).id,
    changeItem: change,
    giveItem: (entityTypeId, id, userId, by) =>
      change(entityTypeId, id, { assignedById: userId }, by),
    moveStage: (entityTypeId, id, stageId, by) => change(entityTypeId, id, { stageId }, by),
    deleteItem: (entityTypeId, id, by) =>
      removeItem(world, itemOf(entityTypeId, id), author('delete', by)),
    refuse(entityTypeId, id, error) {
      if (error) world.refusals.set(`${entityTypeId}:${id}`, error)
      else world.refusals.delete(`${entityTypeId}:${id}`)
    },
    task: id => world.tasks.one(id) ?? null,
    createTask: (draft, by) => addTask(world, draft, author('create', by)).id,
    changeTask: edit,
    giveTask: (id, responsibleId, by) => edit(id, { responsibleId }, by),
    deleteTask: (id, by) => removeTask(world, taskOf(id), author('delete', by)),
    ...peopleHands(world),
  }
}

type PeopleHands = Pick<
  Hands,
  | 'hire'
  | 'dismiss'
  | 'moveTo'
  | 'setHead'
  | 'setAdmin'
  | 'setDay'
  | 'putOnLeave'
  | 'addAbsence'
  | 'addCall'
>

function peopleHands(world: World): PeopleHands {
  const change = (userId: number, changed: Partial<Person>, method: string) => {
    const person = world.people.one(userId)
    if (!person) throw new RangeError(`there is no user ${userId}`)
    const changedAt = world.time.second()
    world.people.put({ ...person, ...changed, changedAt }, world.time.now())
    world.orgChanged()
    const author: Author = { userId: usualHand, via: 'hand', method }
    const isChanged = true
    record(world, { author, what: 'person', entityTypeId: null, id: userId, fields: {}, isChanged })
  }
  const addAbsence = (absence: Omit<Absence, 'id'>): number => {
    const id = world.absences.nextId()
    world.absences.put({ id, ...absence }, world.time.second())
    return id
  }
  return {
    hire(draft) {
      const id = world.people.nextId()
      world.people.put(newcomer(world, id, draft), world.time.second())
      world.orgChanged()
      world.events.tell('ONUSERADD', { ID: id }, world.time.second())
      return id
    },
    dismiss: userId => change(userId, { isActive: false }, 'dismiss'),
    moveTo: (userId, departments) => change(userId, { departments }, 'move'),
    setAdmin: (userId, isAdmin) => change(userId, { isAdmin }, 'admin'),
    setDay(userId, day) {
      const person = world.people.one(userId)
      if (person) change(userId, { day: { ...person.day, ...day } }, 'day')
    },
    setHead(departmentId, headId) {
      const department = world.departments.one(departmentId)
      if (department) world.departments.put({ ...department, headId }, world.time.second())
      world.orgChanged()
    },
    putOnLeave: (userId, from, until) =>
      void addAbsence({
        userId,
        name: '',
        from,
        until,
        accessibility: 'absent',
        isFromHr: true,
      }),
    addAbsence,
    addCall(call) {
      const id = world.calls.nextId()
      world.calls.put({ id, ...call }, world.time.second())
      return id
    },
  }
}

function newcomer(
  world: World,
  id: number,
  draft: Pick<Person, 'name' | 'lastName' | 'departments'>,
): Person {
  return {
    id,
    isActive: true,
    post: '',
    kind: 'employee',
    isAdmin: false,
    innerPhone: '',
    registeredAt: world.time.second(),
    changedAt: world.time.second(),
    day: { status: 'CLOSED', startedAt: null, finishedAt: null, isTracked: true },
    ...draft,
  }
}
