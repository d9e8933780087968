import type { OrgAnswers } from '../contract-org.ts'
import type { Arg } from '../contract.ts'
import { checkEdit } from '../domain/check-org-edit.ts'
import type { Reason } from '../domain/decision.ts'
import type { EditId } from '../domain/id.ts'
import {
  addressOf,
  applyEdit,
  baseOf,
  isSameFields,
  type OrgEdit,
  type OrgFields,
  pickFields,
} from '../domain/org-edit.ts'
import type { Org } from '../domain/org.ts'
import {
  cancelEdit,
  editItems,
  finalEdit,
  isEditKnown,
  markEditSeen,
  recordEdits,
} from '../store/org-edits.ts'
import { editedOrg } from '../store/org.ts'
import type { Desk } from './desk.ts'

type Wish = Arg<'editOrg'>['edits'][number]

function editIdOf(id: string): EditId
function editIdOf(id: string): string {
  return id
}

const why = (code: string): Reason => ({ code: `orgEdit.reason.${code}`, field: 'id' })

/** Why nothing of the organisation can be edited here; null: it can. */
function obstacle(desk: Desk): Reason | null {
  if (!desk.hasOrgEdits) return why('cannot')
  return desk.me()?.role === 'admin' ? null : why('notAdmin')
}

/** Durable when this returns: all edits of the gesture or, with the reasons, none. The same ids again do nothing. */
export function editOrg(desk: Desk, { edits }: Arg<'editOrg'>): OrgAnswers['editOrg'] {
  const known = edits.filter(({ editId }) => isEditKnown(desk.store, editIdOf(editId)))
  if (known.length === edits.length) return { isDone: true, refused: [] }
  const inTheWay = obstacle(desk)
  const made: OrgEdit[] = []
  const refused: { editId: string; reasons: readonly Reason[] }[] = []
  let org = editedOrg(desk.store)
  for (const wish of edits) {
    const edit = editFrom(org, wish, desk.now())
    const reasons = inTheWay ? [inTheWay] : reasonsAgainst(org, edit)
    if (reasons.length > 0) refused.push({ editId: wish.editId, reasons })
    made.push(edit)
    org = applyEdit(org, edit)
  }
  if (refused.length > 0) return { isDone: false, refused }
  recordEdits(desk.store, made)
  return { isDone: true, refused }
}

/** A field that came as undefined was not named. */
function fieldsFrom(fields: object): OrgFields {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined)
  return pickFields(
    fields,
    named.map(([name]) => name),
  )
}

function editFrom(org: Org, wish: Wish, issuedAt: number): OrgEdit {
  const { entity, id, kind } = wish
  const meant = { ...addressOf(entity, id), kind, want: fieldsFrom(wish.want) }
  return {
    ...meant,
    v: 1,
    editId: editIdOf(wish.editId),
    base: wish.base ? fieldsFrom(wish.base) : baseOf(org, meant),
    issuedAt,
    takesBack: wish.takesBack === undefined ? null : editIdOf(wish.takesBack),
    supersedes: null,
  }
}

function reasonsAgainst(org: Org, edit: OrgEdit): readonly Reason[] {
  const reasons = checkEdit(org, edit)
  if (reasons.length > 0 || edit.kind !== 'set') return reasons
  return isSameFields(edit.want, baseOf(org, edit)) ? [why('nothing')] : []
}

export const orgEdits = (desk: Desk, { limit }: Arg<'orgEdits'>): OrgAnswers['orgEdits'] =>
  editItems(desk.store, limit)

/** An admin's answer to an edit that waits, conflicts or was rejected; false: it is past that. */
export function answerOrgEdit(
  desk: Desk,
  { editId: asked, newEditId, choice }: Arg<'answerOrgEdit'>,
): OrgAnswers['answerOrgEdit'] {
  const { store } = desk
  const editId = editIdOf(asked)
  switch (choice) {
    case 'cancel':
    case 'keepTheirs':
      return { isDone: cancelEdit(store, editId, choice).length > 0 }
    case 'seen':
      markEditSeen(store, editId)
      return { isDone: true }
    case 'insist':
      return { isDone: insist(desk, editId, editIdOf(newEditId)) }
  }
}

/** The same wish on what stands there now. */
function insist(desk: Desk, editId: EditId, newEditId: EditId): boolean {
  const { store } = desk
  if (isEditKnown(store, newEditId)) return true
  const edit = finalEdit(store, editId)
  const told = editItems(store, 1).find(item => item.edit.editId === editId)?.theirs
  if (!edit) return false
  const theirs = told ?? baseOf(editedOrg(store), edit)
  const base = edit.kind === 'remove' ? theirs : pickFields(theirs, Object.keys(edit.want))
  recordEdits(store, [
    {
      ...edit,
      editId: newEditId,
      base,
      issuedAt: desk.now(),
      takesBack: edit.takesBack,
      supersedes: editId,
    },
  ])
  return true
}
