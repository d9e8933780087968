import type { ActResult, Arg } from '../contract.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import { moveRefusal } from '../domain/stage.ts'
import { carryOut, refused } from './act.ts'
import type { Desk } from './desk.ts'
import { worldFor } from './moment.ts'

/** Moves cases to a stage of their way; a closed one may be brought back. */
export function progress(desk: Desk, arg: Arg<'progress'>): ActResult {
  const { stages } = desk
  const stage = stages.find(({ stageId }) => stageId === arg.stageId)
  const target = stage ? (stage.name ?? stage.status) : null
  let world: DropWorld | null = null
  return carryOut(desk, { ...arg, verb: 'progress', target }, (theCase, me) => {
    if (!stage) return refused('stageShut')
    world ??= worldFor(desk, me)
    const reason = moveRefusal(theCase, stage, stages, world)
    if (reason) return { kind: 'refused', reasons: [reason] }
    const want = { status: stage.status, statusName: stage.name }
    return { kind: 'decided', want, isOverridden: false, reasons: [] }
  })
}
