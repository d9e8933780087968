/** What this adapter relies on and nobody has seen on a live portal yet (bitrix24.md 9). */
import { BackendError } from '../errors.ts'
import { createClient, type Access, type BitrixClient, type Command } from './client.ts'
import { resultOf } from './look.ts'
import { bagOf, idIn, listOf, timeIn } from './record.ts'
import { dealType } from './ref.ts'

/** One question of the list; `said` is what the portal did, without its texts. */
export interface Check {
  /** Of the list in bitrix24.md 9. */
  readonly number: number
  readonly outcome:
    /** As the adapter takes it to be. */
    | 'asTaken'
    | 'otherwise'
    /** Nothing on this portal shows it. */
    | 'notSeen'
    /** It would change something, block the portal, or needs an application. */
    | 'notAsked'
  readonly said: string
}

interface Question {
  readonly number: number
  ask(portal: Asking): Promise<Omit<Check, 'number'>>
}

interface Asking {
  readonly client: BitrixClient
  readonly access: Access
  readonly me: number
  readonly signal: AbortSignal
}

const asTaken = (said: string) => ({ outcome: 'asTaken', said }) as const
const otherwise = (said: string) => ({ outcome: 'otherwise', said }) as const
const notSeen = (said: string) => ({ outcome: 'notSeen', said }) as const
const notAsked = (said: string) => ({ outcome: 'notAsked', said }) as const

const dayMs = 86_400_000

const questions: readonly Question[] = [
  { number: 1, ask: guardedBatch },
  { number: 2, ask: deltaById },
  { number: 3, ask: () => Promise.resolve(notAsked('crm.item.update assignedById 0')) },
  { number: 4, ask: wrongSecret },
  { number: 5, ask: () => Promise.resolve(notAsked('contact links')) },
  { number: 6, ask: absenceChart },
  { number: 7, ask: calendar },
  { number: 8, ask: workingDay },
  { number: 9, ask: taskRights },
  { number: 10, ask: () => Promise.resolve(notAsked('503 QUERY_LIMIT_EXCEEDED')) },
  { number: 11, ask: () => Promise.resolve(notAsked('event.offline.get')) },
  { number: 12, ask: fastMode },
]

/** Asks everything that only reads; what fails says so in its place. */
export async function checkPortal(access: Access, signal: AbortSignal): Promise<readonly Check[]> {
  const client = createClient({ access, onAccess: () => undefined })
  try {
    const { result } = await client.call('profile', {}, { signal })
    const portal = { client, access, me: idIn(bagOf(result), 'ID') ?? 0, signal }
    const checks: Check[] = []
    for (const { number, ask } of questions)
      checks.push({ number, ...(await ask(portal).catch(failed)) })
    return checks
  } finally {
    client.close()
  }
}

function failed(error: unknown): Omit<Check, 'number'> {
  if (error instanceof BackendError) return otherwise(`${error.kind} ${error.code ?? ''}`.trim())
  throw error
}

/** A check that finds nothing must stop the command that refers to it, before it reads anything. */
async function guardedBatch({ client, signal }: Asking) {
  const none = { entityTypeId: dealType, filter: { id: -1 }, select: ['id'], start: -1 }
  const answers = await client.batch(
    [
      { key: 'check', method: 'crm.item.list', params: none },
      {
        key: 'guarded',
        method: 'crm.item.get',
        params: { entityTypeId: dealType, id: '$result[check][items][0][id]' },
      },
    ],
    { signal, isHalting: true },
  )
  const kind = answers.get('guarded')?.kind
  return kind === 'answered' ? otherwise('an item was read') : asTaken(String(kind))
}

async function deltaById({ client, signal }: Asking) {
  const since = Date.now() - 30 * dayMs
  const { result } = await client.call(
    'crm.item.list',
    {
      entityTypeId: dealType,
      filter: { '>=updatedTime': new Date(since).toISOString(), '>id': 0 },
      order: { id: 'ASC' },
      select: ['id', 'updatedTime'],
      start: -1,
    },
    { signal },
  )
  const rows = listOf(bagOf(result)['items'])
  if (rows.length === 0) return notSeen('0')
  const areRight = rows.every((row, place) => {
    const before = rows[place - 1]
    const isLater = before === undefined || (idIn(row, 'id') ?? 0) > (idIn(before, 'id') ?? 0)
    return isLater && (timeIn(row, 'updatedTime') ?? 0) >= since - 1000
  })
  return areRight ? asTaken(`${rows.length}`) : otherwise('rows out of order or too old')
}

async function wrongSecret({ access, signal }: Asking) {
  if (access.kind !== 'webhook') return notAsked('OAuth')
  const stranger = createClient({
    access: { ...access, secret: 'x'.repeat(16) },
    onAccess: () => undefined,
  })
  const error = await stranger.call('profile', {}, { signal }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  stranger.close()
  if (!(error instanceof BackendError)) return otherwise('answered')
  const said = `${error.kind} ${error.code ?? ''}`.trim()
  return error.kind === 'unauthorised' ? asTaken(said) : otherwise(said)
}

/** My people, as far as two questions tell. */
async function people({ client, me, signal }: Asking): Promise<number[]> {
  const rooms = await client.call('department.get', { UF_HEAD: me }, { signal })
  const ids = listOf(rooms.result).flatMap(row => idIn(row, 'ID') ?? [])
  if (ids.length === 0) return []
  const filter = { UF_DEPARTMENT: ids, ACTIVE: true }
  const found = await client.call('user.get', { FILTER: filter }, { signal })
  return listOf(found.result)
    .flatMap(row => idIn(row, 'ID') ?? [])
    .filter(id => id !== me)
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

async function accessibility(asking: Asking) {
  const users = (await people(asking)).slice(0, 20)
  const params = { users, from: dayOf(Date.now() - 30 * dayMs), to: dayOf(Date.now() + 60 * dayMs) }
  const { client, signal } = asking
  const { result } = await client.call('calendar.accessibility.get', params, { signal })
  return Object.values(bagOf(result)).flatMap(rows => listOf(rows))
}

async function absenceChart(asking: Asking) {
  const row = (await accessibility(asking)).find(one => one['FROM_HR'] === true)
  if (!row) return notSeen('0')
  const isKnown = typeof row['FROM'] === 'number' && typeof row['TO'] === 'number'
  return isKnown ? asTaken(Object.keys(row).join(' ')) : otherwise(Object.keys(row).join(' '))
}

async function calendar(asking: Asking) {
  return asTaken(`${(await accessibility(asking)).length}`)
}

async function workingDay(asking: Asking) {
  const [person] = await people(asking)
  if (person === undefined) return notSeen('0')
  const { client, signal } = asking
  const { result } = await client.call('timeman.status', { USER_ID: person }, { signal })
  const status = bagOf(result)['STATUS']
  return typeof status === 'string' ? asTaken(status) : otherwise(typeof status)
}

async function taskRights(asking: Asking) {
  const { client, me, signal } = asking
  const owners = await people(asking)
  const list = await client.call(
    'tasks.task.list',
    { filter: { RESPONSIBLE_ID: owners, '!CREATED_BY': me }, select: ['ID'], start: -1 },
    { signal },
  )
  const [task] = listOf(bagOf(list.result)['tasks'])
  const taskId = task && idIn(task, 'id')
  if (!taskId) return notSeen('0')
  const asked: Command = {
    key: 'may',
    method: 'tasks.task.getAccess',
    params: { taskId, users: [me] },
  }
  const answers = await client.batch([asked], { signal })
  const allowed = bagOf(bagOf(bagOf(resultOf(answers.get('may')))['allowedActions'])[String(me)])
  const may = ['EDIT', 'DELEGATE'].filter(name => allowed[name] === true)
  return may.length > 0 ? asTaken(may.join(' ')) : otherwise('neither EDIT nor DELEGATE')
}

async function fastMode({ client, signal }: Asking) {
  const { total } = await client.call(
    'crm.item.list',
    { entityTypeId: dealType, select: ['id'], start: -1 },
    { signal },
  )
  return asTaken(total === null ? 'no total' : `total ${total}`)
}
