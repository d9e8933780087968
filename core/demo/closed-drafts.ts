import { clients } from './clients.ts'
import type { Draft } from './draft.ts'
import { type Workshop, blank, kindsDoneIn } from './open-drafts.ts'
import { people } from './people.ts'

const count = 460
const farthestDays = 260
const hourMs = 3_600_000

/** A year of closed cases, most of them lately: a client mostly comes back to the same people. */
export function closedDrafts(workshop: Workshop): Draft[] {
  const { chance, times } = workshop
  const workers = people.filter(person => person.isDismissed !== true && person.load > 0)
  const favourites = new Map(
    clients.map(client => [client.id, [chance.oneOf(workers), chance.oneOf(workers)]]),
  )
  return Array.from({ length: count }, () => {
    const client = chance.oneOf(clients)
    const known = favourites.get(client.id)
    const person =
      known !== undefined && chance.isLucky(0.8) ? chance.oneOf(known) : chance.oneOf(workers)
    const kind = chance.oneOf(kindsDoneIn(person.department))
    const closedAt = times.past(Math.floor(chance.next() ** 2.2 * farthestDays))
    const createdAt = closedAt - chance.between(5, 160) * hourMs
    return {
      ...blank(workshop, kind, person.department),
      client,
      responsible: person.id,
      status: 'closed',
      statusName: 'Закрыто',
      createdAt,
      assignedAt: createdAt + chance.between(1, 4) * hourMs,
      closedAt,
      dueAt: closedAt + chance.between(-8, 60) * hourMs,
    }
  })
}
