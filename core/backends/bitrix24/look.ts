import { BackendError } from '../errors.ts'
import type { Answer, BitrixClient, Command, CommandAnswer } from './client.ts'
import { caseOfItem, caseOfTask } from './map-case.ts'
import type { WholeCase } from './map-case.ts'
import { readMarker } from './marker.ts'
import type { Marker } from './marker.ts'
import { bagOf, idIn, isBag, listOf, numberIn, textIn, timeIn } from './record.ts'
import type { Bag } from './record.ts'
import type { Ref } from './ref.ts'
import { itemSelect, taskSelect } from './select.ts'
import { markerFor } from './world.ts'
import type { World } from './world.ts'

/** One line of a task's history of who is responsible (bitrix24.md 3.5). */
export interface Turn {
  readonly id: number
  readonly by: number | null
  readonly from: number | null
  readonly to: number | null
}

/** A case as the portal shows it at a moment, perhaps some seconds late. */
export type Look =
  | {
      readonly kind: 'here'
      /** The portal's own responsible, before our rule is applied. */
      readonly raw: number | null
      readonly case: WholeCase
      /** null: the workspace has no marker, or this is a task. */
      readonly marker: Marker | null
      /** null: this is no task. */
      readonly turns: readonly Turn[] | null
      readonly changedBy: number | null
      readonly changedAt: number | null
      readonly createdBy: number | null
    }
  /** Deleted. */
  | { readonly kind: 'gone' }
  /** There, and not for me to see. */
  | { readonly kind: 'hidden' }

/** So many cases are looked at in one request: a command for each type, and one more for each task. */
export const looksAtOnce = 40

/**
 * In the order of `refs`, at most `looksAtOnce`. A case that cannot be looked at now has the error
 * in its place: it must not hold up the others. Throws when none can be.
 */
export async function lookAt(
  client: BitrixClient,
  world: World,
  refs: readonly Ref[],
  signal: AbortSignal,
): Promise<readonly (Look | BackendError)[]> {
  const answers = await client.batch(questionsAbout(world, refs), { signal })
  const seen = refs.map(ref => tried(() => lookIn(world, ref, answers)))
  const looks = await toldApart(client, world, { refs, looks: seen }, signal)
  const [first] = looks
  if (first instanceof BackendError && looks.every(look => look instanceof BackendError))
    throw first
  return looks
}

function lookIn(world: World, ref: Ref, answers: ReadonlyMap<string, CommandAnswer>): Look {
  const { items, tasks } = bagOf(resultOf(answers.get(listKey(typeOf(ref)))))
  const rows = listOf(ref.kind === 'task' ? tasks : items)
  const row = rows.find(one => idIn(one, 'id') === ref.id)
  if (ref.kind === 'task') return taskLook(world, row, answers.get(turnsKey(ref.id)))
  return row ? itemHere(world, ref.typeId, row) : { kind: 'gone' }
}

/** A list is silent about what is deleted and about what is not mine to see; asked by name it tells. */
async function toldApart(
  client: BitrixClient,
  world: World,
  { refs, looks }: { refs: readonly Ref[]; looks: readonly (Look | BackendError)[] },
  signal: AbortSignal,
): Promise<readonly (Look | BackendError)[]> {
  const commands = refs.flatMap((ref, at): Command[] => {
    const look = looks[at]
    const isMissing =
      ref.kind === 'item' && !(look instanceof BackendError) && look?.kind === 'gone'
    if (!isMissing) return []
    const params = { entityTypeId: ref.typeId, id: ref.id, useOriginalUfNames: 'Y' }
    return [{ key: `get${at}`, method: 'crm.item.get', params }]
  })
  if (commands.length === 0) return looks
  const answers = await client.batch(commands, { signal })
  return refs.map((ref, at) => {
    const answer = answers.get(`get${at}`)
    const look = looks[at] ?? { kind: 'gone' }
    if (!answer || ref.kind === 'task') return look
    return tried(() => {
      const { item } = bagOf(resultOf(answer))
      return isBag(item) ? itemHere(world, ref.typeId, item) : { kind: 'gone' }
    })
  })
}

function tried(look: () => Look): Look | BackendError {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    // Not to be thrown: it would end even a decision that may have been carried out.
    if (error.kind === 'forbidden') return { kind: 'hidden' }
    if (error.kind === 'refused') return { kind: error.code === 'notFound' ? 'gone' : 'hidden' }
    return error
  }
}

const typeOf = (ref: Ref): number | 'task' => (ref.kind === 'task' ? 'task' : ref.typeId)
const typesIn = (refs: readonly Ref[]) => [...new Set(refs.map(typeOf))]
const listKey = (typeId: number | 'task') => `list${typeId}`
const turnsKey = (taskId: number) => `turns${taskId}`

function questionsAbout(world: World, refs: readonly Ref[]): Command[] {
  const lists = typesIn(refs).map(typeId => {
    const ids = refs.filter(ref => typeOf(ref) === typeId).map(ref => ref.id)
    return listQuestion(world, typeId, ids)
  })
  const turns = refs.flatMap(ref =>
    ref.kind === 'task' ? turnsQuestion(turnsKey(ref.id), ref.id) : [],
  )
  return [...lists, ...turns]
}

function listQuestion(world: World, typeId: number | 'task', ids: readonly number[]): Command {
  if (typeId === 'task') {
    const params = { filter: { ID: ids }, select: taskSelect, start: -1 }
    return { key: listKey(typeId), method: 'tasks.task.list', params }
  }
  const params = {
    entityTypeId: typeId,
    filter: { '@id': ids },
    select: itemSelect(world, typeId),
    useOriginalUfNames: 'Y',
    start: -1,
  }
  return { key: listKey(typeId), method: 'crm.item.list', params }
}

export const turnsQuestion = (key: string, taskId: number): Command => ({
  key,
  method: 'tasks.task.history.list',
  params: { taskId, filter: { FIELD: 'RESPONSIBLE_ID' } },
})

/** What an item says of itself, from a list, a get or the answer of an update. */
export function itemHere(world: World, typeId: number, item: Bag): Look {
  const theCase = caseOfItem(world, typeId, item)
  if (!theCase) throw senseless('an item without an id')
  const marker = markerFor(world, typeId)
  return {
    kind: 'here',
    raw: idIn(item, 'assignedById'),
    case: theCase,
    marker: marker === null ? null : readMarker(item[marker]),
    turns: null,
    changedBy: idIn(item, 'updatedBy'),
    changedAt: timeIn(item, 'updatedTime'),
    createdBy: idIn(item, 'createdBy'),
  }
}

function taskLook(world: World, row: Bag | undefined, history: CommandAnswer | undefined): Look {
  // A task that is gone has an empty history, one out of sight refuses it (bitrix24.md 11.2).
  if (history?.kind === 'failed' && isRefusal(history.error)) return { kind: 'hidden' }
  const turns = turnsIn(resultOf(history))
  return row ? taskHere(world, row, turns) : { kind: 'gone' }
}

const isRefusal = ({ kind }: BackendError): boolean => kind === 'forbidden' || kind === 'refused'

export function taskHere(world: World, task: Bag, turns: readonly Turn[]): Look {
  const theCase = caseOfTask(world, task)
  if (!theCase) throw senseless('a task without an id')
  return {
    kind: 'here',
    raw: idIn(task, 'responsibleId'),
    case: theCase,
    marker: null,
    turns,
    changedBy: idIn(task, 'changedBy') ?? turns.at(-1)?.by ?? null,
    changedAt: timeIn(task, 'changedDate'),
    createdBy: idIn(task, 'createdBy'),
  }
}

/** In the order of their ids. */
export const turnsIn = (result: unknown): Turn[] =>
  listOf(bagOf(result).list)
    .flatMap(row => {
      const id = numberIn(row, 'id')
      if (id === null || textIn(row, 'field') !== 'RESPONSIBLE_ID') return []
      const value = bagOf(row.value)
      const by = idIn(bagOf(row.user), 'id')
      return { id, by, from: idIn(value, 'from'), to: idIn(value, 'to') }
    })
    .sort((one, other) => one.id - other.id)

/** What a command answered; its failure is thrown. */
export const resultOf = (answer: CommandAnswer | undefined): unknown => answerOf(answer).result

/** As `resultOf`, with what came beside it: the total, the time. */
export function answerOf(answer: CommandAnswer | undefined): Answer {
  if (answer?.kind === 'answered') return answer.answer
  if (answer?.kind === 'failed') throw answer.error
  throw senseless('a command was not answered')
}

const senseless = (message: string) => new BackendError('broken', message, { code: 'badAnswer' })
