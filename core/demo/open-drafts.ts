import { clients } from './clients.ts'
import type { Draft } from './draft.ts'
import type { DemoKind, DemoLetter } from './kind.ts'
import { kinds } from './kinds.ts'
import { people } from './people.ts'
import type { DemoPerson } from './person.ts'
import type { Chance } from './random.ts'
import type { Timetable } from './timetable.ts'

/** What everything about a draft is chosen with. */
export interface Workshop {
  readonly chance: Chance
  readonly times: Timetable
  readonly letterFor: (kind: DemoKind) => DemoLetter
}

/** How many cases wait without a responsible, by department and kinds. */
const unassigned: readonly { department: string; kinds: readonly string[]; count: number }[] = [
  { department: 'contact', kinds: ['request', 'request', 'closing'], count: 23 },
  { department: 'contact', kinds: ['return', 'claim', 'contract'], count: 4 },
  { department: 'papers', kinds: ['papers'], count: 13 },
  { department: 'window', kinds: ['return', 'claim'], count: 2 },
  { department: 'first-line', kinds: ['lead', 'consult'], count: 2 },
  { department: 'sales', kinds: ['deal'], count: 1 },
  { department: 'delivery', kinds: ['delivery'], count: 1 },
]

const minuteMs = 60_000
const mostWeight = 5

export function openDrafts(workshop: Workshop): Draft[] {
  return [
    ...unassigned.flatMap(({ department, kinds: names, count }) =>
      Array.from({ length: count }, (_, index) =>
        waitingForHead(workshop, department, names, index),
      ),
    ),
    ...people.flatMap(person => desk(workshop, person)),
    ...asides(workshop),
  ]
}

/** A case in somebody's «Начало»: the first of each department are late, the last have no due. */
function waitingForHead(
  workshop: Workshop,
  department: string,
  names: readonly string[],
  index: number,
): Draft {
  const { chance, times } = workshop
  const kind = kindNamed(chance.oneOf(names))
  const isLate = index % 6 === 0
  const age = isLate ? chance.between(1500, 4000) : Math.floor(chance.next() ** 2 * 1200) + 4
  const dueIn = index % 6
  const dueAt = isLate
    ? times.behind(chance.between(0, 1))
    : times.ahead(dueIn === 1 ? 0 : chance.between(0, dueIn))
  const createdAt = times.now - age * minuteMs
  return {
    ...blank(workshop, kind, department),
    createdAt: isLate ? Math.min(createdAt, dueAt - 300 * minuteMs) : createdAt,
    dueAt: index % 9 === 8 ? null : dueAt,
    statusName: 'Новое',
  }
}

/** As much work on a person's desk as the table says. */
function desk(workshop: Workshop, person: DemoPerson): Draft[] {
  const drafts: Draft[] = []
  for (let left = person.load; left > 0; left -= drafts.at(-1)?.weight ?? left) {
    const kind = workshop.chance.oneOf(kindsDoneIn(person.department))
    const weight = Math.min(left, mostWeight, kind.weight * workshop.chance.oneOf([1, 2, 3, 4]))
    drafts.push({ ...given(workshop, kind, person), weight })
  }
  return drafts
}

/** Cases that are nobody's load now: waiting, deferred, at somebody's for approval. */
function asides(workshop: Workshop): Draft[] {
  const { chance, times } = workshop
  const of = (id: string, change: Partial<Draft>): Draft[] =>
    people
      .filter(person => person.id === id)
      .map(person => ({
        ...given(workshop, chance.oneOf(kindsDoneIn(person.department)), person),
        ...change,
      }))
  const waiting = { status: 'waiting', statusName: 'Ждём ответа клиента' } as const
  const approval = { status: 'awaitingApproval', statusName: 'На утверждении' } as const
  return [
    ...['polyakova', 'savin', 'ershov', 'gusev', 'kotova', 'frolova', 'zhukov', 'lobanov'].flatMap(
      id => of(id, waiting),
    ),
    ...['polyakova', 'ryabov', 'volskaya'].flatMap(id => of(id, approval)),
    ...of('savin', { deferredUntil: times.ahead(1), statusName: 'Отложено' }),
    ...of('mukhin', { deferredUntil: times.ahead(3), statusName: 'Отложено' }),
  ]
}

function given(workshop: Workshop, kind: DemoKind, person: DemoPerson): Draft {
  const { chance, times } = workshop
  const createdAt = times.past(chance.between(1, 9))
  return {
    ...blank(workshop, kind, person.department),
    responsible: person.id,
    statusName: 'В работе',
    createdAt,
    assignedAt: Math.min(times.now - minuteMs, createdAt + chance.between(3, 90) * minuteMs),
    dueAt: chance.isLucky(0.15)
      ? times.behind(chance.between(0, 1))
      : times.ahead(chance.between(0, 8)),
  }
}

export function blank(
  { chance, times, letterFor }: Workshop,
  kind: DemoKind,
  department: string,
): Draft {
  return {
    kind,
    letter: letterFor(kind),
    department,
    client: chance.oneOf(clients),
    responsible: null,
    status: 'open',
    statusName: 'Новое',
    createdAt: times.now,
    assignedAt: null,
    closedAt: null,
    dueAt: null,
    deferredUntil: null,
    priority: chance.oneOf([0, 1, 1, 1, 1, 1, 2, 2, 3]),
    weight: kind.weight,
  }
}

export function kindNamed(id: string): DemoKind {
  const found = kinds.find(kind => kind.id === id)
  if (found === undefined) throw new RangeError(`no kind ${id}`)
  return found
}

/** The management takes part in anything large. */
export function kindsDoneIn(department: string): readonly DemoKind[] {
  const found = kinds.filter(kind => kind.doneIn.includes(department))
  return found.length > 0 ? found : kinds.filter(kind => kind.weight > 2)
}
