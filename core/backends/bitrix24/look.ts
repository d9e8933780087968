import { BackendError } from '../errors.ts'
import type { BitrixClient, Command, CommandAnswer } from './client.ts'
import { caseOfItem, caseOfTask } from './map-case.ts'
import type { WholeCase } from './map-case.ts'
import { readMarker } from './marker.ts'
import type { Marker } from './marker.ts'
import { bagOf, idIn, listOf, numberIn, textIn, timeIn } from './record.ts'
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

/** A case as the world shows it at a moment, perhaps some seconds late. */
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

/**
 * One look each; a batch costs one request, so an item takes one command and a task two. A case
 * that cannot be looked at now has the error in its place: it must not hold up the others. Throws
 * when none can be.
 */
export async function lookAt(
  client: BitrixClient,
  world: World,
  refs: readonly Ref[],
  signal: AbortSignal,
): Promise<readonly (Look | BackendError)[]> {
  const commands = refs.flatMap((ref, at) => questionsAbout(world, ref, at))
  const answers = await client.batch(commands, { signal })
  const looks = refs.map((ref, at) =>
    tried(() =>
      ref.kind === 'task' ? taskLook(world, answers, at) : itemLook(world, ref.typeId, answers, at),
    ),
  )
  const [first] = looks
  if (first instanceof BackendError && looks.every(look => look instanceof BackendError))
    throw first
  return looks
}

function tried(look: () => Look): Look | BackendError {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    // Not to be thrown: it would end even a decision that may have been carried out.
    if (error.kind === 'refused') return { kind: error.code === 'notFound' ? 'gone' : 'hidden' }
    return error
  }
}

function questionsAbout(world: World, ref: Ref, at: number): Command[] {
  if (ref.kind === 'item') {
    const params = {
      entityTypeId: ref.typeId,
      filter: { id: ref.id },
      select: itemSelect(world, ref.typeId),
      useOriginalUfNames: 'Y',
      start: -1,
    }
    return [{ key: `item${at}`, method: 'crm.item.list', params }]
  }
  return [
    {
      key: `task${at}`,
      method: 'tasks.task.list',
      params: { filter: { ID: ref.id }, select: taskSelect, start: -1 },
    },
    turnsQuestion(`turns${at}`, ref.id),
  ]
}

export const turnsQuestion = (key: string, taskId: number): Command => ({
  key,
  method: 'tasks.task.history.list',
  params: { taskId, filter: { FIELD: 'RESPONSIBLE_ID' } },
})

function itemLook(
  world: World,
  typeId: number,
  answers: ReadonlyMap<string, CommandAnswer>,
  at: number,
): Look {
  const [item] = listOf(bagOf(resultOf(answers.get(`item${at}`))).items)
  return item ? itemHere(world, typeId, item) : { kind: 'gone' }
}

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

function taskLook(world: World, answers: ReadonlyMap<string, CommandAnswer>, at: number): Look {
  const history = answers.get(`turns${at}`)
  // A task that is gone has an empty history, one out of sight refuses it (bitrix24.md 11.2).
  if (history?.kind === 'failed' && isRefusal(history.error)) return { kind: 'hidden' }
  const turns = turnsIn(resultOf(history))
  const [task] = listOf(bagOf(resultOf(answers.get(`task${at}`))).tasks)
  return task ? taskHere(world, task, turns) : { kind: 'gone' }
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
export function resultOf(answer: CommandAnswer | undefined): unknown {
  if (answer?.kind === 'answered') return answer.answer.result
  if (answer?.kind === 'failed') throw answer.error
  throw senseless('a command was not answered')
}

const senseless = (message: string) => new BackendError('broken', message, { code: 'badAnswer' })
