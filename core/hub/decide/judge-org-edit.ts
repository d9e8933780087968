import type { Kysely } from 'kysely'
import { checkEdit } from '../../domain/check-org-edit.ts'
import {
  addressOf,
  differingFields,
  type OrgFields,
  type OrgWish,
  pickFields,
  recordFields,
} from '../../domain/org-edit.ts'
import { bareId } from '../bare-id.ts'
import type { WireOrgEdit, WireOrgFields, WireOrgOutcome } from '../protocol.ts'
import type { Writing } from '../store/hub-store.ts'
import { lastOrgChange } from '../store/org-history.ts'
import type { Tables } from '../store/tables.ts'
import type { Caller } from './caller.ts'

/** What is kept of an outcome; the record as it is now is added when somebody asks. */
export type OrgVerdict = Pick<WireOrgOutcome, 'outcome' | 'reasons' | 'changedBy' | 'changedAt'>

const rejected = (code: string): OrgVerdict => ({
  outcome: 'rejected',
  reasons: [{ code: `orgEdit.reason.${code}`, field: 'id' }],
})

/** Fields of the wire as the domain has them. */
export const fieldsFrom = (wire: WireOrgFields): OrgFields => pickFields(wire, Object.keys(wire))

/** An edit of the wire as the domain's. */
export const wishFrom = ({ entity, id, kind, want }: WireOrgEdit): OrgWish => ({
  ...addressOf(entity, id),
  kind,
  want: fieldsFrom(want),
})

/** What becomes of an edit: a conflict is judged on the fields it names, not on the record. */
export async function judgeOrgEdit(
  { world, trx }: Writing,
  caller: Caller,
  edit: WireOrgEdit,
): Promise<OrgVerdict> {
  const { org } = world.index
  const wish = wishFrom(edit)
  const base = fieldsFrom(edit.base)
  if (!isWellFormed(edit)) return rejected('wrongFields')
  const now = recordFields(org, wish)
  if (isSo(wish, now)) return { outcome: 'alreadySo', reasons: [] }
  const changed = now && edit.kind !== 'add' ? differingFields(base, now) : []
  if (changed.length > 0) {
    const last = await lastOrgChange(trx, wish, changed)
    const { employeeId = null, at } = last ?? {}
    const known = at === undefined ? {} : { changedBy: employeeId, changedAt: at }
    return { outcome: 'conflict', reasons: [], ...known }
  }
  const reasons = checkEdit(org, { ...wish, takesBack: edit.takesBack })
  if (reasons.length > 0)
    return { outcome: 'rejected', reasons: reasons.map(reason => ({ ...reason })) }
  if (wish.want.isDismissed === true && edit.id === caller.employeeId) return rejected('yourself')
  if (edit.kind === 'remove' && (await isNamedElsewhere(trx, wish))) return rejected('inUse')
  return { outcome: 'applied', reasons: [] }
}

function isSo({ kind, want }: OrgWish, now: OrgFields | null): boolean {
  if (kind === 'remove') return now === null
  return now !== null && Object.keys(want).length > 0 && differingFields(want, now).length === 0
}

/** `set` names the same in want and base, `add` has no base, `remove` no want. */
function isWellFormed({ kind, want, base }: WireOrgEdit): boolean {
  const wanted = Object.keys(want).sort().join()
  const based = Object.keys(base).sort().join()
  if (kind === 'set') return wanted === based && wanted !== ''
  return kind === 'add' ? based === '' : wanted === ''
}

/** Cases, their history and tokens name departments and people, and are no part of the organisation. */
async function isNamedElsewhere(trx: Kysely<Tables>, { entity, id }: OrgWish): Promise<boolean> {
  if (entity === 'department') {
    const departmentId = bareId('department', id)
    const ofCases = trx
      .selectFrom('cases')
      .select('caseId')
      .where('departmentId', '=', departmentId)
    return (await ofCases.limit(1).execute()).length > 0
  }
  if (entity !== 'employee') return false
  const employeeId = bareId('employee', id)
  const found = [
    await trx
      .selectFrom('cases')
      .select('caseId')
      .where('responsibleId', '=', employeeId)
      .limit(1)
      .execute(),
    await trx
      .selectFrom('history')
      .select('historyId')
      .where('employeeId', '=', employeeId)
      .limit(1)
      .execute(),
    await trx
      .selectFrom('tokens')
      .select('tokenId')
      .where('employeeId', '=', employeeId)
      .limit(1)
      .execute(),
  ]
  return found.some(rows => rows.length > 0)
}
