import type { Stage } from './actors.ts'
/** What a life is to be: drawn from its seed, or written by hand. */
import { anna, gone, head, robot } from './office.ts'
import type { PortalCase } from './portal.ts'
import type { Weather } from './weather.ts'
import type { Planned } from './wire.ts'

/** Instead of what the seed says. */
export interface Script {
  readonly cases?: readonly ('deal' | 'task')[]
  readonly isBare?: boolean
  readonly weather?: Weather
  /** Of the writes, in their order. */
  readonly planned?: readonly Planned[]
  readonly acts?: readonly Act[]
  /** The first process dies at this place. */
  readonly diesAt?: number
}

export interface Act {
  /** Ms from the beginning. */
  readonly at: number
  readonly who: 'head' | 'other' | 'death' | 'deathSoon' | ((stage: Stage) => void)
}

type Random = () => number

export function drawCases(random: Random, hasField: boolean, script: Script): PortalCase[] {
  const kinds = script.cases ?? Array.from({ length: 1 + Math.floor(random() * 3) }, () => null)
  return kinds.map((given, index) => drawCase(random, hasField, { given, id: 351 + index }))
}

function drawCase(
  random: Random,
  hasField: boolean,
  { given, id }: { readonly given: 'deal' | 'task' | null; readonly id: number },
): PortalCase {
  const kind = given ?? (random() < 0.55 ? 'deal' : 'task')
  const drawn = given ? 0 : random()
  const raw = drawn < 0.7 ? head : drawn < 0.85 ? anna : gone
  const state = { raw, isClosed: false, isGone: false, marker: '', turns: 0 }
  const hasRobot = !given && random() < 0.08
  const robotTo = random() < 0.5 ? robot : anna
  return {
    local: kind === 'task' ? `TASK_${id}` : `D_${id}`,
    id,
    kind,
    hasField: hasField && kind === 'deal',
    createdBy: random() < 0.7 ? head : anna,
    versions: [{ ...state, at: -3_600_000, updatedAt: -3_600_000, updatedBy: head }],
    lines: [],
    robotTo: hasRobot ? robotTo : null,
  }
}

/** Sorted by time. */
export function drawActs(random: Random): Act[] {
  const deaths = random() < 0.5 ? 0 : 1 + Math.floor(random() * 4)
  return [
    ...drawSome(random, 1 + Math.floor(random() * 5), 'head'),
    ...drawSome(random, Math.floor(random() * 6), 'other'),
    ...drawSome(random, deaths, 'death').map(one =>
      random() < 0.6 ? { ...one, who: 'deathSoon' as const } : one,
    ),
  ].toSorted((one, other) => one.at - other.at)
}

function drawSome(random: Random, count: number, who: 'head' | 'other' | 'death'): Act[] {
  let at = 0
  return Array.from({ length: count }, () => {
    at += gapOf(random)
    return { at, who }
  })
}

function gapOf(random: Random): number {
  const drawn = random()
  if (drawn < 0.5) return random() * 5_000
  return drawn < 0.8 ? random() * 40_000 : random() * 120_000
}
