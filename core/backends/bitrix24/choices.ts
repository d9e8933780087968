import { BackendError } from '../errors.ts'
import type { BitrixClient } from './client.ts'
import { openStages } from './funnels.ts'
import type { Funnel } from './funnels.ts'
import { meOf, readFunnels, readPeople } from './load.ts'
import { readAll } from './read-all.ts'
import { bagOf, idIn, listOf, textIn } from './record.ts'
import { dealType } from './ref.ts'
import type { Person } from './roster.ts'
import type { Rule } from './rule.ts'
import type { Names } from './world.ts'

/** What a portal offers for the rule of a workspace, as it is now. */
export interface Choices {
  readonly me: number
  /** The dismissed too. */
  readonly people: readonly Person[]
  /** Only administrators are told which smart processes there are (bitrix24.md 3.1). */
  readonly isListed: boolean
  /** Those of the portal, else those that were asked about. */
  readonly smartTypes: readonly SmartType[]
  /** Of leads, deals and every smart process above. */
  readonly funnels: readonly Funnel[]
}

export interface SmartType {
  readonly typeId: number
  /** null: nobody says it. */
  readonly name: string | null
  /** It is there, is shown to me and has stages. */
  readonly isReadable: boolean
}

export interface ChoicesOptions {
  readonly client: BitrixClient
  readonly names: Names
  readonly rule: Rule
}

/** `typeIds`: smart processes asked about besides those of the rule. Throws BackendError. */
export async function readChoices(
  { client, names, rule }: ChoicesOptions,
  typeIds: readonly number[],
  signal: AbortSignal,
): Promise<Choices> {
  const me = await meOf(client, signal)
  const people = await readPeople(client, signal)
  const listed = await namedTypes(client, signal)
  const smart = [...new Set([...(listed?.keys() ?? []), ...rule.smartTypes, ...typeIds])]
  const kinds = { hasLeads: true, typeIds: [dealType, ...smart], names }
  const funnels = await readFunnels(client, kinds, signal)
  const smartTypes = smart.map(typeId => ({
    typeId,
    name: listed?.get(typeId) ?? null,
    isReadable: funnels.some(one => one.typeId === typeId && openStages(one).length > 0),
  }))
  return { me, people, isListed: listed !== null, smartTypes, funnels }
}

/** null: this user may not be told. */
async function namedTypes(
  client: BitrixClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string> | null> {
  try {
    const rowsOf = (result: unknown) => listOf(bagOf(result)['types'])
    const rows = await readAll(client, 'crm.type.list', {}, { signal, rowsOf })
    return new Map(
      rows.flatMap(row => {
        const typeId = idIn(row, 'entityTypeId')
        return typeId === null ? [] : [[typeId, textIn(row, 'title').trim() || `#${typeId}`]]
      }),
    )
  } catch (error) {
    if (!(error instanceof BackendError) || error.code !== 'accessDenied') throw error
    return null
  }
}
