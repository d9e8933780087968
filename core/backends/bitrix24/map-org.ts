import type { Kind } from '../../domain/case.ts'
import { idOf } from '../../domain/id.ts'
import type { Entity } from '../../domain/id.ts'
import type { Absence, Department, Employee, Post } from '../../domain/org.ts'
import type { Page } from '../backend.ts'
import { employeeOf, kindName, kindOf, roomOf, taskKind } from './map-case.ts'
import { leadType } from './ref.ts'
import type { Person } from './roster.ts'
import type { World } from './world.ts'

const departmentsOf = (world: World): Department[] =>
  [...world.roster.rooms.values()].map(({ id, parentId, name }) => ({
    departmentId: roomOf(world, id),
    parentId: parentId === null ? null : roomOf(world, parentId),
    name,
    defaultLimit: null,
    hoursPerPoint: null,
    zone: null,
  }))

/** A portal knows no posts, only who heads a department and who works in it. */
function postsOf(world: World): Post[] {
  const { rooms, people } = world.roster
  const heads = [...rooms.values()].flatMap(({ id, headId }) => {
    const head = headId === null ? undefined : people.get(headId)
    return head ? post(world, head, id, true) : []
  })
  const members = [...people.values()].flatMap(person =>
    person.isActive
      ? person.departmentIds
          .filter(id => rooms.has(id) && rooms.get(id)?.headId !== person.id)
          .map(id => post(world, person, id, false))
      : [],
  )
  return [...heads, ...members]
}

const post = (world: World, person: Person, roomId: number, isHead: boolean): Post => ({
  postId: idOf(world.workspaceId, 'post', `${roomId}_${isHead ? 'head' : person.id}`),
  departmentId: roomOf(world, roomId),
  name: person.post,
  employeeId: employeeOf(world, person.id),
  isHead,
})

const employeesOf = (world: World): Employee[] =>
  [...world.roster.people.values()].map(person => ({
    employeeId: employeeOf(world, person.id),
    name: person.name,
    // Who is in no department sees tasks of some workgroup at most, and is offered for nothing.
    isExternal: person.isExtranet && person.departmentIds.length > 0,
    isDismissed: !person.isActive,
    limit: null,
    kindLimits: {},
    skills: [],
    week: null,
    isDayOpen: world.presence.openDays.get(person.id) ?? null,
    lastAssignedAt: null,
  }))

/** Each funnel is a kind, and so are all tasks together. */
function kindsOf(world: World): Kind[] {
  const funnels = world.funnels.map(({ typeId, categoryId, name }) => ({
    local: kindName(typeId, categoryId),
    name: typeId === leadType ? world.names.leads : name || world.names.deals,
  }))
  const tasks = world.rule.hasTasks ? [{ local: taskKind, name: world.names.tasks }] : []
  return [...funnels, ...tasks].map(({ local, name }) => ({
    kindId: kindOf(world, local),
    name,
    weight: 1,
    departmentId: null,
    doesWaitingStopClock: true,
  }))
}

/** A portal does not say why somebody is away. */
const absencesOf = (world: World): Absence[] =>
  world.presence.away.map(({ id, person, fromAt, untilAt }) => ({
    absenceId: idOf(world.workspaceId, 'absence', id),
    employeeId: employeeOf(world, person),
    kind: 'other',
    fromAt,
    untilAt,
  }))

/** The whole company as it is told in a page. */
export const companyOf = (world: World) => ({
  departments: departmentsOf(world),
  posts: postsOf(world),
  employees: employeesOf(world),
  absences: absencesOf(world),
  kinds: kindsOf(world),
})

/** What was told of the company before and is no more. */
export function goneFrom(before: World, now: World): Page['gone'] {
  const [was, is] = [companyOf(before), companyOf(now)]
  const missing = <T>(
    entity: Entity,
    list: (of: typeof was) => readonly T[],
    id: (one: T) => string,
  ) => {
    const left = new Set(list(is).map(id))
    return list(was)
      .map(id)
      .filter(one => !left.has(one))
      .map(one => ({ entity, id: one, reason: 'deleted' }))
  }
  return [
    ...missing(
      'department',
      of => of.departments,
      one => one.departmentId,
    ),
    ...missing(
      'post',
      of => of.posts,
      one => one.postId,
    ),
    ...missing(
      'absence',
      of => of.absences,
      one => one.absenceId,
    ),
  ]
}
