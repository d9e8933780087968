/** What a pull asks in batches of its own: the time, how much there is, what changed. */
import { BackendError } from '../errors.ts'
import type { Answer, BitrixClient } from './client.ts'
import { answerOf, resultOf } from './look.ts'
import { bagOf, idIn, listOf } from './record.ts'
import { senselessRow } from './row.ts'
import { changesFor, questionFor, sourcesOf, typesOf } from './sources.ts'
import type { World } from './world.ts'

const fullPage = 50

/** What changed of each type, its first page; all of them and the time in one request. */
export async function firstChanges(
  client: BitrixClient,
  world: World,
  since: number,
  signal: AbortSignal,
) {
  const asked = typesOf(world).map(typeId => ({
    typeId,
    question: changesFor(world, typeId, since),
  }))
  const commands = asked.map(({ question: { method, params, idField } }, at) => ({
    key: `changes${at}`,
    method,
    params: { ...params, order: { [idField]: 'ASC' }, start: -1 },
  }))
  const time = { key: 'time', method: 'server.time', params: {} }
  const answers = await client.batch([time, ...commands], { signal })
  const found = asked.map(({ typeId, question }, at) => {
    const rows = listOf(bagOf(resultOf(answers.get(`changes${at}`)))[question.rowsName])
    const ids = rows.map(row => idIn(row, 'id'))
    // A list by id whose ids do not rise is not the list that was asked for.
    if (!ids.every((id, place) => id !== null && id > (ids[place - 1] ?? 0)))
      throw senselessRow(typeId)
    const last = rows.at(-1)
    const isAll = rows.length < fullPage
    return { typeId, question, rows, isAll, last: (last && idIn(last, 'id')) ?? 0 }
  })
  return { now: timeIn(answerOf(answers.get('time'))), found }
}

/** `server.time` costs next to nothing (bitrix24.md 1.3). */
export async function serverTime(client: BitrixClient, signal: AbortSignal): Promise<number> {
  return timeIn(await client.call('server.time', {}, { signal }))
}

function timeIn({ result, at }: Answer): number {
  const told = typeof result === 'string' ? Date.parse(result) : Number.NaN
  const now = at ?? told
  if (Number.isFinite(now)) return now
  throw new BackendError('broken', 'the portal tells no time', { code: 'badAnswer' })
}

const countsAtOnce = 20

/** How many cases a load is going to bring. */
export async function countAll(
  client: BitrixClient,
  world: World,
  now: number,
  signal: AbortSignal,
): Promise<number> {
  const commands = sourcesOf(world).map((source, at) => {
    const { method, params, idField } = questionFor(world, source, now)
    return { key: `count${at}`, method, params: { ...params, select: [idField], start: 0 } }
  })
  let count = 0
  for (let from = 0; from < commands.length; from += countsAtOnce) {
    const some = commands.slice(from, from + countsAtOnce)
    const answers = await client.batch(some, { signal })
    for (const { key } of some) count += answerOf(answers.get(key)).total ?? 0
  }
  return count
}
