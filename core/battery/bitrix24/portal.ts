/** What a hostile portal holds: every state every case ever had, and who made it so. */
import type { DecisionId } from '../../domain/id.ts'

export interface State {
  readonly raw: number
  readonly isClosed: boolean
  readonly isGone: boolean
  /** The marker field as text; '' where the portal has none, and for tasks. */
  readonly marker: string
  readonly updatedAt: number
  readonly updatedBy: number
  /** Lines of the history that were there. */
  readonly turns: number
}

export interface Version extends State {
  readonly at: number
}

export interface Line {
  readonly id: number
  readonly at: number
  readonly by: number
  readonly from: number
  readonly to: number
}

export interface PortalCase {
  readonly local: string
  readonly id: number
  readonly kind: 'deal' | 'task'
  readonly hasField: boolean
  readonly createdBy: number
  readonly versions: Version[]
  readonly lines: Line[]
  /** A rule of the portal gives it to somebody else after each change. */
  readonly robotTo: number | null
}

/** A write that came from a console and was carried out. */
export interface Effect {
  readonly at: number
  readonly local: string
  readonly by: number
  readonly from: number
  readonly to: number
  /** Whose decision it was; null: of somebody else's console. */
  readonly decisionId: DecisionId | null
  /** The responsible or who has taken it on is another than before. */
  readonly isChange: boolean
  readonly request: number
  /** What the look before the write in the same request saw; null: there was none. */
  readonly before: number | null
  /** The id of the last decision carried out there was lost with it. */
  readonly isErasing: boolean
}

export interface Change {
  readonly raw?: number
  readonly isClosed?: boolean
  readonly isGone?: boolean
  readonly marker?: string
}

export interface Portal {
  readonly cases: ReadonlyMap<string, PortalCase>
  readonly effects: Effect[]
  now(theCase: PortalCase): Version
  /** As it was at a time. */
  asOf(theCase: PortalCase, at: number): Version
  /** Saves; nothing happens when nothing differs. */
  save(theCase: PortalCase, by: number, change: Change): void
}

interface PortalOptions {
  readonly time: () => number
  readonly cases: readonly PortalCase[]
  readonly onSave: (theCase: PortalCase, before: Version, by: number) => void
}

export function createPortal({ time, cases, onSave }: PortalOptions): Portal {
  let lastLine = 1_000
  const now = (theCase: PortalCase): Version => {
    const last = theCase.versions.at(-1)
    if (!last) throw new Error(`${theCase.local} never was`)
    return last
  }
  return {
    cases: new Map(cases.map(one => [one.local, one])),
    effects: [],
    now,
    asOf: (theCase, at) => theCase.versions.findLast(one => one.at <= at) ?? firstOf(theCase),
    save(theCase, by, change) {
      const before = now(theCase)
      if (before.isGone || isSame(before, change)) return
      const { raw = before.raw } = change
      if (theCase.kind === 'task' && raw !== before.raw) {
        lastLine += 3
        theCase.lines.push({ id: lastLine, at: time(), by, from: before.raw, to: raw })
      }
      const after = { ...before, ...change, at: time(), updatedAt: time(), updatedBy: by }
      theCase.versions.push({ ...after, turns: theCase.lines.length })
      onSave(theCase, before, by)
    },
  }
}

const firstOf = (theCase: PortalCase): Version => {
  const [first] = theCase.versions
  if (!first) throw new Error(`${theCase.local} never was`)
  return first
}

const isSame = (before: Version, change: Change): boolean =>
  (change.raw ?? before.raw) === before.raw &&
  (change.isClosed ?? before.isClosed) === before.isClosed &&
  (change.isGone ?? before.isGone) === before.isGone &&
  (change.marker ?? before.marker) === before.marker
