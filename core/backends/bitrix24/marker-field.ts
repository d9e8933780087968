import { BackendError } from '../errors.ts'
import type { BitrixClient, Command, CommandAnswer } from './client.ts'
import { bagOf } from './record.ts'
import { dealType, leadType } from './ref.ts'

/** Without the prefix the portal puts before it (crm.deal.userfield.add). */
const fieldName = 'NACHALO'
const wholeName = `UF_CRM_${fieldName}`

const entities = [
  { name: 'deal', typeId: dealType },
  { name: 'lead', typeId: leadType },
] as const
type EntityName = (typeof entities)[number]['name']

/** Commands that tell whether the field is there; anybody who may read items may ask. */
export const markerQuestions: readonly Command[] = entities.map(({ name, typeId }) => ({
  key: `fields${name}`,
  method: 'crm.item.fields',
  params: { entityTypeId: typeId, useOriginalUfNames: 'Y' },
}))

/** Of which entities the field is missing, by the answers to `markerQuestions`. */
export const markerMissing = (answers: ReadonlyMap<string, CommandAnswer>): EntityName[] =>
  entities.flatMap(({ name }) => {
    const answer = answers.get(`fields${name}`)
    const result = answer?.kind === 'answered' ? bagOf(answer.answer.result) : {}
    return wholeName in bagOf(result['fields']) ? [] : name
  })

/**
 * The custom field of deals and leads in which a decision leaves its id, made where it is missing.
 * null: it is not there and may not be made; nothing was changed then but perhaps one of the two.
 */
export async function useMarker(
  client: BitrixClient,
  label: string,
  signal: AbortSignal,
): Promise<string | null> {
  for (const name of markerMissing(await client.batch(markerQuestions, { signal })))
    if (!(await add(client, name, label, signal))) return null
  return wholeName
}

async function add(
  client: BitrixClient,
  entity: EntityName,
  label: string,
  signal: AbortSignal,
): Promise<boolean> {
  const fields = {
    FIELD_NAME: fieldName,
    USER_TYPE_ID: 'string',
    EDIT_FORM_LABEL: label,
    LIST_COLUMN_LABEL: label,
  }
  try {
    await client.call(`crm.${entity}.userfield.add`, { fields }, { signal, isWrite: true })
    return true
  } catch (error) {
    if (error instanceof BackendError && (error.kind === 'forbidden' || error.kind === 'refused'))
      return false
    throw error
  }
}
