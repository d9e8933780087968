import { idIn, idsIn, isSet, listOf, numberIn, textIn } from './record.ts'

/** Somebody of the company; bots, e-mail users and the like are never told (bitrix24.md 3.3). */
export interface Person {
  readonly id: number
  readonly name: string
  readonly post: string
  readonly departmentIds: readonly number[]
  readonly isActive: boolean
  readonly isExtranet: boolean
}

export interface Room {
  readonly id: number
  readonly parentId: number | null
  readonly name: string
  readonly headId: number | null
  readonly sort: number
}

/** The company as it was told last. */
export interface Roster {
  readonly people: ReadonlyMap<number, Person>
  readonly rooms: ReadonlyMap<number, Room>
}

/** `user.get` (bitrix24.md 3.3): UPPER_CASE, numbers as strings, `ACTIVE` a boolean. */
export const peopleIn = (rows: unknown): Person[] =>
  listOf(rows).flatMap(row => {
    const id = idIn(row, 'ID')
    if (id === null) return []
    const name = ['NAME', 'LAST_NAME'].map(part => textIn(row, part).trim()).join(' ')
    return {
      id,
      name: name.trim() || textIn(row, 'EMAIL') || `#${id}`,
      post: textIn(row, 'WORK_POSITION').trim(),
      departmentIds: idsIn(row, 'UF_DEPARTMENT'),
      isActive: isSet(row, 'ACTIVE'),
      isExtranet: textIn(row, 'USER_TYPE') === 'extranet',
    }
  })

/** `department.get` (bitrix24.md 3.3): the root has no PARENT, who has no head no UF_HEAD. */
export const roomsIn = (rows: unknown): Room[] =>
  listOf(rows).flatMap(row => {
    const id = idIn(row, 'ID')
    if (id === null) return []
    return {
      id,
      parentId: idIn(row, 'PARENT'),
      name: textIn(row, 'NAME').trim() || `#${id}`,
      headId: idIn(row, 'UF_HEAD'),
      sort: numberIn(row, 'SORT') ?? 500,
    }
  })

export const rosterOf = (people: readonly Person[], rooms: readonly Room[]): Roster => ({
  people: new Map(people.map(one => [one.id, one])),
  rooms: new Map(rooms.map(one => [one.id, one])),
})

/** The departments somebody is head of, and all below. */
export function scopeOf({ rooms }: Roster, me: number): ReadonlySet<number> {
  const scope = new Set([...rooms.values()].filter(room => room.headId === me).map(room => room.id))
  for (let before = -1; before < scope.size;) {
    before = scope.size
    for (const { id, parentId } of rooms.values())
      if (parentId !== null && scope.has(parentId)) scope.add(id)
  }
  return scope
}

export const headed = ({ rooms }: Roster, me: number): number[] =>
  [...rooms.values()].filter(room => room.headId === me).map(room => room.id)

/** Those who work in these departments, the dismissed too: what they left behind has no owner. */
export const membersOf = ({ people }: Roster, rooms: ReadonlySet<number>): Person[] =>
  [...people.values()].filter(one => one.departmentIds.some(id => rooms.has(id)))

/** The active head of the department, else of the nearest above; null: of none up to the top. */
export function headOf({ rooms, people }: Roster, roomId: number): number | null {
  const seen = new Set<number>()
  for (let room = rooms.get(roomId); room && !seen.has(room.id);) {
    seen.add(room.id)
    if (room.headId !== null && people.get(room.headId)?.isActive) return room.headId
    room = room.parentId === null ? undefined : rooms.get(room.parentId)
  }
  return null
}
