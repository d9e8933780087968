import type { Kysely } from 'kysely'
import type { Kind } from '../../domain/case.ts'
import type { DepartmentId, EmployeeId, KindId } from '../../domain/id.ts'
import { indexOrg, type OrgIndex } from '../../domain/org-index.ts'
import type { Dispatcher } from '../company.ts'
import { employeeOf, flagged } from './rows.ts'
import type { Tables } from './tables.ts'

/** The organisation and what goes with it, read once and kept until it changes. */
export interface World {
  readonly company: string
  readonly zone: string
  readonly epoch: string
  readonly ownerId: EmployeeId | null
  readonly index: OrgIndex
  readonly kinds: ReadonlyMap<KindId, Kind>
  readonly dispatchers: readonly Dispatcher[]
  /** Where a case goes that nothing else places. */
  readonly top: DepartmentId | null
  /** Moments when somebody's rights or presence change, ascending. */
  readonly turns: readonly number[]
}

/** Reads the whole organisation. */
export async function readWorld(db: Kysely<Tables>): Promise<World> {
  const meta = new Map(
    (await db.selectFrom('meta').selectAll().execute()).map(row => [row.key, row.value]),
  )
  const departments = await db.selectFrom('departments').selectAll().execute()
  const posts = await db.selectFrom('posts').selectAll().execute()
  const employees = await db.selectFrom('employees').selectAll().execute()
  const absences = await db.selectFrom('absences').selectAll().execute()
  const substitutions = await db.selectFrom('substitutions').selectAll().execute()
  const kinds = await db.selectFrom('kinds').selectAll().execute()
  const dispatchers = await db.selectFrom('dispatchers').selectAll().execute()
  const index = indexOrg({
    departments,
    posts: posts.map(row => ({ ...row, isHead: flagged(row.isHead) })),
    employees: employees.map(employeeOf),
    absences,
    substitutions,
  })
  const ownerId = employees.find(one => one.employeeId === meta.get('ownerId'))?.employeeId ?? null
  return {
    company: meta.get('company') ?? '',
    zone: meta.get('zone') ?? 'UTC',
    epoch: meta.get('epoch') ?? '',
    ownerId,
    index,
    kinds: new Map(
      kinds.map(row => [
        row.kindId,
        { ...row, doesWaitingStopClock: flagged(row.doesWaitingStopClock) },
      ]),
    ),
    dispatchers,
    top: index.childrenOf.get(null)?.[0] ?? null,
    turns: turnsOf([...absences, ...substitutions, ...dispatchers]),
  }
}

function turnsOf(
  spans: readonly { fromAt: number | null; untilAt: number | null }[],
): readonly number[] {
  const turns = new Set<number>()
  for (const { fromAt, untilAt } of spans)
    for (const at of [fromAt, untilAt]) if (at !== null) turns.add(at)
  return [...turns].sort((a, b) => a - b)
}
