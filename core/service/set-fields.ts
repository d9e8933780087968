import type { ActResult } from '../contract.ts'
import type { Fields } from '../domain/decision.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import { isMine } from '../domain/dropped.ts'
import { carryOut, refused } from './act.ts'
import type { Gesture } from './act.ts'
import type { Desk } from './desk.ts'
import { worldFor } from './moment.ts'

/** Sets the same fields of every case that is the head's to decide about. */
export function setFields(desk: Desk, gesture: Gesture, want: Fields): ActResult {
  let world: DropWorld | null = null
  return carryOut(desk, gesture, (theCase, me) => {
    world ??= worldFor(desk, me)
    if (!isMine(theCase, world)) return refused('notYours')
    return { kind: 'decided', want, isOverridden: false, reasons: [] }
  })
}
