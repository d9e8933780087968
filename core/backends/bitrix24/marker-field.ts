import { BackendError } from '../errors.ts'
import type { BitrixClient, CommandAnswer } from './client.ts'
import { listOf, textIn } from './record.ts'

/** Without the prefix the portal puts before it (crm.deal.userfield.add). */
const fieldName = 'NACHALO'
const wholeName = `UF_CRM_${fieldName}`

const entities = ['deal', 'lead'] as const

/**
 * The custom field of deals and leads in which a decision leaves its id, made where it is missing.
 * null: it is not there and may not be made; nothing was changed then but perhaps one of the two.
 */
export async function useMarker(
  client: BitrixClient,
  label: string,
  signal: AbortSignal,
): Promise<string | null> {
  const found = await client.batch(
    entities.map(entity => ({
      key: entity,
      method: `crm.${entity}.userfield.list`,
      params: { filter: { FIELD_NAME: wholeName } },
    })),
    { signal },
  )
  for (const entity of entities) {
    if (isThere(found.get(entity))) continue
    if (!(await add(client, entity, label, signal))) return null
  }
  return wholeName
}

const isThere = (answer: CommandAnswer | undefined): boolean =>
  answer?.kind === 'answered' &&
  listOf(answer.answer.result).some(row => textIn(row, 'FIELD_NAME') === wholeName)

async function add(
  client: BitrixClient,
  entity: (typeof entities)[number],
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
