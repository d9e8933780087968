/** Portals count requests by portal and method time by credentials, whichever client asks. */
import { createHash } from 'node:crypto'
import type { Clock } from './clock.ts'
import { Limiter } from './limiter.ts'
import type { Pace } from './limiter.ts'
import { Operating } from './operating.ts'
import type { Access } from './shapes.ts'

/** Shared by the clients given the same one; the clock and the pace are those of the first. */
export class Limiters {
  readonly #limiters = new Map<string, Limiter>()
  readonly #operating = new Map<string, Operating>()

  limiterOf(access: Access, clock: Clock, pace: Pace): Limiter {
    return found(this.#limiters, access.address, () => new Limiter(clock, pace))
  }

  operatingOf(access: Access, clock: Clock): Operating {
    const who =
      access.kind === 'oauth'
        ? `${access.memberId} ${access.clientId}`
        : `${access.userId} ${createHash('sha256').update(access.secret).digest('hex')}`
    return found(this.#operating, who, () => new Operating(clock))
  }

  /** A renamed portal counts on. */
  rename(from: string, to: string): void {
    const limiter = this.#limiters.get(from)
    if (limiter && !this.#limiters.has(to)) this.#limiters.set(to, limiter)
  }
}

export const sharedLimiters = new Limiters()

function found<T>(map: Map<string, T>, key: string, make: () => T): T {
  const one = map.get(key) ?? make()
  map.set(key, one)
  return one
}
