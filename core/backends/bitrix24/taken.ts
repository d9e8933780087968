import type { Decision } from '../../domain/decision.ts'
import { localIdOf } from '../../domain/id.ts'
import type { Outcome, Unsettled } from '../backend.ts'
import { aimOf } from './judge.ts'
import { refOf } from './ref.ts'
import { markerFor } from './world.ts'
import type { World } from './world.ts'

/**
 * Cases a holder of what has no owner has taken as own work, where the portal has no place to say
 * so: a fact of this computer only. Durable when the call returns.
 */
export interface Taken {
  readonly all: ReadonlySet<string>
  add(localId: string): void
  remove(localId: string): void
}

/** Notes what an applied decision says of that; the case then shows it. */
export function withTaken(
  world: World,
  decision: Decision,
  answer: Outcome | Unsettled,
  taken: Taken,
): Outcome | Unsettled {
  if (!('current' in answer) || (answer.outcome !== 'applied' && answer.outcome !== 'alreadySo'))
    return answer
  const { responsible } = decision.want
  const localId = localIdOf(decision.caseId)
  const ref = refOf(decision.caseId)
  const isKeptThere = ref?.kind === 'item' && markerFor(world, ref.typeId) !== null
  if (isKeptThere || !responsible || !aimOf(world, decision)?.isTaken) {
    if (taken.all.has(localId)) taken.remove(localId)
    return answer
  }
  taken.add(localId)
  return answer.current
    ? { ...answer, current: { ...answer.current, responsibleId: responsible } }
    : answer
}
