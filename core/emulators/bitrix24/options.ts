import type { FaultPlan } from './faults.ts'
import type { Limits } from './limits.ts'
import type { Quirks } from './quirks.ts'
import type { Item } from './rows.ts'
import type { Clock } from './time.ts'

export interface PortalOptions {
  /** Real time by default. */
  readonly clock?: Clock
  /** The same seed, the same portal. */
  readonly seed?: number
  /** Deals; everything else is in proportion. */
  readonly cases?: number
  /** Users; the demo company has eighteen, further ones sit in departments of twelve. */
  readonly people?: number
  readonly quirks?: Partial<Quirks>
  readonly limits?: Partial<Limits>
  readonly faults?: FaultPlan
  /** How much the portal's clock is ahead, milliseconds. */
  readonly skewMs?: number
  /** Of the portal's zone; +03:00 by default. */
  readonly offsetMinutes?: number
  /** Reads see the portal as it was up to so many milliseconds ago. */
  readonly staleMs?: number
  /** To whom a robot gives an item two seconds after somebody else changed it; null: leaves it. */
  readonly robot?: (item: Item) => number | null
  /** Where the portal is at home, such as `https://verf.bitrix24.example`. */
  readonly address?: string
}
