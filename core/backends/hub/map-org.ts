/** Edits of the organisation between the hub's bare ids and ours; pure. */
import { idOf, localIdOf } from '../../domain/id.ts'
import type { Entity, WorkspaceId } from '../../domain/id.ts'
import {
  addressOf,
  type EditOutcome,
  type OrgEdit,
  type OrgFields,
  pickFields,
} from '../../domain/org-edit.ts'
import type {
  WireOrgEdit,
  WireOrgFields,
  WireOrgHistory,
  WireOrgOutcome,
} from '../../hub/protocol.ts'
import { orgFieldsSchema } from '../../hub/protocol.ts'
import type { OrgHistory } from '../backend.ts'
import { idsFor } from './map-ids.ts'

/** Fields that carry an id, and of what. */
const entityByField: ReadonlyMap<string, Entity> = new Map([
  ['parentId', 'department'],
  ['departmentId', 'department'],
  ['employeeId', 'employee'],
  ['substituteId', 'employee'],
])

type Turn = (entity: Entity, id: string) => string

/** The same fields with every id turned. */
function turned(fields: object, turn: Turn): Record<string, unknown> {
  const value = (name: string, inner: unknown): unknown => {
    const entity = entityByField.get(name)
    if (entity && typeof inner === 'string') return turn(entity, inner)
    if (name !== 'kindLimits' || typeof inner !== 'object' || inner === null) return inner
    return Object.fromEntries(
      Object.entries(inner).map(([kind, limit]) => [turn('kind', kind), limit]),
    )
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, inner]) => [name, value(name, inner)]),
  )
}

const wireFieldsOf = (fields: OrgFields): WireOrgFields =>
  orgFieldsSchema.parse(turned(fields, (_entity, id) => localIdOf(id)))

export const wireEditOf = (edit: OrgEdit): WireOrgEdit => ({
  v: edit.v,
  editId: edit.editId,
  entity: edit.entity,
  id: localIdOf(edit.id),
  kind: edit.kind,
  want: wireFieldsOf(edit.want),
  base: wireFieldsOf(edit.base),
  issuedAt: edit.issuedAt,
  takesBack: edit.takesBack,
  supersedes: edit.supersedes,
})

/** What the hub says of the organisation, in the ids of one workspace. */
export interface OrgMap {
  outcomeOf(wire: WireOrgOutcome, sent: OrgEdit): EditOutcome
  historyOf(wire: WireOrgHistory): OrgHistory
}

export function orgMapFor(workspaceId: WorkspaceId): OrgMap {
  const ids = idsFor(workspaceId)
  const fieldsOf = (wire: WireOrgFields): OrgFields => {
    const whole = turned(wire, (entity, id) => idOf(workspaceId, entity, id))
    return pickFields(whole, Object.keys(whole))
  }
  return {
    outcomeOf: (wire, { editId }) => ({
      editId,
      outcome: wire.outcome,
      reasons: wire.reasons.map(ids.reason),
      theirs: wire.current ? fieldsOf(wire.current) : null,
      changedBy: ids.orNull('employee', wire.changedBy ?? null),
      changedAt: wire.changedAt ?? null,
    }),
    historyOf: ({ entries, isMore }) => ({
      isMore,
      entries: entries.map(entry => ({
        ...addressOf(entry.entity, idOf(workspaceId, entry.entity, entry.id)),
        editId: editIdOf(entry.editId),
        at: entry.at,
        employeeId: ids.orNull('employee', entry.employeeId),
        kind: entry.kind,
        from: fieldsOf(entry.from),
        to: fieldsOf(entry.to),
        takesBack: entry.takesBack === null ? null : editIdOf(entry.takesBack),
      })),
    }),
  }
}

/** Made by a window once, and the same on both sides. */
function editIdOf(id: string): OrgEdit['editId']
function editIdOf(id: string): string {
  return id
}
