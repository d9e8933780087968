import type { Case } from '../../domain/case.ts'
import type { ClientId } from '../../domain/id.ts'
import type { Client } from '../backend.ts'
import type { BitrixClient } from './client.ts'
import { resultOf } from './look.ts'
import { clientOf, employeeOf } from './map-case.ts'
import { bagOf, idIn, listOf, textIn } from './record.ts'
import type { Bag } from './record.ts'
import { companyType, contactType } from './ref.ts'
import type { World } from './world.ts'

const idsAtOnce = 50
const commandsAtOnce = 20

/** Contacts and companies of items, by the ids in their rows; asked about once a process. */
export function createClientBook(client: BitrixClient) {
  const known = new Set<string>()
  const names = new Map<ClientId, string>()
  return {
    /** With the name of its client, where that is known. */
    named: <T extends Case>(theCase: T): T => {
      const name = theCase.clientId === null ? undefined : names.get(theCase.clientId)
      return name === undefined ? theCase : { ...theCase, clientName: name }
    },
    async of(world: World, rows: readonly Bag[], signal: AbortSignal): Promise<Client[]> {
      const asked = [
        ...questions(contactType, idsNamed(rows, 'contactId', contactType, known)),
        ...questions(companyType, idsNamed(rows, 'companyId', companyType, known)),
      ]
      const found: Client[] = []
      for (let from = 0; from < asked.length; from += commandsAtOnce) {
        const some = asked.slice(from, from + commandsAtOnce)
        const commands = some.map(({ params }, at) => ({
          key: `clients${at}`,
          method: 'crm.item.list',
          params,
        }))
        const answers = await client.batch(commands, { signal })
        for (const [at, { typeId, ids }] of some.entries()) {
          const items = listOf(bagOf(resultOf(answers.get(`clients${at}`))).items)
          found.push(...items.flatMap(item => clientIn(world, typeId, item) ?? []))
          for (const id of ids) known.add(`${typeId}:${id}`)
        }
      }
      for (const { clientId, name } of found) names.set(clientId, name)
      return found
    },
  }
}

export type ClientBook = ReturnType<typeof createClientBook>

function idsNamed(
  rows: readonly Bag[],
  name: string,
  typeId: number,
  known: ReadonlySet<string>,
): number[] {
  const ids = new Set(rows.flatMap(row => idIn(row, name) ?? []))
  return [...ids].filter(id => !known.has(`${typeId}:${id}`))
}

const questions = (typeId: number, ids: readonly number[]) =>
  Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_unused, at) => {
    const some = ids.slice(at * idsAtOnce, (at + 1) * idsAtOnce)
    const select = ['id', 'name', 'lastName', 'title', 'assignedById']
    const filter = { '@id': some }
    return { typeId, ids: some, params: { entityTypeId: typeId, select, filter, start: -1 } }
  })

function clientIn(world: World, typeId: number, item: Bag): Client | null {
  const id = idIn(item, 'id')
  if (id === null) return null
  const person = `${textIn(item, 'name')} ${textIn(item, 'lastName')}`.trim()
  const responsible = idIn(item, 'assignedById')
  return {
    clientId: clientOf(world, typeId, id),
    name: textIn(item, 'title').trim() || person || `#${id}`,
    responsibleId: responsible === null ? null : employeeOf(world, responsible),
  }
}
