import { sql } from 'kysely'
import type { CaseId } from '../domain/id.ts'
import { statement, tables } from './db.ts'
import { unsettledCaseIds } from './decision-rows.ts'
import { fillSearch } from './fill-search.ts'
import { refreshOverlay } from './overlay.ts'
import type { Page, WholeCase } from './records.ts'
import { inSlices } from './slices.ts'
import type { SliceOptions } from './slices.ts'
import { untouched, type Store, type Touching } from './store.ts'
import { forgetSights, readStream, writeStream } from './stream.ts'
import { drop, openCaseIds, sweep } from './sweep.ts'
import { writeCase } from './write-cases.ts'
import { orgPieces, type Piece } from './write-org.ts'

export { readCursor } from './stream.ts'

/** Rows and cursor in one transaction; rows older than ours by `version` are left alone. */
export function applyPage(store: Store, page: Page): void {
  const work = workOf(store, page)
  store.transact(touching => work.slice(touching, Number.POSITIVE_INFINITY))
  while (!fillSearch(store, 1_000, work.fresh));
}

/**
 * The same in short transactions, so that the head's own acts go between; then the words, likewise.
 * The cursor moves with the last rows: a page cut off comes again and changes nothing twice.
 */
export async function applyPageInSlices(
  store: Store,
  page: Page,
  options: SliceOptions = {},
): Promise<void> {
  const work = workOf(store, page)
  const collect = untouched()
  try {
    await inSlices(store, options, sliceMs =>
      store.transact(touching => work.slice(touching, sliceMs), { collect }),
    )
  } finally {
    store.tell(collect)
  }
  await inSlices(store, options, sliceMs => fillSearch(store, sliceMs, work.fresh))
}

/** A page as pieces to be done in order; `slice` does what fits in the time, true when all is done. */
function workOf(store: Store, page: Page) {
  const fresh = new Map<number, WholeCase>()
  const stream = { ...readStream(store), fresh }
  const written = new Set<CaseId>()
  const gone = new Set<CaseId>()
  const pieces = piecesOf(store, page, stream, { written, gone })
  const slice = (touching: Touching, sliceMs: number): boolean => {
    const now = readStream(store)
    // The pull began anew meanwhile: this page belongs to the past.
    if (now.restarts !== stream.restarts) return true
    Object.assign(stream, now)
    const isDone = runFor(pieces, touching, sliceMs)
    if (isDone) finish(store, touching, page)
    layAnew(store, touching, { written, gone })
    if (readStream(store).isTidy === 0) leaveForLater(touching)
    return isDone
  }
  return { slice, fresh }
}

/** Told for all together when the first load is over. */
function leaveForLater(touching: Touching): void {
  touching.clientIds.clear()
  touching.closedOf.clear()
}

/** Asking the clock costs as much as a small piece. */
const piecesPerLook = 64

function runFor(pieces: Generator<Piece>, touching: Touching, sliceMs: number): boolean {
  const endAt = performance.now() + sliceMs
  for (let count = 1; ; count += 1) {
    const { value: piece, done } = pieces.next()
    if (done) return true
    piece(touching)
    if (count % piecesPerLook === 0 && performance.now() >= endAt) return false
  }
}

type Stream = ReturnType<typeof readStream> & { readonly fresh: Map<number, WholeCase> }

interface Sets {
  readonly written: Set<CaseId>
  readonly gone: Set<CaseId>
}

function* piecesOf(
  store: Store,
  page: Page,
  stream: Stream,
  { written, gone }: Sets,
): Generator<Piece> {
  yield* orgPieces(store, page, stream.isRestarting === 1)
  for (const theCase of byId(page.cases))
    yield touching => {
      if (writeCase(store, touching, theCase, stream)) written.add(theCase.caseId)
    }
  for (const one of page.gone)
    yield touching => {
      const caseId = drop(store, touching, one)
      if (caseId) gone.add(caseId)
    }
  if (page.openIds) yield* closedToUs(store, new Set(page.openIds), gone)
}

/** Open cases that lie here and that the backend does not name. */
function* closedToUs(
  store: Store,
  openIds: ReadonlySet<CaseId>,
  gone: Set<CaseId>,
): Generator<Piece> {
  for (const caseId of openCaseIds(store))
    if (!openIds.has(caseId))
      yield touching => {
        drop(store, touching, { entity: 'case', id: caseId, reason: 'outOfScope' })
        gone.add(caseId)
      }
}

/** Neighbours in the index are neighbours in the page, so fewer of its leaves are written. */
const byId = (cases: readonly WholeCase[]): WholeCase[] =>
  cases.toSorted((one, other) => (one.caseId < other.caseId ? -1 : 1))

/** Decisions over the cases just written: settled where the effect is seen, the rest laid anew. */
function layAnew(store: Store, touching: Touching, { written, gone }: Sets): void {
  if (written.size + gone.size === 0) return
  const pending = unsettledCaseIds(store)
  for (const caseId of pending)
    if (written.has(caseId) || gone.has(caseId))
      refreshOverlay(store, touching, caseId, gone.has(caseId))
  written.clear()
  gone.clear()
}

function finish(store: Store, touching: Touching, page: Page): void {
  const { isRestarting, isLoaded, freshAt } = readStream(store)
  const { isUpToDate } = page
  if (isUpToDate && isRestarting) endRestart(store, touching)
  if (isUpToDate) settleUnseen(store, touching)
  writeStream(store, {
    cursor: page.nextCursor,
    epoch: page.epoch,
    freshAt: isUpToDate ? store.now() : freshAt,
    isLoaded: isUpToDate ? 1 : isLoaded,
  })
}

/** The backend wants everything from the start: what does not come again will be swept. */
export function beginRestart(store: Store): void {
  store.transact(() => {
    forgetSights(store)
    writeStream(store, { cursor: null, isRestarting: 1, restarts: readStream(store).restarts + 1 })
  })
}

/** Sweeps what did not come since `beginRestart`; the last page does it by itself. */
export function finishRestart(store: Store): void {
  store.transact(touching => {
    if (readStream(store).isRestarting === 1) endRestart(store, touching)
  })
}

function endRestart(store: Store, touching: Touching): void {
  sweep(store, touching)
  forgetSights(store)
  writeStream(store, { isRestarting: 0 })
  // Versions may have begun anew: what was applied before is in what has just come, or is no more.
  for (const caseId of unsettledCaseIds(store)) refreshOverlay(store, touching, caseId, true)
}

const unseenApplied = statement()(() =>
  tables
    .selectFrom('decisions')
    .select(['seq', 'caseId', 'pagesSince'])
    .where('isSettled', '=', sql.lit(0))
    .where('state', '=', sql.lit('applied'))
    .where('resultVersion', 'is', null),
)
const count = statement<{ seq: number; pagesSince: number; isSettled: number }>()(value =>
  tables
    .updateTable('decisions')
    .set({ pagesSince: value('pagesSince'), isSettled: value('isSettled') })
    .where('seq', '=', value('seq')),
)

/**
 * Applied without showing us the case (it left our scope): what the backend says of it comes with
 * the next whole pull begun after that, which is at the latest the second to end.
 */
function settleUnseen(store: Store, touching: Touching): void {
  for (const { seq, caseId, pagesSince } of store.all(unseenApplied({}))) {
    store.run(count({ seq, pagesSince: pagesSince + 1, isSettled: pagesSince > 0 ? 1 : 0 }))
    if (pagesSince > 0) refreshOverlay(store, touching, caseId)
  }
}
