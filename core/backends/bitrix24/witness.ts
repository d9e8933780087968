import { z } from 'zod'
import type { Here } from './judge.ts'

/** What is kept before a write, to find out after a silence whether it was carried out. */
const witnessSchema = z.object({
  /** Who was to become responsible. */
  target: z.number(),
  /** Who was responsible before. */
  raw: z.number().nullable(),
  /** A task: the last line of its history that was known, ours counted. */
  lastTurn: z.number().nullable(),
  /** An item: the field where the decision leaves its id; null: only the responsible can tell. */
  marker: z.string().nullable(),
  /** An item: what stood first in that field, '' nothing: as it was shown, or our own last one. */
  newest: z.array(z.string()),
})
export type Witness = z.infer<typeof witnessSchema>

export const writeWitness = (witness: Witness): string => JSON.stringify(witness)

/** null: it was written by another version; then nothing is known but that something left. */
export function readWitness(text: string): Witness | null {
  try {
    return witnessSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export type Evidence =
  /** Our write was carried out; `before`: who was responsible until then, where that can be told. */
  | {
      readonly kind: 'done'
      readonly before: number | null | undefined
      readonly turn: number | null
    }
  /** Nothing shows it, and what is there shows that it may not have been. */
  | { readonly kind: 'none' }
  /** Somebody else wrote after our look, and nobody can tell whether over ours. */
  | { readonly kind: 'untold' }

/**
 * Whether the write of this decision had its effect. A task tells by its history: a line after the
 * last known, by me, to the target. An item tells by its marker; without one only the responsible
 * is left, which also somebody else may have set so.
 */
export function evidenceOf(
  witness: Witness | null,
  { decisionId, me }: { readonly decisionId: string; readonly me: number },
  { turns, marker, raw }: Here,
): Evidence {
  if (turns !== null) {
    const since = witness?.lastTurn ?? 0
    const own = turns.find(
      turn => turn.id > since && turn.by === me && turn.to === (witness?.target ?? turn.to),
    )
    return own ? { kind: 'done', before: own.from, turn: own.id } : { kind: 'none' }
  }
  if (marker?.done.includes(decisionId)) return { kind: 'done', before: undefined, turn: null }
  if (marker !== null && witness?.marker)
    // Another console may have written the field as it was before our write: ours is lost in it.
    return { kind: witness.newest.includes(marker.done[0] ?? '') ? 'none' : 'untold' }
  if (raw === witness?.target) return { kind: 'done', before: undefined, turn: null }
  return raw === witness?.raw ? { kind: 'none' } : { kind: 'untold' }
}

/** Somebody else decided between our look and our write; `before` undefined: that cannot be told. */
export const isOverwritten = (
  witness: Pick<Witness, 'raw' | 'target'> | null,
  before: number | null | undefined,
): boolean =>
  witness !== null && before !== undefined && before !== witness.raw && before !== witness.target
