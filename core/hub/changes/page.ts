import type { ChangesResponse, WireRecord } from '../protocol.ts'
import { may, visibility } from '../rights/may.ts'
import type { Viewer } from '../rights/viewer.ts'
import type { HubStore } from '../store/hub-store.ts'
import type { CaseRow } from '../store/tables.ts'
import type { World } from '../store/world.ts'
import { placesWithin } from './before.ts'
import { type Cursor, cursorText } from './cursor.ts'
import {
  type Asked,
  attachedRecords,
  caseRecords,
  clientRecords,
  historyRecords,
  orgRecords,
} from './records.ts'
import { tablesWithin, windowEnd } from './window.ts'

type Tombstone = ChangesResponse['tombstones'][number]
interface Part {
  readonly records: readonly WireRecord[]
  readonly tombstones: readonly Tombstone[]
  readonly upto: number
}

/**
 * The next page of what the viewer may know, in the order of versions: `limit` records and a few
 * more, for those of one version are not parted and a newly seen case brings its past along.
 * `cursor` null: from the beginning.
 */
export async function changesPage(
  store: HubStore,
  world: World,
  viewer: Viewer,
  asked: { readonly cursor: Cursor | null; readonly limit: number },
): Promise<ChangesResponse> {
  const now = store.now()
  const last = await store.version()
  const { cursor, limit } = asked
  const common = { epoch: world.epoch, now }
  if (cursor && !fits(cursor, world, viewer, last))
    return {
      ...common,
      records: [],
      tombstones: [],
      nextCursor: '',
      isUpToDate: false,
      remaining: last,
      mustRestart: true,
    }
  const base = cursor?.base ?? last
  const records: WireRecord[] = []
  const tombstones: Tombstone[] = []
  let upto = cursor?.version ?? 0
  for (let size = limit; records.length < limit && upto < last;) {
    const part = await nextPart({ store, viewer, now, last, base }, upto, {
      size,
      limit: limit - records.length,
    })
    for (const record of part.records) records.push(record)
    tombstones.push(...part.tombstones)
    upto = part.upto
    // Where next to nothing is seen the next look goes further; elsewhere it stays within bounds.
    size = part.records.length * 10 < limit ? size * 4 : Math.min(20_000, size * 2)
  }
  const isUpToDate = upto >= last
  return {
    ...common,
    records,
    tombstones,
    nextCursor: cursorText({
      epoch: world.epoch,
      scopeHash: viewer.scopeHash,
      version: upto,
      base: isUpToDate ? upto : base,
    }),
    isUpToDate,
    // A version has one record or a few: near enough for a progress bar, and it costs nothing.
    remaining: isUpToDate ? 0 : last - upto,
    mustRestart: false,
  }
}

const fits = (cursor: Cursor, world: World, viewer: Viewer, last: number): boolean =>
  cursor.epoch === world.epoch && cursor.scopeHash === viewer.scopeHash && cursor.version <= last

interface Pull {
  readonly store: HubStore
  readonly viewer: Viewer
  readonly now: number
  readonly last: number
  readonly base: number
}

/** Looks at `size` records after `since`, keeps the first `limit` the viewer sees. */
async function nextPart(
  { store, viewer, now, last, base }: Pull,
  since: number,
  { size, limit }: { size: number; limit: number },
): Promise<Part> {
  const end = last - since <= size ? last : ((await windowEnd(store.db, since, size)) ?? last)
  const tables = await tablesWithin(store.db, since, end)
  const asked: Asked = { db: store.db, viewer, now, since, upto: end, tables }
  const found = [
    ...(await orgRecords(asked)),
    ...(await caseRecords(asked)),
    ...(await clientRecords(asked)),
    ...(await historyRecords(asked)),
  ].sort(byVersion)
  const upto = found.length > limit ? (found[limit - 1]?.version ?? end) : end
  while ((found.at(-1)?.version ?? 0) > upto) found.pop()
  const moved = end > base ? await movedCases({ ...asked, upto }, base) : nothingMoved
  return {
    records: moved.attached.length > 0 ? [...moved.attached, ...found] : found,
    tombstones: [...moved.tombstones, ...(await removals({ ...asked, upto }, base))],
    upto,
  }
}

const byVersion = (a: { version: number }, b: { version: number }): number => a.version - b.version
const nothingMoved = { attached: [], tombstones: [] }

/**
 * Cases changed since the pull began: those newly read bring their past, those no longer seen leave.
 * Pages may have ended between two changes of a case, so the state held is any from `base` to `since`.
 */
async function movedCases(
  asked: Asked,
  base: number,
): Promise<{ attached: readonly WireRecord[]; tombstones: readonly Tombstone[] }> {
  const { db, viewer, now, since, upto } = asked
  if (viewer.seesAll || !asked.tables.has('cases')) return nothingMoved
  const told = Math.max(since, base)
  const changed: CaseRow[] = await db
    .selectFrom('cases')
    .selectAll()
    .where('version', '>', told)
    .where('version', '<=', upto)
    .execute()
  const places = await placesWithin(db, changed, { from: base, upto: told })
  const entered: CaseRow[] = []
  const tombstones: Tombstone[] = []
  for (const row of changed) {
    const was = places.get(row.caseId) ?? []
    const sawIt = was.some(theCase => theCase && may(viewer, { kind: 'see', theCase, now }))
    const readIt = was.every(theCase => theCase && may(viewer, { kind: 'read', theCase, now }))
    const seen = visibility(viewer, row, now)
    if (seen === 'whole' && !readIt) entered.push(row)
    if (seen === 'none' && sawIt)
      tombstones.push({ entity: 'case', id: row.caseId, reason: 'outOfScope' })
  }
  const attached = await attachedRecords(asked, entered)
  return { attached: attached.sort(byVersion), tombstones }
}

async function removals(asked: Asked, base: number): Promise<readonly Tombstone[]> {
  const floor = Math.max(asked.since, base)
  if (asked.upto <= floor || !asked.tables.has('removals')) return []
  const rows = await asked.db
    .selectFrom('removals')
    .selectAll()
    .where('version', '>', floor)
    .where('version', '<=', asked.upto)
    .execute()
  return rows.map(row => ({ entity: row.entity, id: row.id, reason: 'deleted' as const }))
}
