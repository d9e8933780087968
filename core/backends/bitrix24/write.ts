import type { Sending } from '../backend.ts'
import type { Command } from './client.ts'
import type { Aim, Here } from './judge.ts'
import { turnsQuestion } from './look.ts'
import { writeMarker } from './marker.ts'
import type { Ref } from './ref.ts'
import { writeWitness } from './witness.ts'
import { markerFor } from './world.ts'
import type { World } from './world.ts'

/** A decision that may be carried out now. */
export interface Write {
  readonly sending: Sending
  readonly ref: Ref
  readonly aim: Aim
  readonly look: Here
  /** A task: the last line of its history that is known of, ours counted (sync.md 2.5, S3). */
  readonly lastTurn: number | null
  /** An item: the newest mark as it was shown, '' none, and our own last one, perhaps shown not yet. */
  readonly newest: readonly string[]
}

/** What must be found again after a silence. */
export const witnessOf = (world: World, { ref, aim, lastTurn, newest, look }: Write): string =>
  writeWitness({
    target: aim.target,
    raw: look.raw,
    lastTurn,
    marker: ref.kind === 'item' ? markerFor(world, ref.typeId) : null,
    newest: [...newest],
  })

/**
 * An item: as it was a moment before, then the update, which answers with the item after it. A
 * task: the update or, for whom it is not to edit, the handing on; then its history.
 */
export function commandsFor(world: World, write: Write, at: number): Command[] {
  const { ref, aim, look, sending } = write
  if (ref.kind === 'task') {
    const taskId = ref.id
    const handsOn = look.raw === world.me && look.createdBy !== world.me
    return [
      handsOn
        ? {
            key: `write${at}`,
            method: 'tasks.task.delegate',
            params: { taskId, userId: aim.target },
          }
        : {
            key: `write${at}`,
            method: 'tasks.task.update',
            params: { taskId, fields: { RESPONSIBLE_ID: aim.target } },
          },
      turnsQuestion(`turns${at}`, taskId),
    ]
  }
  const item = { entityTypeId: ref.typeId, id: ref.id, useOriginalUfNames: 'Y' }
  const marker = markerFor(world, ref.typeId)
  const standing = aim.standing && { kind: aim.standing, by: aim.target }
  const mark =
    marker === null || look.marker === null
      ? {}
      : { [marker]: writeMarker(look.marker, sending.decision.decisionId, standing) }
  return [
    { key: `before${at}`, method: 'crm.item.get', params: item },
    {
      key: `write${at}`,
      method: 'crm.item.update',
      params: { ...item, fields: { assignedById: aim.target, ...mark } },
    },
  ]
}
