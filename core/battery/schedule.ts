/** What may happen to a console, as data: made, shrunk and printed by fast-check. */
import * as fc from 'fast-check'
import type { Fault } from '../testing/model-backend.ts'

export type Step =
  | { readonly kind: 'assign'; readonly cases: readonly number[]; readonly to: number }
  | { readonly kind: 'return' | 'take' | 'close' | 'remove'; readonly place: number }
  | { readonly kind: 'pass'; readonly place: number; readonly to: number }
  | {
      readonly kind: 'defer'
      readonly place: number
      readonly until: 'tomorrow' | 'change' | 'now'
    }
  | { readonly kind: 'progress'; readonly place: number; readonly stageId: string }
  | { readonly kind: 'undo' | 'redo' | 'restart' | 'hubRestart' | 'beginAgain' | 'wake' }
  | { readonly kind: 'resolve'; readonly choice: 'keepTheirs' | 'insist' | 'giveTo' }
  | { readonly kind: 'theirs'; readonly place: number; readonly to: number }
  | { readonly kind: 'dismiss'; readonly who: number }
  | { readonly kind: 'network'; readonly faults: readonly Trouble[] }
  | { readonly kind: 'wait'; readonly ms: number }
  /** `touched`: a case somebody else changes just before, so that a page is on its way. */
  | { readonly kind: 'kill'; readonly turns: number; readonly touched: number | null }
  | { readonly kind: 'clock'; readonly ms: number }

/** `pause`: busy, with what a server may say of when to come again; null: nothing. */
export type Trouble = Fault | { readonly pause: number | null }

export interface Schedule {
  readonly pageSize: number
  readonly steps: readonly Step[]
}

export const caseCount = 3
const peopleCount = 2

const hour = 3_600_000
const year = 365 * 24 * hour

const place = fc.nat({ max: caseCount - 1 })
const to = fc.nat({ max: peopleCount - 1 })

const troubles: readonly Trouble[] = [
  'none',
  'offline',
  'lostRequest',
  'lostAnswer',
  'repeated',
  'delayed',
  'slow',
  'busy',
  'senseless',
  'unauthorised',
  { pause: null },
  { pause: 0 },
  { pause: 300_000 },
]

const kindOf = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds)

const acting: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kindOf('assign'),
      cases: fc.uniqueArray(place, { minLength: 1 }),
      to,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kindOf('return', 'take'), place }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('pass'), place, to }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kindOf('defer'),
      place,
      until: kindOf('tomorrow', 'change', 'now'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kindOf('progress'),
      place,
      stageId: kindOf('open', 'waiting', 'closed'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: kindOf('undo', 'undo', 'redo') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kindOf('resolve'),
      choice: kindOf('keepTheirs', 'insist', 'giveTo'),
    }),
  },
)

/** Time lets twelve turns pass before it goes on; a page that comes then is written in the next few. */
const turns = fc.oneof(fc.nat({ max: 20 }), fc.integer({ min: 12, max: 15 }))

const happening: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: kindOf('theirs'), place, to }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('close', 'remove'), place }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('dismiss'), who: to }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kindOf('network'),
      faults: fc.array(fc.constantFrom(...troubles), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kindOf('restart', 'hubRestart', 'beginAgain', 'wake') }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kindOf('kill'), turns, touched: fc.option(place) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kindOf('clock'),
      ms: fc.constantFrom(hour, -hour, year, -year, -56 * year),
    }),
  },
)

const waiting: fc.Arbitrary<Step> = fc.record({
  kind: kindOf('wait'),
  ms: fc.constantFrom(0, 5, 15, 25, 45, 200, 1_500, 8_100, 31_000),
})

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  pageSize: fc.constantFrom(1, 2, 50),
  steps: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: acting },
      { weight: 3, arbitrary: happening },
      { weight: 4, arbitrary: waiting },
    ),
    { minLength: 3, maxLength: 24, size: 'max' },
  ),
})
