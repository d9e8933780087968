import { agendasOf } from '../../core/domain/agenda.ts'
import type { DropWorld } from '../../core/domain/assign.ts'
import type { InboxWorld } from '../../core/domain/case-state.ts'
import { scopeOf } from '../../core/domain/head-for.ts'
import type { EmployeeId } from '../../core/domain/id.ts'
import { loadsOf, type PersonLoad } from '../../core/domain/load.ts'
import { indexOrg, type OrgIndex, peopleOf, subtreeOf } from '../../core/domain/org-index.ts'
import type { Replica } from './replica.ts'

/** Everything the domain wants to know of this moment, prepared once per change. */
export interface World {
  readonly now: number
  readonly index: OrgIndex
  readonly loads: ReadonlyMap<EmployeeId, PersonLoad>
  /** When each person of the scope will have done what they hold; null: not in sight. */
  readonly freeAt: ReadonlyMap<EmployeeId, number | null>
  readonly drop: DropWorld
  readonly inbox: InboxWorld
}

export type Facts = Pick<
  Replica,
  | 'me'
  | 'zone'
  | 'calendar'
  | 'org'
  | 'kinds'
  | 'cases'
  | 'closed'
  | 'acquainted'
  | 'clientOwners'
  | 'defaultLimit'
>

/** Remembers the last answer: the same arguments are not worked out twice. */
export function remembering<Args extends readonly unknown[], Answer>(
  work: (...args: Args) => Answer,
): (...args: Args) => Answer {
  let last: { readonly args: Args; readonly answer: Answer } | null = null
  return (...args) => {
    const isSame =
      last?.args.length === args.length &&
      last.args.every((arg, place) => Object.is(arg, args[place]))
    if (!last || !isSame) last = { args, answer: work(...args) }
    return last.answer
  }
}

const indexOf = remembering(indexOrg)

/** null until it is known who I am. */
export function worldOf(facts: Facts, now: number): World | null {
  const { me, zone, calendar, org, kinds, cases, closed, acquainted, defaultLimit } = facts
  const { clientOwners } = facts
  if (!me) return null
  const index = indexOf(org)
  const fallback = me.departmentIds[0] ?? null
  const time = { index, calendar, zone }
  const moment = { now, index, kinds, me: me.employeeId, fallback }
  const loads = once(() => loadsOf(cases.values(), { now, index, kinds, defaultLimit, closed }))
  const scope = once(() => scopeOf(index, me.employeeId, me.departmentIds, now))
  const freeAt = once(() => {
    const people = peopleOf(index, scope())
    const agendas = agendasOf(cases.values(), people, { ...time, now, kinds }, 0)
    return new Map([...agendas].map(([id, agenda]) => [id, agenda.freeAt]))
  })
  const drop = once(() => ({
    ...moment,
    ...time,
    loads: loads(),
    acquainted,
    clientOwners,
    scope: scope(),
    freeAt: freeAt(),
  }))
  return {
    now,
    index,
    get loads() {
      return loads()
    },
    get freeAt() {
      return freeAt()
    },
    get drop() {
      return drop()
    },
    inbox:
      me.role === 'dispatcher'
        ? { ...moment, dispatched: subtreeOf(index, me.departmentIds) }
        : moment,
  }
}

/** Worked out when first asked for: a row leaves the list before anybody's load is counted anew. */
function once<Answer>(work: () => Answer): () => Answer {
  let known: { readonly answer: Answer } | null = null
  return () => (known ??= { answer: work() }).answer
}
