import type { Kind } from '../domain/case.ts'
import { applyEdit } from '../domain/org-edit.ts'
import type { Employee, Org, Week } from '../domain/org.ts'
import { fromJson, statement, tables } from './db.ts'
import { standingEdits } from './org-edits.ts'
import { readNamed, readPreference, writeNamed } from './preferences.ts'
import type { Me } from './records.ts'
import type { Store } from './store.ts'
import type { ReplicaTables } from './tables.ts'

const departments = statement()(() =>
  tables.selectFrom('departments').selectAll().orderBy('departmentId'),
)
const posts = statement()(() => tables.selectFrom('posts').selectAll().orderBy('postId'))
const employees = statement()(() =>
  tables.selectFrom('employees').selectAll().orderBy('employeeId'),
)
const absences = statement()(() => tables.selectFrom('absences').selectAll().orderBy('absenceId'))
const substitutions = statement()(() =>
  tables.selectFrom('substitutions').selectAll().orderBy('substitutionId'),
)
const kinds = statement()(() => tables.selectFrom('kinds').selectAll().orderBy('kindId'))

/** The organisation as the backend has it, with the unsettled edits of an admin laid over. */
export function editedOrg(store: Store): Org {
  const said: Org = {
    departments: store.all(departments({})),
    posts: store.all(posts({})).map(post => ({ ...post, isHead: post.isHead === 1 })),
    employees: store.all(employees({})).map(toEmployee),
    absences: store.all(absences({})),
    substitutions: store.all(substitutions({})),
  }
  return standingEdits(store).reduce(applyEdit, said)
}

/** The same, with the head's own limits laid over. */
export function readOrg(store: Store): Org {
  const limits = readPreference(store, 'limits')
  const org = editedOrg(store)
  const withLimits = org.employees.map(one => {
    const own = limits[one.employeeId]
    return own === undefined ? one : { ...one, limit: own }
  })
  return { ...org, employees: withLimits }
}

const toEmployee = (row: ReplicaTables['employees']): Employee => ({
  employeeId: row.employeeId,
  name: row.name,
  isExternal: row.isExternal === 1,
  isDismissed: row.isDismissed === 1,
  limit: row.limit,
  kindLimits: fromJson<Record<string, number>>(row.kindLimitsJson),
  skills: fromJson<string[]>(row.skillsJson),
  week: row.weekJson === null ? null : fromJson<Week>(row.weekJson),
  isDayOpen: row.isDayOpen === null ? null : row.isDayOpen === 1,
  lastAssignedAt: row.lastAssignedAt,
})

/** Kinds of work, with the head's own weights laid over. */
export function readKinds(store: Store): Kind[] {
  const weights = readPreference(store, 'kindWeights')
  return store.all(kinds({})).map(row => ({
    ...row,
    doesWaitingStopClock: row.doesWaitingStopClock === 1,
    ...localWeightOf(weights[row.kindId]),
  }))
}

const localWeightOf = (weight: number | undefined): Pick<Kind, 'localWeight'> =>
  weight === undefined ? {} : { localWeight: weight }

/** Who this connection is, as the backend last said; null before the first answer. */
export const readMe = (store: Store): Me | null => readNamed(store, 'me')

/** Written durably only when something but the backend's clock has changed. */
export function writeMe(store: Store, me: Me): void {
  const known = readMe(store)
  if (known && JSON.stringify({ ...known, now: 0 }) === JSON.stringify({ ...me, now: 0 })) return
  store.transact(touching => {
    writeNamed(store, 'me', me)
    touching.isOrgTouched = true
  })
}
