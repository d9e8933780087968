/** A repeatable source of chance (mulberry32): the same seed, the same portal. */
export interface Chance {
  /** In [0, 1). */
  next(): number
  /** A whole number in [from, to]. */
  between(from: number, to: number): number
  oneOf<Item>(items: readonly Item[]): Item
  isLucky(share: number): boolean
  /** Letters and digits of a secret. */
  secret(length: number): string
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    oneOf(items) {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new RangeError('there is nothing to choose from')
      return item
    },
    isLucky: share => next() < share,
    secret: length =>
      Array.from({ length }, () => alphabet[between(0, alphabet.length - 1)]).join(''),
  }
}
