/**
 * The custom field of an item in which this program leaves word: the ids of the last decisions
 * carried out there, and who has taken the item on. Read by every console that gives the item out.
 */
export interface Marker {
  /** The newest first. */
  readonly done: readonly string[]
  /** The employee who works on it although its responsible is one who holds what has no owner. */
  readonly takenBy: number | null
}

const kept = 8
const decision = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const taken = /^taken:([1-9]\d{0,14})$/

/** Whatever else somebody wrote into the field is passed over. */
export function readMarker(value: unknown): Marker {
  const words = typeof value === 'string' ? value.split(/\s+/) : []
  const takers = words.flatMap(word => taken.exec(word)?.[1] ?? [])
  return {
    done: words.filter(word => decision.test(word)).slice(0, kept),
    takenBy: takers[0] === undefined ? null : Number(takers[0]),
  }
}

/** The field after one more decision. */
export function writeMarker(before: Marker, decisionId: string, takenBy: number | null): string {
  const others = before.done.filter(one => one !== decisionId).slice(0, kept - 1)
  return [...(takenBy === null ? [] : [`taken:${takenBy}`]), decisionId, ...others].join(' ')
}
