import type { ImportCounts } from '../contract.ts'
import { type Entry, type Standing, standingOf } from './entry.ts'
import { assignedAtOf, historyOf, responsibleOf } from './fold.ts'
import type { Mapping } from './mapping.ts'
import type { CaseEntries } from './staging.ts'

export interface Person {
  /** Names; null: a row without a department. */
  readonly departments: Set<string | null>
  readonly isSystem: boolean
  lastAssignedAt: number | null
}

/** What a file holds altogether: the counts and everybody who occurs in it. */
export interface Survey {
  readonly rows: number
  readonly cases: ImportCounts['cases']
  readonly historyLines: number
  readonly departments: ReadonlySet<string>
  readonly people: ReadonlyMap<string, Person>
  readonly clients: ReadonlySet<string>
  readonly kinds: ReadonlySet<string>
}

/** Adds cases one by one; `survey` may be asked at any time. */
export function surveyor(mapping: Mapping) {
  const systemUsers = new Set(mapping.systemUsers)
  const standings: Record<Standing, number> = { unassigned: 0, assigned: 0, waiting: 0, closed: 0 }
  const seen = { rows: 0, total: 0, historyLines: 0 }
  const departments = new Set<string>()
  const people = new Map<string, Person>()
  const clients = new Set<string>()
  const kinds = new Set<string>()
  const personNamed = (name: string): Person => {
    const found = people.get(name) ?? stranger(systemUsers.has(name))
    people.set(name, found)
    return found
  }
  const noteAssignment = (last: Entry, entries: CaseEntries): void => {
    if (last.person === null || responsibleOf(last) === null) return
    const person = personNamed(last.person)
    person.lastAssignedAt = Math.max(person.lastAssignedAt ?? 0, assignedAtOf(entries) ?? 0)
  }
  return {
    add(entries: CaseEntries): void {
      const last = entries.at(-1) ?? entries[0]
      standings[standingOf(last)] += 1
      seen.total += 1
      seen.rows += entries.length
      for (const _ of historyOf(entries)) seen.historyLines += 1
      for (const { department, person } of entries) {
        if (department !== null) departments.add(department)
        if (person !== null) personNamed(person).departments.add(department)
      }
      if (last.client !== null) clients.add(last.client)
      if (last.kind !== null) kinds.add(last.kind)
      noteAssignment(last, entries)
    },
    survey: (): Survey => ({
      rows: seen.rows,
      cases: { total: seen.total, ...standings },
      historyLines: seen.historyLines,
      departments,
      people,
      clients,
      kinds,
    }),
  }
}

const stranger = (isSystem: boolean): Person => ({
  departments: new Set(),
  isSystem,
  lastAssignedAt: null,
})
