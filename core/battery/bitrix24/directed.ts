/** Schedules that chance does not find: what happens at the last moment at which it can. */
import { headGives } from './actors.ts'
import type { Stage } from './actors.ts'
import { anna, head, neighbour, oleg } from './office.ts'
import type { PortalCase } from './portal.ts'
import type { Act, Script } from './script.ts'
import { longestZombieMs, stillWeather } from './weather.ts'
import type { Planned } from './wire.ts'

const only = ({ portal }: Stage): PortalCase => {
  const [one] = portal.cases.values()
  if (!one) throw new Error('there is no case')
  return one
}

const gives = (at: number, receiver: number | null): Act => ({
  at,
  who: stage => headGives(stage, only(stage), receiver),
})

const elsewhere = (at: number, raw: number): Act => ({
  at,
  who: stage => stage.portal.save(only(stage), neighbour, { raw }),
})

/** A console that had looked before our write. */
const covers = (at: number, raw: number): Act => ({
  at,
  who(stage) {
    const one = only(stage)
    const mark = one.hasField ? { marker: '00000000-0000-7000-8000-00000000ffff' } : {}
    stage.portal.save(one, neighbour, { raw, ...mark })
  },
})

const nothing: Act = { at: 200_000, who: () => {} }

/** Given up after a second, carried out so much later. */
const zombie = (executedMs: number): Planned => ({ trouble: 'zombie', gaveUpMs: 1_000, executedMs })
const well: Planned = { trouble: null, gaveUpMs: 0, executedMs: 0 }
const never: Planned = { trouble: 'never', gaveUpMs: 1_000, executedMs: 0 }

const late = { ...stillWeather, lagChance: 1, longestLag: 5_000 }
const veryLate = { ...late, shortestLag: 4_000 }

interface Directed {
  readonly name: string
  readonly script: Script
}

const ofBoth = (name: string, script: Script): Directed[] =>
  (['deal', 'task'] as const).map(kind => ({
    name: `${kind}: ${name}`,
    script: { isBare: false, weather: stillWeather, ...script, cases: [kind] },
  }))

export const directed: readonly Directed[] = [
  ...ofBoth('carried out at the last moment, and somebody else decides right before', {
    planned: [zombie(longestZombieMs)],
    acts: [gives(0, anna), elsewhere(57_000, oleg), nothing],
  }),
  ...ofBoth('carried out at the last moment, and somebody else gives it back right after', {
    planned: [zombie(longestZombieMs)],
    weather: late,
    acts: [gives(0, anna), elsewhere(60_200, head), nothing],
  }),
  ...ofBoth('carried out at the last moment, the next decision waiting', {
    planned: [zombie(longestZombieMs)],
    acts: [gives(0, anna), gives(5_000, oleg), nothing],
  }),
  ...ofBoth('carried out at the last moment, somebody else having done the same before', {
    planned: [zombie(longestZombieMs)],
    acts: [gives(0, anna), elsewhere(8_000, anna), gives(20_000, oleg), nothing],
  }),
  ...ofBoth('the same again, and the second one never arrives', {
    planned: [well, never],
    acts: [gives(0, anna), elsewhere(10_000, head), gives(20_000, anna), nothing],
  }),
  ...ofBoth('another console covers our mark, and the next write never arrives', {
    planned: [well, never],
    acts: [gives(0, anna), covers(15_000, head), gives(20_000, anna), nothing],
  }),
  ...ofBoth('the same again at once, looked at too late, and the second one never arrives', {
    planned: [well, never],
    weather: veryLate,
    acts: [gives(10_000, anna), elsewhere(11_500, head), gives(12_500, anna), nothing],
  }),
  ...ofBoth('somebody else decides between the look and the write', {
    weather: { ...veryLate, writeLagChance: 1 },
    acts: [gives(10_000, anna), elsewhere(10_600, oleg), nothing],
  }),
  ...ofBoth('sent right before the process dies, carried out at the last moment', {
    planned: [zombie(longestZombieMs)],
    acts: [gives(0, anna), { at: 1_500, who: 'death' }, elsewhere(30_000, oleg), nothing],
  }),
]

/** A busy hour of one case, for dying at each place of it in turn. */
export const deaths: readonly Directed[] = [
  ...ofBoth('everything goes well', { acts: [gives(0, anna), gives(2_000, oleg), nothing] }),
  ...ofBoth('the first answer is lost', {
    planned: [{ trouble: 'lost', gaveUpMs: 2_000, executedMs: 0 }],
    acts: [gives(0, anna), gives(3_000, oleg), nothing],
  }),
  ...ofBoth('the first write comes late', {
    planned: [zombie(40_000)],
    acts: [gives(0, anna), elsewhere(43_000, head), gives(50_000, oleg), nothing],
  }),
]
