/** Said of a case that lies with somebody who holds what has no owner. */
export type Standing =
  /** Taken on as own work. */
  | 'taken'
  /** Given back: it has no owner, at whatever stage it is. */
  | 'free'

/**
 * The custom field of an item in which this program leaves word: the ids of the last decisions
 * carried out there, and how the item stands with its responsible. Read by every console that gives
 * the item out.
 */
export interface Marker {
  /** The newest first. */
  readonly done: readonly string[]
  /** Holds only while `by` is the responsible of the item. */
  readonly standing: { readonly kind: Standing; readonly by: number } | null
}

const kept = 8
const decision = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const standing = /^(taken|free):([1-9]\d{0,14})$/

/** Whatever else somebody wrote into the field is passed over. */
export function readMarker(value: unknown): Marker {
  const words = typeof value === 'string' ? value.split(/\s+/) : []
  const [, kind, by] = words.map(word => standing.exec(word)).find(found => found !== null) ?? []
  return {
    done: words.filter(word => decision.test(word)).slice(0, kept),
    standing: kind === 'taken' || kind === 'free' ? { kind, by: Number(by) } : null,
  }
}

/** The field after one more decision. */
export function writeMarker(before: Marker, decisionId: string, now: Marker['standing']): string {
  const others = before.done.filter(one => one !== decisionId).slice(0, kept - 1)
  return [...(now === null ? [] : [`${now.kind}:${now.by}`]), decisionId, ...others].join(' ')
}
