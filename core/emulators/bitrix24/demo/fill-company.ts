import type { Chance } from '../chance.ts'
import type { Person, Status, WorkDay } from '../rows.ts'
import type { World } from '../world.ts'
import {
  categories,
  demo,
  type DemoPerson,
  departments,
  groups,
  moreNames,
  people,
  sources,
  stages,
  types,
  words,
} from './company.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** Puts in the people, the departments and the directories. */
export function fillCompany(world: World, chance: Chance, count: number): void {
  const now = world.time.second()
  const opened = now - 2 * hourMs
  for (const row of departments) world.departments.lay(row)
  for (const row of people) world.people.lay(personOf(row, opened))
  fillMore(world, chance, count - people.length)
  for (const row of groups) world.groups.lay(row)
  for (const row of types) world.addType(row)
  world.categories.push(...categories)
  fillStatuses(world)
  fillAbsences(world, now)
}

function personOf(row: DemoPerson, opened: number): Person {
  return {
    id: row.id,
    isActive: row.is !== 'dismissed',
    name: row.name,
    lastName: row.lastName,
    post: row.post,
    departments: row.department === null ? [] : [row.department],
    kind: row.is === 'extranet' ? 'extranet' : 'employee',
    isAdmin: row.is === 'admin',
    innerPhone: row.is === 'extranet' ? '' : String(200 + row.id),
    registeredAt: opened - 400 * dayMs,
    changedAt: opened - 30 * dayMs,
    day: dayOf(row.day ?? 'OPENED', opened),
  }
}

function dayOf(status: NonNullable<DemoPerson['day']>, opened: number): WorkDay {
  const isTracked = status !== 'untracked'
  if (status === 'untracked' || status === 'CLOSED')
    return {
      status: 'CLOSED',
      startedAt: opened - dayMs,
      finishedAt: opened - dayMs / 2,
      isTracked,
    }
  const startedAt = status === 'EXPIRED' ? opened - dayMs : opened
  return { status, startedAt, finishedAt: null, isTracked }
}

const departmentSize = 12

/** Further departments of twelve, for portals of many people. */
function fillMore(world: World, chance: Chance, count: number): void {
  const opened = world.time.second() - 2 * hourMs
  for (let done = 0; done < count; done += 1) {
    const id = 100 + done
    const place = Math.floor(done / departmentSize)
    const department = 100 + place
    if (done % departmentSize === 0)
      world.departments.lay({
        id: department,
        name: `${moreNames.department} ${place + 1}`,
        parent: place % 2 === 0 ? demo.sales : 1,
        headId: id,
      })
    const name = chance.oneOf(moreNames.first)
    const lastName = `${chance.oneOf(moreNames.last)} ${id}`
    const post = moreNames.post
    world.people.lay(personOf({ id, name, lastName, post, department }, opened))
  }
}

function fillStatuses(world: World): void {
  let id = 100
  const put = (row: Omit<Status, 'id'>) => {
    id += 2
    world.statuses.lay({ id, ...row })
  }
  for (const { entityId, categoryId, prefix, rows } of stages)
    for (const [index, [code, name, color, semantics = 'P']] of rows.entries())
      put({
        entityId,
        statusId: `${prefix}${code}`,
        name,
        sort: (index + 1) * 10,
        color,
        semantics,
        categoryId,
      })
  for (const [index, [statusId, name]] of sources.entries())
    put({
      entityId: 'SOURCE',
      statusId,
      name,
      sort: (index + 1) * 10,
      color: '',
      semantics: null,
      categoryId: null,
    })
}

function fillAbsences(world: World, now: number): void {
  world.absences.lay({
    id: 501,
    userId: demo.onLeave,
    name: words.leave,
    from: now - 3 * dayMs,
    until: now + 9 * dayMs,
    accessibility: 'absent',
    isFromHr: true,
  })
  world.absences.lay({
    id: 502,
    userId: 11,
    name: words.meeting,
    from: now + hourMs,
    until: now + 2 * hourMs,
    accessibility: 'busy',
    isFromHr: false,
  })
}
