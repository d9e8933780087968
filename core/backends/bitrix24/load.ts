import type { WorkspaceId } from '../../domain/id.ts'
import { BackendError } from '../errors.ts'
import type { BitrixClient, Command, CommandAnswer } from './client.ts'
import type { Fact } from './fact.ts'
import { stagesIn, stagesOf } from './funnels.ts'
import type { Funnel } from './funnels.ts'
import { resultOf } from './look.ts'
import { readPresence } from './presence.ts'
import { readAll } from './read-all.ts'
import { bagOf, idIn, listOf, numberIn, textIn } from './record.ts'
import { dealType, leadType } from './ref.ts'
import { membersOf, peopleIn, roomsIn, rosterOf, scopeOf } from './roster.ts'
import type { Person } from './roster.ts'
import type { Rule } from './rule.ts'
import { worldOf } from './world.ts'
import type { Names, World } from './world.ts'

export interface LoadOptions {
  readonly client: BitrixClient
  readonly workspaceId: WorkspaceId
  readonly rule: Rule
  readonly taken: ReadonlyMap<string, Fact>
  readonly names: Names
  /** UTC ms. */
  readonly now: () => number
}

/** Who I am, the company, and the ways cases go: a handful of requests. */
export async function loadWorld(options: LoadOptions, signal: AbortSignal): Promise<World> {
  const { client } = options
  const me = await meOf(client, signal)
  const rooms = roomsIn(await readAll(client, 'department.get', {}, { signal, startName: 'START' }))
  const roster = rosterOf(await readPeople(client, signal), rooms)
  const members = membersOf(roster, scopeOf(roster, me)).filter(one => one.isActive)
  const ids = members.map(one => one.id)
  const presence = await readPresence(client, ids, options.now(), signal)
  const { hasLeads, hasDeals, smartTypes } = options.rule
  const kinds = { hasLeads, typeIds: [...(hasDeals ? [dealType] : []), ...smartTypes] }
  const funnels = await readFunnels(client, { ...kinds, names: options.names }, signal)
  return worldOf({ ...options, me, roster, funnels, presence })
}

/** The user a webhook or a token speaks for. */
export async function meOf(client: BitrixClient, signal: AbortSignal): Promise<number> {
  const { result } = await client.call('profile', {}, { signal })
  const me = idIn(bagOf(result), 'ID')
  if (me === null) throw new BackendError('broken', 'nobody is told', { code: 'badAnswer' })
  return me
}

/** Everybody of the company, the dismissed too. */
export const readPeople = async (client: BitrixClient, signal: AbortSignal): Promise<Person[]> =>
  peopleIn(
    await readAll(client, 'user.get', { sort: 'ID', order: 'ASC', ADMIN_MODE: true }, { signal }),
  )

/** Ids that are none, or twice the same, would leave whole funnels out. */
function categoriesIn(typeId: number, result: unknown): Omit<Funnel, 'stages'>[] {
  const rows = listOf(bagOf(result)['categories'])
  const ids = rows.map(row => numberIn(row, 'id'))
  const isSound = ids.every(id => id !== null && id >= 0) && new Set(ids).size === ids.length
  if (!isSound)
    throw new BackendError('broken', 'funnels that make no sense', { code: 'badAnswer' })
  return rows.map(row => ({
    typeId,
    categoryId: numberIn(row, 'id') ?? 0,
    name: textIn(row, 'name'),
  }))
}

const commandsAtOnce = 50

interface Kinds {
  readonly hasLeads: boolean
  /** Of those that have funnels. */
  readonly typeIds: readonly number[]
  readonly names: Names
}

/** Funnels first, then the stages of each; a type that may not be read has none. */
export async function readFunnels(
  client: BitrixClient,
  { hasLeads, typeIds, names }: Kinds,
  signal: AbortSignal,
): Promise<Funnel[]> {
  const leads = { typeId: leadType, categoryId: 0, name: names.leads }
  const ways = hasLeads ? [leads] : []
  for (let from = 0; from < typeIds.length; from += commandsAtOnce) {
    const some = typeIds.slice(from, from + commandsAtOnce)
    const asked = some.map((entityTypeId): Command => ({
      key: `funnels${entityTypeId}`,
      method: 'crm.category.list',
      params: { entityTypeId },
    }))
    const answers = await client.batch(asked, { signal })
    for (const typeId of some) ways.push(...waysIn(typeId, answers.get(`funnels${typeId}`)))
  }
  return withStages(client, ways, signal)
}

function waysIn(typeId: number, answer: CommandAnswer | undefined): Omit<Funnel, 'stages'>[] {
  if (answer?.kind === 'failed' && isClosedTo(typeId, answer.error)) return []
  return categoriesIn(typeId, resultOf(answer))
}

/** A smart process that is gone or kept from this user stops nothing else. */
const isClosedTo = (typeId: number, { kind, code }: BackendError): boolean =>
  kind === 'refused' || (typeId !== dealType && code === 'accessDenied')

const isSmart = (typeId: number): boolean => typeId !== leadType && typeId !== dealType

async function withStages(
  client: BitrixClient,
  ways: readonly Omit<Funnel, 'stages'>[],
  signal: AbortSignal,
): Promise<Funnel[]> {
  const funnels: Funnel[] = []
  for (let from = 0; from < ways.length; from += commandsAtOnce) {
    const some = ways.slice(from, from + commandsAtOnce)
    const commands = some.map(({ typeId, categoryId }, at) => ({
      key: `stages${at}`,
      method: 'crm.status.list',
      params: { filter: { ENTITY_ID: stagesOf(typeId, categoryId) }, order: { SORT: 'ASC' } },
    }))
    const answers = await client.batch(commands, { signal })
    for (const [at, way] of some.entries()) {
      const stages = stagesIn(listOf(resultOf(answers.get(`stages${at}`))))
      // Leads and deals always have stages; without them none of their cases would be asked for.
      if (stages.length === 0 && !isSmart(way.typeId))
        throw new BackendError('broken', 'a funnel without stages', { code: 'badAnswer' })
      funnels.push({ ...way, stages })
    }
  }
  return funnels
}
