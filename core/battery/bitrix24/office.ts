/** Who there is in the simulation, and when a case counts as belonging to nobody. */
import type { World } from '../../backends/bitrix24/world.ts'
import { anna, aWorld, gone, head, oleg } from '../../testing/bitrix24-world.ts'

export { anna, gone, head, oleg }
/** Heads the neighbouring department. */
export const neighbour = 20
/** Reassigns by a rule of the portal. */
export const robot = 40
export const neighboursRoom = 4
export const staff = [anna, oleg, anna, oleg, neighbour]
export const field = 'UF_CRM_NACHALO'

export interface Office {
  readonly now: World
  /** After the dismissal. */
  readonly later: World
}

const without = (world: World, person: number): World => {
  const people = new Map(world.roster.people)
  const one = people.get(person)
  if (one) people.set(person, { ...one, isActive: false })
  return { ...world, roster: { ...world.roster, people } }
}

const officeOf = (marker: string | null): Office => {
  const now = aWorld({ marker })
  return { now, later: without(now, oleg) }
}

/** Oleg is dismissed in some lives. */
export const marked = officeOf(field)
export const bare = officeOf(null)
