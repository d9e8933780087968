/** Departments and cases to plan for, invented from a seed or made by fast-check. */
import { noCalendar } from '../domain/calendar.ts'
import type { Case } from '../domain/case.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import { loadsOf } from '../domain/load.ts'
import { indexOrg, subtreeOf } from '../domain/org-index.ts'
import type { Employee, Org } from '../domain/org.ts'
import {
  aCase,
  aDepartment,
  anEmployee,
  anOrg,
  aPost,
  departmentId,
  employeeId,
  hour,
  kindId,
  mondayNoon,
} from './invented.ts'

const centre = departmentId('centre')

/** Everybody sits in one department and may be given to. */
export function planWorld(
  employees: readonly Employee[],
  held: readonly Case[] = [],
  org: Partial<Org> = {},
  over: Partial<DropWorld> = {},
): DropWorld {
  const now = over.now ?? mondayNoon
  const index = indexOrg(
    anOrg({
      departments: [aDepartment('centre')],
      posts: employees.map(one => aPost('centre', one.employeeId)),
      employees,
      ...org,
    }),
  )
  const kinds = new Map()
  return {
    now,
    index,
    kinds,
    loads: loadsOf(held, { now, index, kinds, defaultLimit: 10, closed: {} }),
    acquainted: {},
    scope: subtreeOf(index, [centre]),
    me: employeeId('head'),
    calendar: noCalendar,
    zone: 'Europe/Moscow',
    ...over,
  }
}

export const unassigned = (id: string, over: Partial<Case> = {}): Case =>
  aCase(id, { departmentId: centre, ...over })

/** Numbers that look random and are the same on every machine: `upTo(n)` is 0 … n. */
function seeded(seed: number): { upTo(most: number): number } {
  let state = seed >>> 0
  return {
    upTo(most) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) % (most + 1)
    },
  }
}

export interface Size {
  readonly cases: number
  readonly people: number
  readonly heaviest: number
  readonly areKindsLimited: boolean
}

const skills = ['egais', 'english']
const kinds = ['orders', 'returns'].map(kindId)

/** A department about as large as its work: sometimes too small, sometimes with room. */
export function inventedDepartment(seed: number, size: Size) {
  const chance = seeded(seed)
  const mean = (1 + size.heaviest) / 2
  const share = Math.ceil((mean * size.cases) / size.people)
  const held: Case[] = []
  const employees = Array.from({ length: size.people }, (_, place) => {
    const id = `e${place}`
    const spare = Math.max(1, share + chance.upTo(share) - Math.floor(share / 3))
    const weight = chance.upTo(spare)
    held.push(aCase(`held-${place}`, { responsibleId: employeeId(id), weight }))
    const isLimited = size.areKindsLimited && chance.upTo(1) === 0
    return anEmployee(id, {
      limit: spare + weight + 1,
      skills: skills.filter(() => chance.upTo(2) > 0),
      kindLimits: isLimited ? { [kinds[chance.upTo(1)] ?? '']: 1 + chance.upTo(4) } : {},
      lastAssignedAt: chance.upTo(3) === 0 ? null : mondayNoon - chance.upTo(99) * hour,
    })
  })
  const cases = Array.from({ length: size.cases }, (_, place) =>
    unassigned(`case-${place}`, {
      weight: 1 + chance.upTo(size.heaviest - 1),
      requiredSkill: chance.upTo(2) === 0 ? (skills[chance.upTo(1)] ?? null) : null,
      kindId: size.areKindsLimited ? (kinds[chance.upTo(3)] ?? null) : null,
      priority: 1 + chance.upTo(1),
      dueAt: mondayNoon + (chance.upTo(9) - 2) * hour,
    }),
  )
  return { world: planWorld(employees, held), cases, employees }
}
