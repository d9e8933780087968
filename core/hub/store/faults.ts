import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** Something a check found; `code` names the sentence in words. */
export interface Fault {
  readonly code: 'conservation' | 'orphans'
  readonly detail: string
}

export interface CaseCounts {
  readonly cases: number
  readonly unassigned: number
  readonly assigned: number
  readonly closed: number
}

/** Conservation: every case is open without a responsible, open with one, or closed. */
export async function caseCounts(db: Kysely<Tables>): Promise<CaseCounts> {
  const count = async (narrow: 'all' | 'unassigned' | 'assigned' | 'closed') => {
    const row = await db
      .selectFrom('cases')
      .select(eb => eb.fn.countAll<number | string>().as('count'))
      .$if(narrow === 'closed', query => query.where('status', '=', 'closed'))
      .$if(narrow === 'unassigned' || narrow === 'assigned', query =>
        query.where('status', 'in', ['open', 'waiting', 'awaitingApproval']),
      )
      .$if(narrow === 'unassigned', query => query.where('responsibleId', 'is', null))
      .$if(narrow === 'assigned', query => query.where('responsibleId', 'is not', null))
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }
  return {
    cases: await count('all'),
    unassigned: await count('unassigned'),
    assigned: await count('assigned'),
    closed: await count('closed'),
  }
}

/** What does not add up in the cases or leads nowhere; empty: sound. */
export async function caseFaults(db: Kysely<Tables>): Promise<readonly Fault[]> {
  const { cases, unassigned, assigned, closed } = await caseCounts(db)
  const faults: Fault[] = []
  if (cases !== unassigned + assigned + closed)
    faults.push({
      code: 'conservation',
      detail: `${cases} ≠ ${unassigned} + ${assigned} + ${closed}`,
    })
  for (const [detail, ids] of Object.entries(await orphans(db)))
    if (ids.length > 0)
      faults.push({ code: 'orphans', detail: `${detail} ${ids.slice(0, 5).join(', ')}` })
  return faults
}

async function orphans(db: Kysely<Tables>): Promise<Readonly<Record<string, readonly string[]>>> {
  const lost = db.selectFrom('cases').limit(6)
  const departments = db.selectFrom('departments').select('departmentId')
  const employees = db.selectFrom('employees').select('employeeId')
  const cases = await lost.select('caseId').where('departmentId', 'not in', departments).execute()
  const held = await lost
    .select('caseId')
    .where('responsibleId', 'is not', null)
    .where('responsibleId', 'not in', employees)
    .execute()
  const history = await db
    .selectFrom('history')
    .select('historyId')
    .where('caseId', 'not in', db.selectFrom('cases').select('caseId'))
    .limit(6)
    .execute()
  const posts = await db
    .selectFrom('posts')
    .select('postId')
    .where('departmentId', 'not in', departments)
    .limit(6)
    .execute()
  return {
    'cases.departmentId': cases.map(row => row.caseId),
    'cases.responsibleId': held.map(row => row.caseId),
    'history.caseId': history.map(row => row.historyId),
    'posts.departmentId': posts.map(row => row.postId),
  }
}
