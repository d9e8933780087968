/** A string that cannot be mistaken for another kind of id. */
export type Branded<Name extends string> = string & { readonly __brand: Name }

export type WorkspaceId = Branded<'workspace'>
export type CaseId = Branded<'case'>
export type EmployeeId = Branded<'employee'>
export type DepartmentId = Branded<'department'>
export type PostId = Branded<'post'>
export type ClientId = Branded<'client'>
export type AbsenceId = Branded<'absence'>
export type SubstitutionId = Branded<'substitution'>
export type KindId = Branded<'kind'>
export type HistoryId = Branded<'history'>
/** UUIDv7 made in the window before the decision is written. */
export type DecisionId = Branded<'decision'>
/** UUIDv7 of one gesture of the head; the unit of undo. */
export type ActId = Branded<'act'>
/** UUIDv7 of one edit of the organisation, made in the window before it is written. */
export type EditId = Branded<'edit'>

/** Ids by entity: in a console they read `workspace:entity:id`, in the hub they are bare. */
export interface IdByEntity {
  case: CaseId
  employee: EmployeeId
  department: DepartmentId
  post: PostId
  client: ClientId
  absence: AbsenceId
  substitution: SubstitutionId
  kind: KindId
  history: HistoryId
}
export type Entity = keyof IdByEntity

/** `workspace:entity:id`, for instance `demo:case:5306`. */
export function idOf<E extends Entity>(
  workspaceId: WorkspaceId,
  entity: E,
  local: string,
): IdByEntity[E]
export function idOf(workspaceId: WorkspaceId, entity: Entity, local: string): string {
  return `${workspaceId}:${entity}:${local}`
}

/** The backend's own id: what follows the second colon (a bare id is returned as it is). */
export function localIdOf(id: string): string {
  const second = id.indexOf(':', id.indexOf(':') + 1)
  return second < 0 ? id : id.slice(second + 1)
}
