import { type Answer, type Call, callerOf, type Methods, viewOf } from '../call.ts'
import type { Rules } from '../filter.ts'
import { pageOf } from '../paging.ts'
import type { Department, Person } from '../rows.ts'
import { idsOf, paramOf, recordOf, textOf } from '../values.ts'

/** A user in UPPER_CASE text, but for ACTIVE and the list of departments (bitrix24.md 3.3). */
function shownPerson(call: Call, person: Person): Record<string, unknown> {
  const { time } = call.world
  const stamp = call.quirks.timestamps === 'object' ? {} : time.display(person.changedAt)
  const scopes = call.actor.scopes
  const isBrief = scopes !== null && !scopes.has('user') && scopes.has('user_brief')
  const isBasic = !isBrief
  return {
    ID: String(person.id),
    XML_ID: '',
    ACTIVE: person.isActive,
    NAME: person.name,
    LAST_NAME: person.lastName,
    SECOND_NAME: '',
    ...(isBasic ? { EMAIL: `user${person.id}@example.com` } : {}),
    LAST_LOGIN: time.iso(person.registeredAt),
    DATE_REGISTER: time.iso(person.registeredAt),
    TIME_ZONE: '',
    IS_ONLINE: person.day.status === 'OPENED' ? 'Y' : 'N',
    TIMESTAMP_X: stamp,
    LAST_ACTIVITY_DATE: stamp,
    PERSONAL_GENDER: '',
    ...(isBasic ? { PERSONAL_MOBILE: '', WORK_PHONE: '' } : {}),
    WORK_POSITION: person.post,
    UF_EMPLOYMENT_DATE: '',
    UF_DEPARTMENT: person.departments,
    ...(person.innerPhone === '' ? {} : { UF_PHONE_INNER: person.innerPhone }),
    USER_TYPE: person.kind,
  }
}

const personRules = (call: Call): Rules<Person> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    if (name === 'ID') return { as: 'number', isId: true, read: row => row.id }
    if (name === 'ACTIVE') return { as: 'flag', read: row => (row.isActive ? 'Y' : 'N') }
    if (name === 'USER_TYPE') return { as: 'text', read: row => row.kind }
    if (name === 'UF_DEPARTMENT') return { as: 'number', read: row => row.departments }
    if (name === 'UF_PHONE_INNER') return { as: 'text', read: row => row.innerPhone }
    if (name === 'NAME') return { as: 'text', read: row => row.name }
    if (name === 'LAST_NAME') return { as: 'text', read: row => row.lastName }
    return name === 'TIMESTAMP_X' ? { as: 'moment', read: row => row.changedAt } : null
  },
})

const notFilters = new Set(['filter', 'sort', 'order', 'start', 'select', 'admin_mode', 'auth'])

/** The filter may also lie flat among the parameters (bitrix24.md 3.3). */
function users(call: Call): Answer {
  const flat = Object.entries(call.params).filter(([name]) => !notFilters.has(name.toLowerCase()))
  const filter = { ...Object.fromEntries(flat), ...recordOf(paramOf(call.params, 'filter')) }
  const sort = textOf(paramOf(call.params, 'sort')) || 'ID'
  const direction = textOf(paramOf(call.params, 'order')) || 'ASC'
  const page = pageOf({
    view: viewOf(call, call.world.people),
    params: { filter, order: { [sort]: direction }, start: paramOf(call.params, 'start') },
    rules: personRules(call),
    isReadable: () => true,
  })
  const result = page.rows.map(row => shownPerson(call, row))
  return { result, total: page.total ?? 0, next: page.next }
}

function shownDepartment(call: Call, row: Department): Record<string, unknown> {
  const none = call.quirks.noHead === 'missing' ? {} : { UF_HEAD: '' }
  return {
    ID: String(row.id),
    NAME: row.name,
    SORT: 500,
    ...(row.parent === null ? {} : { PARENT: String(row.parent) }),
    ...(row.headId === null ? none : { UF_HEAD: String(row.headId) }),
  }
}

const departmentRules = (call: Call): Rules<Department> => ({
  time: call.world.time,
  isStrict: false,
  column(name) {
    if (name === 'ID') return { as: 'number', isId: true, read: row => row.id }
    if (name === 'PARENT') return { as: 'number', read: row => row.parent }
    if (name === 'UF_HEAD') return { as: 'number', read: row => row.headId }
    return name === 'NAME' ? { as: 'text', read: row => row.name } : null
  },
})

function departments(call: Call): Answer {
  const filter = Object.fromEntries(
    ['ID', 'NAME', 'PARENT', 'UF_HEAD']
      .filter(name => paramOf(call.params, name) !== undefined)
      .map(name => [name, paramOf(call.params, name)]),
  )
  const page = pageOf({
    view: viewOf(call, call.world.departments),
    params: { filter, start: paramOf(call.params, 'start') },
    rules: departmentRules(call),
    isReadable: () => true,
  })
  const result = page.rows.map(row => shownDepartment(call, row))
  return { result, total: page.total ?? 0, next: page.next }
}

function profile(call: Call): Answer {
  const { id, isAdmin, name, lastName } = callerOf(call)
  return {
    result: {
      ID: String(id),
      ADMIN: isAdmin,
      NAME: name,
      LAST_NAME: lastName,
      PERSONAL_GENDER: '',
      TIME_ZONE: '',
    },
  }
}

/** One row of im.user.*: presence and absence at once (bitrix24.md 3.4). */
function imUser(call: Call, person: Person): Record<string, unknown> {
  const { time } = call.world
  const now = time.now()
  const away = call.world.absences
    .all()
    .find(
      each =>
        each.userId === person.id &&
        each.accessibility === 'absent' &&
        each.from <= now &&
        now < each.until,
    )
  return {
    id: person.id,
    active: person.isActive,
    name: `${person.name} ${person.lastName}`,
    first_name: person.name,
    last_name: person.lastName,
    work_position: person.post,
    status: 'online',
    idle: false,
    last_activity_date: time.iso(now),
    absent: away ? time.iso(away.until) : false,
    departments: person.departments,
    phones: person.innerPhone === '' ? false : { inner_phone: person.innerPhone },
    extranet: person.kind === 'extranet',
    bot: false,
    type: 'user',
  }
}

function imUsers(call: Call): Answer {
  const ids = idsOf(paramOf(call.params, 'ID'))
  const found = ids.flatMap(id => {
    const person = call.world.people.one(id)
    return person ? [[String(id), imUser(call, person)] as const] : []
  })
  if (textOf(paramOf(call.params, 'RESULT_TYPE')) === 'array')
    return { result: found.map(([, shown]) => shown) }
  return { result: found.length === 0 ? [] : Object.fromEntries(found) }
}

function imUserOne(call: Call): Answer {
  const [id = call.actor.userId] = idsOf(paramOf(call.params, 'ID'))
  const person = call.world.people.one(id)
  return { result: person ? imUser(call, person) : null }
}

function imDepartments(call: Call): Answer {
  const ids = idsOf(paramOf(call.params, 'ID'))
  const rows = call.world.departments.all().filter(row => ids.includes(row.id))
  return {
    result: rows.map(({ id, name, headId }) => ({
      id,
      name,
      full_name: name,
      manager_user_id: headId ?? 0,
    })),
  }
}

function imMembers(call: Call, membersOf: (row: Department) => readonly number[]): Answer {
  const ids = idsOf(paramOf(call.params, 'ID'))
  const rows = call.world.departments.all().filter(row => ids.includes(row.id))
  const entries = rows.map(row => [String(row.id), membersOf(row)] as const)
  return { result: entries.length === 0 ? [] : Object.fromEntries(entries) }
}

const employeesOf = (call: Call, row: Department): number[] =>
  call.world.people
    .all()
    .filter(person => person.isActive && person.departments.includes(row.id))
    .map(person => person.id)

/** Users and departments, also as the messenger sees them (bitrix24.md 3.3, 3.4). */
export const people: Methods = {
  'user.get': { scope: 'user', run: users },
  'user.current': { scope: 'user', run: call => ({ result: shownPerson(call, callerOf(call)) }) },
  'user.admin': { scope: '', run: call => ({ result: callerOf(call).isAdmin }) },
  profile: { scope: '', run: profile },
  'department.get': { scope: 'department', run: departments },
  'im.user.get': { scope: 'im', run: imUserOne },
  'im.user.list.get': { scope: 'im', run: imUsers },
  'im.department.get': { scope: 'im', run: imDepartments },
  'im.department.managers.get': {
    scope: 'im',
    run: call => imMembers(call, row => (row.headId === null ? [] : [row.headId])),
  },
  'im.department.employees.get': {
    scope: 'im',
    run: call => imMembers(call, row => employeesOf(call, row)),
  },
}
