import { applyEdit, baseOf, type OrgWish, recordFields } from '../../domain/org-edit.ts'
import type { Org } from '../../domain/org.ts'
import { orgFieldsSchema, type WireOrgEdit, type WireOrgOutcome } from '../protocol.ts'
import { may } from '../rights/may.ts'
import { viewerAt } from '../rights/viewer.ts'
import { audit } from '../store/audit.ts'
import { type OrgChange, writeOrg } from '../store/change-org.ts'
import type { HubStore, Writing } from '../store/hub-store.ts'
import { type EditDetail, editVerb } from '../store/org-history.ts'
import { employeeOf } from '../store/rows.ts'
import { actorOf, type Caller } from './caller.ts'
import { fieldsFrom, judgeOrgEdit, type OrgVerdict, wishFrom } from './judge-org-edit.ts'
import { type Asked, firstOutcome, keepOutcome, refuseOtherContent } from './once.ts'
import { Refusal } from './refusal.ts'

/** Throws `Refusal` for everybody but an admin. */
export async function refuseButAdmin(store: HubStore, caller: Caller): Promise<void> {
  const viewer = viewerAt(await store.world(), caller, store.now())
  if (!may(viewer, { kind: 'editOrg' })) throw new Refusal('forbidden')
}

const asked = (edit: WireOrgEdit): Asked => ({ id: edit.editId, content: edit })

/**
 * Edits the organisation, one transaction an edit, in the order given; each id has one effect.
 * Throws `Refusal` for everybody but an admin and `OtherContent` before the first.
 */
export async function editOrg(
  store: HubStore,
  caller: Caller,
  edits: readonly WireOrgEdit[],
): Promise<WireOrgOutcome[]> {
  await refuseButAdmin(store, caller)
  await refuseOtherContent(store.db, edits.map(asked))
  const outcomes: WireOrgOutcome[] = []
  for (const edit of edits) {
    const { verdict, replayed } = await store.write(writing => editOnce(writing, caller, edit))
    const now = recordFields((await store.world()).index.org, wishFrom(edit))
    const current = now ? { current: orgFieldsSchema.parse(now) } : {}
    outcomes.push({ editId: edit.editId, ...verdict, ...current, replayed })
  }
  return outcomes
}

async function editOnce(
  writing: Writing,
  caller: Caller,
  edit: WireOrgEdit,
): Promise<{ verdict: OrgVerdict; replayed: boolean }> {
  const { trx, at } = writing
  const before = await firstOutcome(trx, asked(edit))
  if (before !== null) {
    const verdict: OrgVerdict = JSON.parse(before)
    return { verdict, replayed: true }
  }
  const verdict = await judgeOrgEdit(writing, caller, edit)
  if (verdict.outcome === 'applied') await carryOut(writing, caller, edit)
  else
    await audit(trx, {
      at,
      actor: actorOf(caller),
      verb: 'refuseOrgEdit',
      entity: edit.entity,
      entityId: edit.id,
      detail: { ...edit, ...verdict },
    })
  await keepOutcome(trx, asked(edit), verdict, at)
  return { verdict, replayed: false }
}

async function carryOut(writing: Writing, caller: Caller, edit: WireOrgEdit): Promise<void> {
  const { trx, at, world } = writing
  const wish = wishFrom(edit)
  const org = await withFreshPerson(writing, world.index.org, wish)
  const from = baseOf(org, wish)
  const after = applyEdit(org, wish)
  await writeOrg(writing, changeOf(after, wish))
  const to = edit.kind === 'add' ? (recordFields(after, wish) ?? wish.want) : fieldsFrom(edit.want)
  const { editId, kind, takesBack } = edit
  const detail: EditDetail = { editId, kind, from, to, takesBack }
  await audit(trx, {
    at,
    actor: actorOf(caller),
    verb: editVerb,
    entity: edit.entity,
    entityId: edit.id,
    detail: { ...detail, issuedAt: edit.issuedAt, supersedes: edit.supersedes },
  })
}

/** Who was given a case since the organisation was read has it written down with them, and keeps it. */
async function withFreshPerson({ trx }: Writing, org: Org, wish: OrgWish): Promise<Org> {
  if (wish.entity !== 'employee') return org
  const row = await trx
    .selectFrom('employees')
    .selectAll()
    .where('employeeId', '=', wish.id)
    .executeTakeFirst()
  if (!row) return org
  const employees = org.employees.map(one => (one.employeeId === wish.id ? employeeOf(row) : one))
  return { ...org, employees }
}

/** The one record that differs, to be written or removed. */
function changeOf(after: Org, wish: OrgWish): OrgChange {
  const isGone = wish.kind === 'remove'
  switch (wish.entity) {
    case 'department':
      return isGone
        ? { removedDepartments: [wish.id] }
        : { departments: after.departments.filter(one => one.departmentId === wish.id) }
    case 'post':
      return isGone
        ? { removedPosts: [wish.id] }
        : { posts: after.posts.filter(one => one.postId === wish.id) }
    case 'employee':
      return isGone
        ? { removedEmployees: [wish.id] }
        : { employees: after.employees.filter(one => one.employeeId === wish.id) }
    case 'absence':
      return isGone
        ? { endedAbsences: [wish.id] }
        : { absences: after.absences.filter(one => one.absenceId === wish.id) }
    case 'substitution':
      return isGone
        ? { endedSubstitutions: [wish.id] }
        : { substitutions: after.substitutions.filter(one => one.substitutionId === wish.id) }
  }
}
