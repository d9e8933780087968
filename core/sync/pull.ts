import type { Page } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import { appliedEdits, liftEdits } from '../store/org-edits.ts'
import { applyPageInSlices, beginRestart, readCursor } from '../store/write.ts'
import { noteClock, troubleOf } from './line.ts'
import type { Line } from './line.ts'

export type PullResult =
  | { readonly kind: 'upToDate'; readonly records: number }
  | { readonly kind: 'parked' | 'stopped' }
  /** `delayMs` null: wait until somebody asks. `error`: set when it was not the world's fault. */
  | { readonly kind: 'failed'; readonly delayMs: number | null; readonly error?: unknown }

const pageSize = 1_000

/**
 * Pages until the replica is up to date; the next page is asked for while one is being applied,
 * in slices short enough for the head's own acts to go between. Never throws.
 */
export async function pullOnce(line: Line): Promise<PullResult> {
  if (line.otherEpoch !== null) return { kind: 'parked' }
  try {
    await line.verify()
    const result = await pages(line)
    if (result.kind === 'upToDate') line.pull.succeeded()
    return result
  } catch (error) {
    const { trouble, atLeastMs } = troubleOf(error)
    if (trouble.kind === 'offline') line.unverify()
    if (error instanceof BackendError && error.code === 'badCursor') beginRestart(line.store)
    const delayMs = line.pull.failed(trouble, atLeastMs)
    return error instanceof BackendError
      ? { kind: 'failed', delayMs }
      : { kind: 'failed', delayMs, error }
  } finally {
    line.load = null
    line.changed()
  }
}

async function pages(line: Line): Promise<PullResult> {
  if (line.otherEpoch !== null) return { kind: 'parked' }
  const progress = progressOf(line)
  const applied = appliedEdits(line.store)
  let asked = next(line, readCursor(line.store).cursor)
  let hasRestarted = false
  for (;;) {
    const page = await asked
    if (!line.isSameEpoch(page.epoch)) return { kind: 'parked' }
    if (page.mustRestart) {
      if (hasRestarted)
        throw new BackendError('broken', 'restarts without end', { code: 'restartLoop' })
      hasRestarted = true
      beginRestart(line.store)
      line.unverify()
      await line.verify()
      asked = next(line, null)
      continue
    }
    if (!page.isUpToDate) asked = next(line, page.nextCursor)
    progress.came(page)
    await applyPageInSlices(line.store, page, { signal: line.stop })
    if (line.stop.aborted) return { kind: 'stopped' }
    progress.applied()
    if (page.isUpToDate) liftEdits(line.store, applied)
    if (page.isUpToDate) return { kind: 'upToDate', records: progress.records() }
  }
}

function next(line: Line, cursor: string | null): Promise<Page> {
  const askedAt = line.now()
  const page = line.ask(signal => line.backend.pull(cursor, pageSize, signal))
  // Its failure is met when it is awaited, after the page before it has been applied.
  page.then(
    ({ now }) => noteClock(line, askedAt, now),
    () => {},
  )
  return page
}

const countOf = (page: Page): number =>
  page.cases.length +
  page.departments.length +
  page.posts.length +
  page.employees.length +
  page.absences.length +
  page.substitutions.length +
  page.kinds.length +
  page.clients.length +
  page.history.length +
  page.gone.length

/** How far a load of more than one page has come; time left by the speed so far. */
function progressOf(line: Line) {
  const startedAt = line.now()
  let done = 0
  let coming = 0
  let remaining = 0
  return {
    came(page: Page) {
      coming = countOf(page)
      remaining = page.isUpToDate ? 0 : page.remaining
      if (done === 0 && remaining === 0) return
      line.load = { done, total: done + coming + remaining, leftMs: line.load?.leftMs ?? null }
      line.changed()
    },
    applied() {
      done += coming
      if (line.load === null) return
      const elapsed = Math.max(1, line.now() - startedAt)
      line.load = {
        done,
        total: done + remaining,
        leftMs: Math.round((elapsed / done) * remaining),
      }
      line.changed()
    },
    records: () => done,
  }
}
