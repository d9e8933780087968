import { createHash } from 'node:crypto'
import { idOf } from '../../domain/id.ts'
import type { CaseId } from '../../domain/id.ts'
import type { Page } from '../backend.ts'
import { BackendError } from '../errors.ts'
import type { BitrixClient } from './client.ts'
import type { ClientBook } from './clients.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { newPace, pagesByIds } from './keyset.ts'
import { caseOfItem, caseOfTask } from './map-case.ts'
import type { WholeCase } from './map-case.ts'
import { companyOf, goneFrom } from './map-org.ts'
import { countAll, firstChanges, serverTime } from './pull-questions.ts'
import { bagOf, idIn, listOf } from './record.ts'
import type { Bag } from './record.ts'
import { localOf } from './ref.ts'
import type { Ref } from './ref.ts'
import { ownerIn, senselessRow } from './row.ts'
import { questionFor, sourcesOf } from './sources.ts'
import type { Question, Source } from './sources.ts'
import type { Taken } from './taken.ts'
import type { createVersions } from './versions.ts'
import type { World } from './world.ts'

export interface PullOptions {
  readonly client: BitrixClient
  readonly epoch: string
  readonly taken: Taken
  readonly book: ClientBook
  readonly versions: ReturnType<typeof createVersions>
  /** The company as it is known, or as it is now. */
  readonly world: (signal: AbortSignal, isFresh: boolean) => Promise<World>
}

/** Long transactions show late, and clocks jump (bitrix24.md 4.6). */
const overlapMs = 10 * 60_000
/** What no delta shows, deletions first, is found by reading everything again (bitrix24.md 4.7). */
const wholeEveryMs = 6 * 3_600_000
/** What somebody gave to another department a head may not even see; only its absence tells. */
const openEveryMs = 5 * 60_000

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] }
type Draft = Mutable<Page>

/** Reads a department page by page: everything by id, then what changed. */
export function createPuller(options: PullOptions) {
  const { client, epoch, taken, versions, book } = options
  const pace = newPace()
  let toldWorld: World | null = null
  let isOpenDoubted = false

  const begin = async (signal: AbortSignal): Promise<Page> => {
    const world = await options.world(signal, true)
    const now = await serverTime(client, signal)
    toldWorld = world
    const remaining = await countAll(client, world, now, signal)
    const cursor: Cursor = {
      kind: 'load',
      startedAt: now,
      source: 0,
      after: 0,
      remaining,
      rule: hashOf(world),
    }
    return { ...emptyPage(epoch, now), ...companyOf(world), ...onward(cursor), remaining }
  }

  const load = async (
    cursor: Extract<Cursor, { kind: 'load' }>,
    limit: number,
    signal: AbortSignal,
  ): Promise<Page> => {
    const world = await options.world(signal, false)
    const { startedAt, rule } = cursor
    const page = emptyPage(epoch, startedAt)
    // What was read by another rule would be shown until the next delta.
    if (rule !== hashOf(world))
      return { ...page, nextCursor: writeCursor(cursor), mustRestart: true }
    const source = sourcesOf(world)[cursor.source]
    if (!source) {
      const done: Cursor = {
        kind: 'delta',
        since: startedAt,
        wholeAt: startedAt,
        openAt: startedAt,
        rule,
      }
      return { ...page, ...onward(done) }
    }
    const question = questionFor(world, source, startedAt)
    const read = await rowsOf(question, { after: cursor.after, limit, signal })
    take(world, source.typeId, read.rows, page)
    await nameClients(world, read.rows, page, signal)
    const remaining = Math.max(0, cursor.remaining - read.rows.length)
    const next = read.isAll
      ? { source: cursor.source + 1, after: 0 }
      : { source: cursor.source, after: read.last }
    return { ...page, ...onward({ ...cursor, ...next, remaining }), remaining }
  }

  const delta = async (
    cursor: Extract<Cursor, { kind: 'delta' }>,
    signal: AbortSignal,
  ): Promise<Page> => {
    const world = await options.world(signal, false)
    const first = await firstChanges(client, world, cursor.since - overlapMs, signal)
    const page = emptyPage(epoch, first.now)
    if (first.now - cursor.wholeAt > wholeEveryMs || cursor.rule !== hashOf(world))
      return { ...page, nextCursor: writeCursor(cursor), mustRestart: true }
    const changed: Bag[] = []
    for (const { typeId, question, rows, isAll, last } of first.found) {
      const more = isAll
        ? []
        : (await rowsOf(question, { after: last, limit: Infinity, signal })).rows
      const all = [...rows, ...more]
      take(world, typeId, all, page)
      changed.push(...all)
    }
    await nameClients(world, changed, page, signal)
    if (world !== toldWorld) Object.assign(page, companyOf(world))
    if (toldWorld && world !== toldWorld) page.gone.push(...goneFrom(toldWorld, world))
    toldWorld = world
    if (first.now - cursor.openAt < openEveryMs && !isOpenDoubted)
      return { ...page, ...onward({ ...cursor, since: first.now }) }
    isOpenDoubted = false
    const openIds = await openIn(world, first.now, signal).catch((error: unknown) => {
      isOpenDoubted = true
      throw error
    })
    return { ...page, openIds, ...onward({ ...cursor, since: first.now, openAt: first.now }) }
  }

  /** Ids alone: fifty a page, twenty pages a request. */
  const openIn = async (world: World, now: number, signal: AbortSignal): Promise<CaseId[]> => {
    const ids: CaseId[] = []
    for (const source of sourcesOf(world).filter(one => !one.isClosed)) {
      const question = questionFor(world, source, now)
      const params = { ...question.params, select: [question.idField] }
      const way = { after: 0, limit: Infinity, signal }
      const { rows } = await rowsOf({ ...question, params }, way)
      for (const row of rows) ids.push(caseIdOf(world, source.typeId, idIn(row, 'id') ?? 0))
    }
    return ids
  }

  const rowsOf = async (
    { method, params, idField, rowsName }: Question,
    { after, limit, signal }: { after: number; limit: number; signal: AbortSignal },
  ) => {
    const rows: Bag[] = []
    const pages = pagesByIds(
      client,
      {
        method,
        params,
        idField,
        rowsPath: [rowsName],
        rowIdField: 'id',
        rowsOf: result => listOf(bagOf(result)[rowsName]),
        idOf: row => idIn(row, 'id'),
      },
      { signal, after, pace },
    )
    for await (const some of pages) {
      rows.push(...some.rows)
      if (rows.length >= limit) break
    }
    const last = rows.at(-1)
    return { rows, isAll: rows.length < limit, last: (last && idIn(last, 'id')) ?? after }
  }

  /** What lies with the department comes, whatever else changed is gone from it. */
  const take = (
    world: World,
    typeId: Source['typeId'],
    rows: readonly Bag[],
    page: Draft,
  ): void => {
    for (const row of rows) {
      const raw = ownerIn(typeId, row)
      const theCase = typeId === 'task' ? caseOfTask(world, row) : caseOfItem(world, typeId, row)
      if (!theCase) throw senselessRow(typeId)
      forgetTaken(world, typeId, row, raw)
      if (world.owners.has(raw ?? 0)) page.cases.push(theCase)
      else page.gone.push({ entity: 'case', id: theCase.caseId, reason: 'outOfScope' })
    }
  }

  /** A case carries the name of its client; both come from elsewhere. */
  const nameClients = async (
    world: World,
    rows: readonly Bag[],
    page: Draft,
    signal: AbortSignal,
  ): Promise<void> => {
    page.clients.push(...(await book.of(world, rows, signal)))
    page.cases = page.cases.map(one => versions.stamp(book.named(one)))
  }

  /** Who has taken a case has it only while it lies with them. */
  const forgetTaken = (
    world: World,
    typeId: Source['typeId'],
    row: Bag,
    raw: number | null,
  ): void => {
    const id = idIn(row, 'id')
    if (id === null || (raw !== null && world.rule.inboxHolders.includes(raw))) return
    const localId = localOf(refFor(typeId, id))
    if (taken.all.has(localId)) taken.remove(localId)
  }

  return {
    /** A case was just given to where we do not see it: the next page says which are still open here. */
    doubtOpen: () => void (isOpenDoubted = true),
    pull(text: string | null, limit: number, signal: AbortSignal): Promise<Page> {
      if (text === null) return begin(signal)
      const cursor = readCursor(text)
      if (cursor === null)
        throw new BackendError('refused', 'a cursor of another version', { code: 'badCursor' })
      return cursor.kind === 'load' ? load(cursor, limit, signal) : delta(cursor, signal)
    },
  }
}

const refFor = (typeId: Source['typeId'], id: number): Ref =>
  typeId === 'task' ? { kind: 'task', id } : { kind: 'item', typeId, id }

const caseIdOf = ({ workspaceId }: World, typeId: Source['typeId'], id: number): CaseId =>
  idOf(workspaceId, 'case', localOf(refFor(typeId, id)))

const onward = (cursor: Cursor) => ({
  nextCursor: writeCursor(cursor),
  isUpToDate: cursor.kind === 'delta',
})

/** What decides which cases belong here and have no owner; when it changes everything is read anew. */
const hashOf = (world: World): string =>
  createHash('sha256')
    .update(JSON.stringify([world.rule, [...world.owners].sort((a, b) => a - b)]))
    .digest('hex')
    .slice(0, 16)

const emptyPage = (epoch: string, now: number): Draft => ({
  cases: [] as WholeCase[],
  departments: [],
  posts: [],
  employees: [],
  absences: [],
  substitutions: [],
  kinds: [],
  clients: [],
  history: [],
  gone: [],
  nextCursor: '',
  isUpToDate: false,
  remaining: 0,
  epoch,
  mustRestart: false,
  now,
})
