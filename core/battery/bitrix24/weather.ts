/** What may happen to a request, drawn anew for every life so that each has troubles of its own. */
export interface Weather {
  /** Chances per request, of those that come in turn; the rest goes well. */
  readonly chances: readonly (readonly [Trouble, number])[]
  /** Chance that a read is late, and by how much (ms). */
  readonly lagChance: number
  readonly shortestLag: number
  readonly longestLag: number
  /** Chance that even the look within a request that writes is late. */
  readonly writeLagChance: number
  readonly isSlow: boolean
}

export type Trouble =
  /** Did not leave. */
  | 'offline'
  /** 503 or 429: not carried out. */
  | 'busy'
  /** Carried out, the answer lost. */
  | 'lost'
  /** Never arrived, and nobody knows. */
  | 'never'
  /** Carried out after the client gave up. */
  | 'zombie'
  /** The first commands carried out after the client gave up, then the server died. */
  | 'halfZombie'
  /** The first commands carried out and answered. */
  | 'partial'
  /** One of the commands refused for now. */
  | 'busyCommand'
  /** One of the commands failed inside the portal, carried out or not. */
  | 'brokenCommand'

export const longestZombieMs = 58_000

const usual: readonly (readonly [Trouble, number])[] = [
  ['offline', 0.1],
  ['busy', 0.1],
  ['lost', 0.25],
  ['never', 0.15],
  ['zombie', 0.3],
  ['halfZombie', 0.1],
  ['partial', 0.15],
  ['busyCommand', 0.1],
  ['brokenCommand', 0.1],
]

export function drawWeather(random: () => number): Weather {
  const chances = usual.flatMap(([trouble, most]) =>
    random() < 0.5 ? [[trouble, most * random()] as const] : [],
  )
  return {
    chances,
    lagChance: random() < 0.5 ? random() * 0.8 : 0,
    shortestLag: 0,
    longestLag: 5_000,
    writeLagChance: random() < 0.2 ? random() * 0.5 : 0,
    isSlow: random() < 0.1,
  }
}

export const stillWeather: Weather = {
  chances: [],
  lagChance: 0,
  shortestLag: 0,
  longestLag: 0,
  writeLagChance: 0,
  isSlow: false,
}

/** Only what leaves may be lost after it; a read that failed is simply asked again. */
export function drawTrouble({ chances }: Weather, random: () => number): Trouble | null {
  let drawn = random()
  for (const [trouble, chance] of chances) {
    if (drawn < chance) return trouble
    drawn -= chance
  }
  return null
}
