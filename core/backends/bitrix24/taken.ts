import type { Decision } from '../../domain/decision.ts'
import { localIdOf } from '../../domain/id.ts'
import type { Outcome, Unsettled } from '../backend.ts'
import { versionWith } from './fact.ts'
import type { Fact } from './fact.ts'
import { aimOf } from './judge.ts'
import type { Standing } from './marker.ts'
import { refOf } from './ref.ts'
import { markerFor } from './world.ts'
import type { World } from './world.ts'

/**
 * How cases stand with a holder of what has no owner, where the portal has no place to say so: a
 * fact of this computer only, by local id. Durable when the call returns.
 */
export interface Taken {
  readonly all: ReadonlyMap<string, Fact>
  set(localId: string, standing: Standing): void
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
  const localId = localIdOf(decision.caseId)
  const ref = refOf(decision.caseId)
  const isKeptThere = ref?.kind === 'item' && markerFor(world, ref.typeId) !== null
  const standing = aimOf(world, decision)?.standing ?? null
  if (isKeptThere || standing === null) {
    if (taken.all.has(localId)) taken.remove(localId)
    return answer
  }
  taken.set(localId, standing)
  const responsibleId = decision.want.responsible ?? null
  const version = versionWith(answer.current?.updatedAt ?? 0, taken.all.get(localId))
  return answer.current
    ? { ...answer, current: { ...answer.current, responsibleId, version } }
    : answer
}
