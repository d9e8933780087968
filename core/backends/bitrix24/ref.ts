import { localIdOf } from '../../domain/id.ts'

/** What a case is on a portal: an item of the CRM by its type, or a task (bitrix24.md 3.1, 3.5). */
export type Ref =
  | { readonly kind: 'item'; readonly typeId: number; readonly id: number }
  | { readonly kind: 'task'; readonly id: number }

export const leadType = 1
export const dealType = 2
export const contactType = 3
export const companyType = 4

/** The codes the portal itself uses in bindings: L, D and `T` with the type in hex (bitrix24.md 3.1). */
function codeOf(typeId: number): string {
  if (typeId === leadType) return 'L'
  return typeId === dealType ? 'D' : `T${typeId.toString(16)}`
}

/** `D_351`, `L_12`, `T80_6`, `TASK_8017`: the second half of a case's id. */
export const localOf = (ref: Ref): string =>
  ref.kind === 'task' ? `TASK_${ref.id}` : `${codeOf(ref.typeId)}_${ref.id}`

const pattern = /^(?:(L)|(D)|T([0-9a-f]{1,8})|(TASK))_([1-9]\d{0,14})$/

/** null: not the id of a case of a portal. */
export function refOf(caseId: string): Ref | null {
  const [, lead, deal, smart, task, id] = pattern.exec(localIdOf(caseId)) ?? []
  if (id === undefined) return null
  if (task) return { kind: 'task', id: Number(id) }
  const typeId = lead ? leadType : deal ? dealType : Number.parseInt(smart ?? '', 16)
  return { kind: 'item', typeId, id: Number(id) }
}

/** What people say: «D-351», «T-8017»; items of a smart process by its number, «S128-6». */
export function numberOf(ref: Ref): string {
  if (ref.kind === 'task') return `T-${ref.id}`
  const { typeId } = ref
  const letter = typeId === leadType ? 'L' : typeId === dealType ? 'D' : `S${typeId}`
  return `${letter}-${ref.id}`
}
