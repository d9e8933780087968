import { v7 } from 'uuid'
import type { Arg } from '../../core/contract.ts'
import type { Reason } from '../../core/domain/decision.ts'
import { type Entity, idOf } from '../../core/domain/id.ts'
import { addressOf, inverseOf, type OrgEdit, type OrgFields } from '../../core/domain/org-edit.ts'
import { core } from './core.ts'
import { useReplica } from './replica.ts'
import { reportProblem } from './report.ts'
import { say } from './view.ts'

export type Wish = Omit<Arg<'editOrg'>['edits'][number], 'editId'>

/** The id of a record this window adds. */
export function mintRecordId(entity: Entity): string {
  const { space } = useReplica.getState()
  return space ? idOf(space.workspaceId, entity, v7()) : ''
}

/** Asks for edits as one gesture; why nothing was done, or nothing when all was. */
export async function editOrg(wishes: readonly Wish[]): Promise<readonly Reason[]> {
  const edits = wishes.map(wish => ({ ...wish, editId: v7() }))
  return core.editOrg({ edits }).then(
    ({ refused }) => refused.flatMap(({ reasons }) => reasons),
    (error: unknown) => {
      reportProblem(`editOrg: ${String(error)}`)
      say({ kind: 'broken' })
      return []
    },
  )
}

const sent = (fields: OrgFields): Wish['want'] => ({
  ...fields,
  skills: fields.skills ? [...fields.skills] : undefined,
})

/** Takes back what was carried out; what somebody changed since becomes a conflict. */
export function takeBack(
  edit: Pick<OrgEdit, 'entity' | 'id' | 'kind' | 'editId'> & {
    readonly from: OrgFields
    readonly to: OrgFields
  },
): Promise<readonly Reason[]> {
  const { entity, id, kind, editId, from, to } = edit
  const back = inverseOf({ ...addressOf(entity, id), kind, want: to, base: from })
  return editOrg([
    {
      entity,
      id,
      kind: back.kind,
      want: sent(back.want),
      base: sent(back.base),
      takesBack: editId,
    },
  ])
}

/** Answers an edit that waits, conflicts or was rejected. */
export async function answerEdit(
  editId: string,
  choice: Arg<'answerOrgEdit'>['choice'],
): Promise<void> {
  await core.answerOrgEdit({ editId, newEditId: v7(), choice })
}
