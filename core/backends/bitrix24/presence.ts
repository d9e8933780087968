import type { BitrixClient, Command, CommandAnswer } from './client.ts'
import { bagOf, isSet, listOf, numberIn, textIn } from './record.ts'
import type { Bag } from './record.ts'

/** Somebody is away, UTC ms; `untilAt` exclusive. */
export interface Away {
  readonly id: string
  readonly person: number
  readonly fromAt: number
  readonly untilAt: number
}

export interface Presence {
  readonly away: readonly Away[]
  /** By person, whether the working day is open; who is not in it is not tracked. */
  readonly openDays: ReadonlyMap<number, boolean>
}

const dayMs = 86_400_000
const aheadMs = 62 * dayMs
const peopleAtOnce = 20

/**
 * Who is away or at work, of these people at `now` (UTC ms). Rights a webhook lacks leave it
 * unknown: nobody is taken for absent because nobody may ask (design, «Availability»).
 */
export async function readPresence(
  client: BitrixClient,
  people: readonly number[],
  now: number,
  signal: AbortSignal,
): Promise<Presence> {
  const away: Away[] = []
  const openDays = new Map<number, boolean>()
  for (let from = 0; from < people.length; from += peopleAtOnce) {
    const some = people.slice(from, from + peopleAtOnce)
    const answers = await client.batch(questions(some, now), { signal })
    away.push(...awayIn(valueOf(answers.get('away'))))
    for (const person of some) {
      const isTracked = isSet(bagOf(valueOf(answers.get(`settings${person}`))), 'UF_TIMEMAN')
      const isOpen = dayIn(bagOf(valueOf(answers.get(`day${person}`))))
      if (isTracked && isOpen !== null) openDays.set(person, isOpen)
    }
  }
  return { away, openDays }
}

const questions = (people: readonly number[], now: number): Command[] => [
  {
    key: 'away',
    method: 'calendar.accessibility.get',
    params: { users: people, from: dayOf(now - dayMs), to: dayOf(now + aheadMs) },
  },
  ...people.flatMap(id => [
    { key: `day${id}`, method: 'timeman.status', params: { USER_ID: id } },
    { key: `settings${id}`, method: 'timeman.settings', params: { USER_ID: id } },
  ]),
]

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const valueOf = (answer: CommandAnswer | undefined): unknown =>
  answer?.kind === 'answered' ? answer.answer.result : null

/** `EXPIRED`: opened on an earlier day and never closed, which says nothing (bitrix24.md 3.4). */
function dayIn(status: Bag): boolean | null {
  switch (textIn(status, 'STATUS')) {
    case 'OPENED':
    case 'PAUSED':
      return true
    case 'CLOSED':
      return false
    default:
      return null
  }
}

function awayIn(result: unknown): Away[] {
  return Object.entries(bagOf(result)).flatMap(([id, rows]) => {
    const person = Number(id)
    if (!Number.isSafeInteger(person) || person <= 0) return []
    return listOf(rows).flatMap(row => awayOf(person, row) ?? [])
  })
}

/** Two shapes: a vacation from the absence chart, and an event of the calendar (bitrix24.md 3.4). */
function awayOf(person: number, row: Bag): Away | null {
  if (textIn(row, 'ACCESSIBILITY') !== 'absent') return null
  const span = isSet(row, 'FROM_HR') ? chartSpan(row) : eventSpan(row)
  if (!span || span.untilAt <= span.fromAt) return null
  return {
    id: `${isSet(row, 'FROM_HR') ? 'H' : 'E'}${person}_${textIn(row, 'ID')}`,
    person,
    ...span,
  }
}

/** Seconds; a day without a time lasts until its end. */
function chartSpan(row: Bag): { fromAt: number; untilAt: number } | null {
  const [from, until] = [numberIn(row, 'FROM'), numberIn(row, 'TO')]
  if (from === null || until === null) return null
  const isWholeDay = !/\d:\d\d/.test(textIn(row, 'DT_TO'))
  return { fromAt: from * 1000, untilAt: until * 1000 + (isWholeDay ? dayMs : 0) }
}

/**
 * DATE_TO_TS_UTC is wrong for what is repeated, so the end is DATE_TO in the zone that DATE_FROM
 * and its stamp tell.
 */
function eventSpan(row: Bag): { fromAt: number; untilAt: number } | null {
  const stamp = numberIn(row, 'DATE_FROM_TS_UTC')
  const [from, until] = [shownAt(textIn(row, 'DATE_FROM')), shownAt(textIn(row, 'DATE_TO'))]
  if (stamp === null || from === null || until === null) return null
  const fromAt = stamp * 1000
  const isWholeDay = textIn(row, 'DT_SKIP_TIME') === 'Y'
  return { fromAt, untilAt: fromAt + (until - from) + (isWholeDay ? dayMs : 0) }
}

/** «02.12.2024 11:00:00» as if it were UTC. */
function shownAt(text: string): number | null {
  const [, day, month, year, time] =
    /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d:\d\d:\d\d))?$/.exec(text) ?? []
  if (year === undefined) return null
  const at = Date.parse(`${year}-${month}-${day}T${time ?? '00:00:00'}Z`)
  return Number.isNaN(at) ? null : at
}

export const nothingKnown: Presence = { away: [], openDays: new Map() }
