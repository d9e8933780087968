import { isCounted } from './case-state.ts'
import type { Case } from './case.ts'
import type { DropWorld } from './drop-world.ts'
import { droppedOf } from './dropped.ts'
import { type Hint, hintsFor } from './hint.ts'
import type { EmployeeId } from './id.ts'
import { weightOf } from './load.ts'
import { personNow } from './person-now.ts'

/**
 * The first hint of one case after another; null: nobody to give it to without force. To a drop
 * most cases of a list look like many others of it: who is best is worked out once for every look.
 */
export function bestHints(
  world: DropWorld,
  candidates: readonly EmployeeId[],
): (theCase: Case) => Hint | null {
  const known = new Map<string, Hint | null>()
  const returns = candidates.flatMap(id => untilOf(id, world) ?? [])
  return theCase => {
    const look = lookOf(theCase, world, returns)
    let best = known.get(look)
    if (best === undefined) {
      const [first] = hintsFor([theCase], world, candidates)
      best = first && first.judgement.verdict !== 'blocked' ? first : null
      known.set(look, best)
    }
    return best
  }
}

/** Everything of a case that hints depend on. */
function lookOf(theCase: Case, world: DropWorld, returns: readonly number[]): string {
  const dropped = droppedOf(theCase, world)
  const { isMine, kindIds, skills, ownerIds, acquaintances, earliestDueAt } = dropped
  const weight = isCounted(theCase, world.now) ? weightOf(theCase, world.kinds) : null
  // Of a due it only matters who comes back before it.
  const back = earliestDueAt === null ? null : returns.filter(at => at > earliestDueAt).length
  const { responsibleId } = theCase
  return JSON.stringify([
    isMine,
    kindIds,
    skills,
    ownerIds,
    [...acquaintances.keys()],
    back,
    weight,
    responsibleId,
  ])
}

function untilOf(employeeId: EmployeeId, world: DropWorld): number | null {
  const employee = world.index.employeeById.get(employeeId)
  return (employee && personNow(employee, world).away?.untilAt) ?? null
}
