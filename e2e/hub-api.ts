import { randomUUID } from 'node:crypto'

/** A case as the hub tells it; only what tests look at. */
export interface HubCase {
  readonly id: string
  readonly number: string
  readonly departmentId: string | null
  readonly responsibleId: string | null
  readonly status: string
  readonly statusName: string | null
  readonly deferredUntil: number | null
}

interface Outcome {
  readonly decisionId: string
  readonly outcome: 'applied' | 'alreadySo' | 'conflict' | 'rejected'
}

/** What another console does, said to the hub in its own words. */
export interface HubApi {
  /** The open cases this head may see, by number. */
  cases(): Promise<ReadonlyMap<string, HubCase>>
  assign(theCase: HubCase, responsible: string): Promise<Outcome>
  /** Moves a case to another status, as the other console's board does. */
  move(theCase: HubCase, status: string): Promise<Outcome>
  /** A new case without a responsible; its number. */
  create(fields: Readonly<Record<string, unknown>>): Promise<string>
  /** An admin edits one record of the organisation; what came of it. */
  editOrg(edit: {
    readonly entity: string
    readonly id: string
    readonly want: Readonly<Record<string, unknown>>
    readonly base: Readonly<Record<string, unknown>>
  }): Promise<string>
}

export function hubApi(url: string, token: string): HubApi {
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const decide = async (theCase: HubCase, wish: Readonly<Record<string, unknown>>) => {
    const { employeeId, now } = await ask('/v1/me')
    const decision = {
      v: 1,
      decisionId: randomUUID(),
      actId: randomUUID(),
      kind: 'set',
      caseId: theCase.id,
      issuedBy: { employeeId },
      issuedAt: now,
      undoes: null,
      supersedes: null,
      isOverridden: true,
      reasons: [],
      ...wish,
    }
    const { outcomes } = await ask('/v1/decisions', { decisions: [decision] })
    return outcomes[0]
  }
  return {
    cases: () => everyCase(ask),
    assign: (theCase, responsible) =>
      decide(theCase, {
        verb: 'assign',
        want: { responsible },
        base: { responsible: theCase.responsibleId },
      }),
    move: (theCase, status) =>
      decide(theCase, {
        verb: 'progress',
        want: { status, statusName: null },
        base: { status: theCase.status, statusName: theCase.statusName },
      }),
    async editOrg(edit) {
      const whole = {
        ...edit,
        v: 1,
        editId: randomUUID(),
        kind: 'set',
        issuedAt: 0,
        takesBack: null,
        supersedes: null,
      }
      const { outcomes } = await ask('/v1/org/edits', { edits: [whole] })
      return outcomes[0].outcome
    },
    async create(fields) {
      const { number } = await ask('/v1/cases', { requestId: randomUUID(), ...fields })
      return number
    },
  }
}

interface ChangesPage {
  readonly records: readonly (HubCase & { readonly entity: string; readonly status: string })[]
  readonly isUpToDate: boolean
  readonly nextCursor: string
}

async function everyCase(
  ask: (path: string) => Promise<ChangesPage>,
): Promise<ReadonlyMap<string, HubCase>> {
  const found = new Map<string, HubCase>()
  let query = ''
  for (;;) {
    const page = await ask(`/v1/changes?limit=1000${query}`)
    for (const record of page.records)
      if (record.entity === 'case' && record.status !== 'closed') found.set(record.number, record)
    if (page.isUpToDate) return found
    query = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
}
