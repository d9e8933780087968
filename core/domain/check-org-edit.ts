import type { Reason } from './decision.ts'
import type { DepartmentId } from './id.ts'
import { applyEdit, fieldNames, type OrgFields, type OrgWish, recordFields } from './org-edit.ts'
import type { Org } from './org.ts'

/** Points, the most anybody may be said to hold. */
const mostPoints = 1000
const mostHours = 1000
const longestName = 300
const mostSkills = 50
const longestSkill = 100

const reason = (code: string, field: string, more: Omit<Reason, 'code'> = {}): Reason => ({
  code: `orgEdit.reason.${code}`,
  field,
  ...more,
})

/**
 * Why an edit cannot be made in this organisation, each reason with the `field` it is about; empty:
 * it can. Only what the edit names is judged, so that an old fault elsewhere stops nobody.
 */
export function checkEdit(
  org: Org,
  edit: OrgWish & { readonly takesBack?: string | null },
): readonly Reason[] {
  const { entity, kind, want } = edit
  const names = Object.keys(want)
  if (!names.every(name => fieldNames[entity].some(known => known === name)))
    return [reason('wrongFields', 'id')]
  const before = recordFields(org, edit)
  if (kind === 'add' && before) return [reason('exists', 'id')]
  if (kind !== 'add' && !before) return [reason('gone', 'id')]
  if (kind === 'remove') return checkRemoval(org, edit)
  if (kind === 'set' && names.length === 0) return [reason('wrongFields', 'id')]
  return [...checkPlainFields(edit), ...checkPlaces(org, edit), ...checkPeriod(edit, before ?? {})]
}

/** Departments and people are only taken back while nothing hangs on them. */
function checkRemoval(
  { departments, posts, absences, substitutions }: Org,
  { entity, id, takesBack }: OrgWish & { readonly takesBack?: string | null },
): readonly Reason[] {
  if (entity !== 'department' && entity !== 'employee') return []
  if (!takesBack) return [reason('notRemoved', 'id')]
  const isUsed =
    departments.some(one => one.parentId === id) ||
    posts.some(one => one.departmentId === id || one.employeeId === id) ||
    absences.some(one => one.employeeId === id) ||
    substitutions.some(one => one.employeeId === id || one.substituteId === id)
  return isUsed ? [reason('inUse', 'id')] : []
}

/** Names, numbers and words, each for itself. */
function checkPlainFields({ entity, kind, want }: OrgWish): readonly Reason[] {
  const { name, defaultLimit, hoursPerPoint, zone, limit, kindLimits, skills } = want
  const found: Reason[] = []
  const hasName = fieldNames[entity].includes('name')
  const isNameAsked = hasName && (kind === 'add' || name !== undefined)
  if (isNameAsked && (name ?? '').trim() === '') found.push(reason('nameEmpty', 'name'))
  if ((name ?? '').length > longestName)
    found.push(reason('nameLong', 'name', { most: longestName }))
  for (const [field, points] of Object.entries({ defaultLimit, limit }))
    if (!isPoints(points ?? 0)) found.push(reason('limitRange', field, { most: mostPoints }))
  if (!Object.values(kindLimits ?? {}).every(isPoints))
    found.push(reason('limitRange', 'kindLimits', { most: mostPoints }))
  if (hoursPerPoint !== undefined && hoursPerPoint !== null && !isHours(hoursPerPoint))
    found.push(reason('hoursRange', 'hoursPerPoint', { most: mostHours }))
  if (typeof zone === 'string' && !isZone(zone)) found.push(reason('zoneUnknown', 'zone'))
  if (!areSkills(skills ?? []))
    found.push(reason('skills', 'skills', { most: mostSkills, long: longestSkill }))
  return found
}

const isPoints = (points: number): boolean => points >= 0 && points <= mostPoints
const isHours = (hours: number): boolean => hours > 0 && hours <= mostHours
const areSkills = (skills: readonly string[]): boolean =>
  skills.length <= mostSkills &&
  new Set(skills).size === skills.length &&
  skills.every(skill => skill.trim() !== '' && skill.length <= longestSkill)

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Where the record stands and whom it names. */
function checkPlaces(org: Org, edit: OrgWish): readonly Reason[] {
  switch (edit.entity) {
    case 'department':
      return checkParent(org, edit)
    case 'post':
      return checkPost(org, edit)
    case 'employee':
      return []
    case 'absence':
    case 'substitution':
      return checkPeople(org, edit)
  }
}

function checkParent(org: Org, edit: OrgWish): readonly Reason[] {
  const { parentId } = edit.want
  if (typeof parentId !== 'string') return []
  const parents = new Map(
    applyEdit(org, edit).departments.map(one => [one.departmentId, one.parentId]),
  )
  if (!parents.has(parentId)) return [reason('unknownDepartment', 'parentId')]
  const walked = new Set<string>([edit.id])
  for (let at: DepartmentId | null = parentId; at !== null; at = parents.get(at) ?? null) {
    if (walked.has(at)) return at === edit.id ? [reason('cycle', 'parentId')] : []
    walked.add(at)
  }
  return []
}

function checkPost(org: Org, edit: OrgWish): readonly Reason[] {
  const { departmentId, isHead, employeeId } = edit.want
  const found: Reason[] = []
  const isKnown = org.departments.some(one => one.departmentId === departmentId)
  if (!isKnown && (departmentId !== undefined || edit.kind === 'add'))
    found.push(reason('unknownDepartment', 'departmentId'))
  if (typeof employeeId === 'string') found.push(...checkPerson(org, employeeId, 'employeeId'))
  if (isHead !== true && departmentId === undefined) return found
  const after = applyEdit(org, edit).posts.find(post => post.postId === edit.id)
  const other = org.posts.find(
    post => post.isHead && post.departmentId === after?.departmentId && post.postId !== edit.id,
  )
  if (after?.isHead && other) found.push(reason('twoHeads', 'isHead', { post: other.name }))
  return found
}

function checkPerson({ employees }: Org, id: string, field: string): readonly Reason[] {
  const person = employees.find(one => one.employeeId === id)
  if (!person) return [reason('unknownEmployee', field)]
  return person.isDismissed ? [reason('dismissed', field, { name: person.name })] : []
}

function checkPeople(org: Org, { entity, kind, id, want }: OrgWish): readonly Reason[] {
  const found: Reason[] = []
  const isNew = kind === 'add'
  const { employeeId, substituteId } = want
  if (isNew || employeeId !== undefined)
    found.push(...checkPerson(org, employeeId ?? '', 'employeeId'))
  if (entity !== 'substitution') return found
  if (isNew || substituteId !== undefined)
    found.push(...checkPerson(org, substituteId ?? '', 'substituteId'))
  const before = org.substitutions.find(one => one.substitutionId === id)
  const replaced = employeeId ?? before?.employeeId
  if (replaced !== undefined && replaced === (substituteId ?? before?.substituteId))
    found.push(reason('substituteSelf', 'substituteId'))
  return found
}

function checkPeriod({ entity, want }: OrgWish, before: OrgFields): readonly Reason[] {
  if (entity !== 'absence' && entity !== 'substitution') return []
  const { fromAt = 0, untilAt = 0 } = { ...before, ...want }
  return fromAt < untilAt ? [] : [reason('endsBeforeBegin', 'untilAt')]
}
