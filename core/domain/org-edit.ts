import type { Reason } from './decision.ts'
import type { DepartmentId, EditId, EmployeeId, IdByEntity } from './id.ts'
import type { Absence, AbsenceKind, Department, Employee, Org, Post, Substitution } from './org.ts'

/** The records an admin edits. */
export type OrgEntity = 'department' | 'post' | 'employee' | 'absence' | 'substitution'

/** The fields an edit may name; which of them a record has says `fieldNames`. */
export interface OrgFields {
  readonly name?: string
  readonly parentId?: DepartmentId | null
  readonly defaultLimit?: number | null
  readonly hoursPerPoint?: number | null
  readonly zone?: string | null
  readonly departmentId?: DepartmentId
  readonly employeeId?: EmployeeId | null
  readonly isHead?: boolean
  readonly isExternal?: boolean
  readonly isDismissed?: boolean
  readonly limit?: number | null
  readonly kindLimits?: Readonly<Record<string, number>>
  readonly skills?: readonly string[]
  readonly kind?: AbsenceKind
  readonly substituteId?: EmployeeId
  readonly fromAt?: number
  readonly untilAt?: number
}
export type OrgFieldName = keyof OrgFields

export const fieldNames: Readonly<Record<OrgEntity, readonly OrgFieldName[]>> = {
  department: ['name', 'parentId', 'defaultLimit', 'hoursPerPoint', 'zone'],
  post: ['name', 'departmentId', 'employeeId', 'isHead'],
  employee: ['name', 'isExternal', 'isDismissed', 'limit', 'kindLimits', 'skills'],
  absence: ['employeeId', 'kind', 'fromAt', 'untilAt'],
  substitution: ['employeeId', 'substituteId', 'fromAt', 'untilAt'],
}

/** Which record: its entity and id together. */
export type OrgAddress = {
  [E in OrgEntity]: { readonly entity: E; readonly id: IdByEntity[E] }
}[OrgEntity]

export function addressOf(entity: OrgEntity, id: string): OrgAddress
export function addressOf(entity: OrgEntity, id: string): { entity: OrgEntity; id: string } {
  return { entity, id }
}

/**
 * One change of one record. `want` and `base` name the same fields, as decisions have them: `add`
 * has no base and what it leaves out is empty, `remove` has no want and its base is the whole record.
 */
export type OrgEdit = OrgAddress & {
  readonly v: 1
  readonly editId: EditId
  readonly kind: 'add' | 'set' | 'remove'
  readonly want: OrgFields
  readonly base: OrgFields
  /** UTC ms. */
  readonly issuedAt: number
  /** The edit this one takes back. */
  readonly takesBack: EditId | null
  readonly supersedes: EditId | null
}
/** What became of one edit of the organisation. */
export interface EditOutcome {
  readonly editId: EditId
  readonly outcome: 'applied' | 'alreadySo' | 'conflict' | 'rejected'
  /** Why it was rejected. */
  readonly reasons: readonly Reason[]
  /** The record as it is now; null: it is not there, or was not told. */
  readonly theirs: OrgFields | null
  readonly changedBy: EmployeeId | null
  readonly changedAt: number | null
}

/** One edit that was carried out. */
export type OrgHistoryEntry = OrgAddress & {
  readonly editId: EditId
  readonly at: number
  /** null: a token that is nobody's. */
  readonly employeeId: EmployeeId | null
  readonly kind: OrgEdit['kind']
  readonly from: OrgFields
  readonly to: OrgFields
  readonly takesBack: EditId | null
}

/** An edit as the person means it, before it is one. */
export type OrgWish = OrgAddress & Pick<OrgEdit, 'kind' | 'want'>

/** Of `fields`, those that are in `names`. */
export function pickFields(fields: object, names: Iterable<string>): OrgFields {
  const wanted = new Set(names)
  return Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.has(name)))
}

/** The editable fields of a record; null: there is none. */
export function recordFields(org: Org, { entity, id }: OrgAddress): OrgFields | null {
  const record = recordOf(org, entity, id)
  return record && pickFields(record, fieldNames[entity])
}

function recordOf(org: Org, entity: OrgEntity, id: string): object | null {
  switch (entity) {
    case 'department':
      return org.departments.find(one => one.departmentId === id) ?? null
    case 'post':
      return org.posts.find(one => one.postId === id) ?? null
    case 'employee':
      return org.employees.find(one => one.employeeId === id) ?? null
    case 'absence':
      return org.absences.find(one => one.absenceId === id) ?? null
    case 'substitution':
      return org.substitutions.find(one => one.substitutionId === id) ?? null
  }
}

/** The fields of `named` as `org` has them: what a wish is based on. */
export function baseOf(org: Org, { kind, want, ...address }: OrgWish): OrgFields {
  if (kind === 'add') return {}
  const now = recordFields(org, address) ?? {}
  return kind === 'remove' ? now : pickFields(now, Object.keys(want))
}

/** Have both the same fields with the same values, whatever their order? */
export const isSameFields = (one: OrgFields, other: OrgFields): boolean =>
  plain(one) === plain(other)

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))
      : inner,
  )

/** The fields of `fields` that `now` no longer has so. */
export const differingFields = (fields: OrgFields, now: OrgFields): readonly string[] =>
  Object.keys(fields).filter(
    name => !isSameFields(pickFields(fields, [name]), pickFields(now, [name])),
  )

/** The organisation after an edit; one about a record that is not there changes nothing. */
export function applyEdit(org: Org, edit: OrgWish): Org {
  const want = pickFields(edit.want, fieldNames[edit.entity])
  switch (edit.entity) {
    case 'department': {
      const isIt = (one: Department) => one.departmentId === edit.id
      const blank = { ...blankDepartment, departmentId: edit.id }
      const made = (before: Department | null) => ({
        ...(before ?? blank),
        ...want,
        departmentId: edit.id,
      })
      return { ...org, departments: changed(org.departments, edit.kind, isIt, made) }
    }
    case 'post': {
      const isIt = (one: Post) => one.postId === edit.id
      const made = (before: Post | null) => postFrom(edit.id, before, want)
      return { ...org, posts: changed(org.posts, edit.kind, isIt, made) }
    }
    case 'employee': {
      const isIt = (one: Employee) => one.employeeId === edit.id
      const blank = { ...blankEmployee, employeeId: edit.id }
      const made = (before: Employee | null) => ({
        ...(before ?? blank),
        ...want,
        employeeId: edit.id,
      })
      return { ...org, employees: changed(org.employees, edit.kind, isIt, made) }
    }
    case 'absence': {
      const isIt = (one: Absence) => one.absenceId === edit.id
      const made = (before: Absence | null) => absenceFrom(edit.id, before, want)
      return { ...org, absences: changed(org.absences, edit.kind, isIt, made) }
    }
    case 'substitution': {
      const isIt = (one: Substitution) => one.substitutionId === edit.id
      const made = (before: Substitution | null) => substitutionFrom(edit.id, before, want)
      return { ...org, substitutions: changed(org.substitutions, edit.kind, isIt, made) }
    }
  }
}

function changed<Row>(
  rows: readonly Row[],
  kind: OrgEdit['kind'],
  isIt: (row: Row) => boolean,
  made: (before: Row | null) => Row | null,
): readonly Row[] {
  if (kind === 'remove') return rows.filter(row => !isIt(row))
  const isThere = rows.some(isIt)
  if (kind === 'set' || isThere) return rows.map(row => (isIt(row) ? (made(row) ?? row) : row))
  const row = made(null)
  return row === null ? rows : [...rows, row]
}

const blankDepartment = {
  parentId: null,
  name: '',
  defaultLimit: null,
  hoursPerPoint: null,
  zone: null,
}
const blankEmployee = {
  name: '',
  isExternal: false,
  isDismissed: false,
  limit: null,
  kindLimits: {},
  skills: [],
  week: null,
  isDayOpen: null,
  lastAssignedAt: null,
}
const blankPost = { name: '', employeeId: null, isHead: false }

function postFrom(postId: Post['postId'], before: Post | null, want: OrgFields): Post | null {
  const departmentId = want.departmentId ?? before?.departmentId
  return departmentId ? { ...blankPost, ...before, ...want, postId, departmentId } : null
}

function absenceFrom(
  absenceId: Absence['absenceId'],
  before: Absence | null,
  want: OrgFields,
): Absence | null {
  const employeeId = want.employeeId ?? before?.employeeId
  const blank = { kind: 'vacation', fromAt: 0, untilAt: 0 } as const
  return employeeId ? { ...blank, ...before, ...want, absenceId, employeeId } : null
}

function substitutionFrom(
  substitutionId: Substitution['substitutionId'],
  before: Substitution | null,
  want: OrgFields,
): Substitution | null {
  const employeeId = want.employeeId ?? before?.employeeId
  const substituteId = want.substituteId ?? before?.substituteId
  if (!employeeId || !substituteId) return null
  const blank = { fromAt: 0, untilAt: 0 }
  return { ...blank, ...before, ...want, substitutionId, employeeId, substituteId }
}

/** What takes an edit back; its base is what the edit wrote. */
export function inverseOf({
  kind,
  want,
  base,
  ...edit
}: OrgAddress & Pick<OrgEdit, 'kind' | 'want' | 'base'>): OrgWish & Pick<OrgEdit, 'base'> {
  const address = addressOf(edit.entity, edit.id)
  if (kind === 'set') return { ...address, kind, want: base, base: want }
  return kind === 'add'
    ? { ...address, kind: 'remove', want: {}, base: want }
    : { ...address, kind: 'add', want: base, base: {} }
}

/** Was the later edit made on top of the earlier: of the same record, or naming one it added? */
export function isOnTopOf(later: OrgEdit, earlier: OrgEdit): boolean {
  if (later.entity === earlier.entity && later.id === earlier.id) {
    if (later.kind !== 'set' || earlier.kind !== 'set') return true
    return Object.keys(later.want).some(name => name in earlier.want)
  }
  if (earlier.kind !== 'add') return false
  const { parentId, departmentId, employeeId, substituteId } = later.want
  return [parentId, departmentId, employeeId, substituteId].some(id => id === earlier.id)
}
