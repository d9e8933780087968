import type { Reason } from './decision.ts'
import type { DepartmentId, EmployeeId } from './id.ts'
import { absenceAt, chainAbove, type OrgIndex, subtreeOf } from './org-index.ts'

/** Who answers for a department now, and the way the answer was found. */
export interface HeadFor {
  /** null only when the organisation has no head at all; `path` says so. */
  readonly headId: EmployeeId | null
  readonly path: readonly Reason[]
}

/**
 * The person a case without a responsible belongs to at a moment (UTC ms): the head of the
 * department; when away, the active substitute, else the head above; a department without a head
 * or an unknown one leads to the head above, at last to the top. When nobody up to the top is
 * present, the nearest present head anywhere, and when all are away the first head who will come
 * back: never nobody while there is a head.
 */
export function headFor(index: OrgIndex, departmentId: DepartmentId | null, at: number): HeadFor {
  const path: Reason[] = []
  const chain = chainAbove(index, departmentId)
  if (chain.length === 0)
    path.push({ code: departmentId === null ? 'noDepartment' : 'departmentUnknown' })
  const tops = index.childrenOf.get(null) ?? []
  const asked = new Set<DepartmentId>([...chain, ...tops])
  const present = firstPresent(index, asked, at, path)
  if (present) return { headId: present, path }
  const elsewhere: Reason[] = []
  const everywhere = subtreeOf(index, tops)
  const other = firstPresent(
    index,
    [...everywhere].filter(id => !asked.has(id)),
    at,
    elsewhere,
  )
  if (other) return { headId: other, path: [...path, { code: 'headElsewhere' }] }
  const away = firstToReturn(index, [...asked, ...everywhere], at)
  path.push({ code: away ? 'everyHeadAway' : 'noHeadAtAll' })
  return { headId: away, path }
}

/** Departments where a person is head or active substitute of the head, those named in `extra`, and all below. */
export function scopeOf(
  index: OrgIndex,
  me: EmployeeId,
  extra: Iterable<DepartmentId>,
  at: number,
): ReadonlySet<DepartmentId> {
  const roots = new Set<DepartmentId>()
  for (const departmentId of extra)
    if (index.departmentById.has(departmentId)) roots.add(departmentId)
  for (const [departmentId, headId] of index.headOf)
    if (
      index.departmentById.has(departmentId) &&
      (headId === me || isSubstitute(index, me, headId, at))
    )
      roots.add(departmentId)
  return subtreeOf(index, roots)
}

function isSubstitute(index: OrgIndex, me: EmployeeId, headId: EmployeeId, at: number): boolean {
  return (index.substitutionsOf.get(headId) ?? []).some(
    one => one.substituteId === me && one.fromAt <= at && at < one.untilAt,
  )
}

/** Head, else substitute, of the first department that has one present; says why the others were passed. */
function firstPresent(
  index: OrgIndex,
  departments: Iterable<DepartmentId>,
  at: number,
  path: Reason[],
): EmployeeId | null {
  for (const departmentId of departments) {
    const headId = index.headOf.get(departmentId)
    const name = index.departmentById.get(departmentId)?.name ?? ''
    if (headId === undefined) path.push({ code: 'noHead', department: name })
    const present = headId === undefined ? null : presentFor(index, headId, at, path)
    if (present !== null) return present
  }
  return null
}

/** The head when present, else a substitute who is. */
function presentFor(
  index: OrgIndex,
  headId: EmployeeId,
  at: number,
  path: Reason[],
): EmployeeId | null {
  const absence = absenceAt(index, headId, at)
  if (!absence) return headId
  const nameOf = (id: EmployeeId) => index.employeeById.get(id)?.name ?? ''
  path.push({
    code: 'headAway',
    name: nameOf(headId),
    kind: absence.kind,
    untilAt: absence.untilAt,
  })
  const substituteId = presentSubstitute(index, headId, at)
  if (substituteId !== null) path.push({ code: 'substitutes', name: nameOf(substituteId) })
  return substituteId
}

function presentSubstitute(index: OrgIndex, headId: EmployeeId, at: number): EmployeeId | null {
  for (const { substituteId, fromAt, untilAt } of index.substitutionsOf.get(headId) ?? []) {
    const isActive = fromAt <= at && at < untilAt
    const isThere = index.employeeById.get(substituteId)?.isDismissed === false
    if (isActive && isThere && !absenceAt(index, substituteId, at)) return substituteId
  }
  return null
}

function firstToReturn(
  index: OrgIndex,
  departments: readonly DepartmentId[],
  at: number,
): EmployeeId | null {
  let found: EmployeeId | null = null
  let foundUntil = Infinity
  for (const departmentId of departments) {
    const headId = index.headOf.get(departmentId)
    const until = headId && absenceAt(index, headId, at)?.untilAt
    if (headId && (until ?? 0) < foundUntil) {
      found = headId
      foundUntil = until ?? 0
    }
  }
  return found
}
