import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { NewCase } from '../hub/protocol.ts'
import { clients } from './clients.ts'
import { filled, letterPicker } from './letters.ts'
import { kindNamed } from './open-drafts.ts'
import { chanceOf } from './random.ts'
import { timetable } from './timetable.ts'

/** What the arrivals need of a hub. */
export interface ArrivalDoor {
  /** Its ordinary way in, with routing. */
  create(arrival: NewCase): Promise<unknown>
  /** The client of one of the waiting cases answers with `text`; `share` in [0, 1) says which. False: none waits. */
  answer(share: number, text: string): Promise<boolean>
  countUnassigned(): Promise<number>
}

export interface ArrivalOptions {
  readonly door: ArrivalDoor
  readonly seed: number
  readonly signal: AbortSignal
  readonly now?: () => number
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

const firstMs = 40_000
const shortestMs = 60_000
const longestMs = 180_000
/** More would only pile up while nobody looks. */
const mostUnassigned = 60
const shareAnswered = 0.2

/** Most concern the contact centre; the rest keeps the other heads busy. */
const arriving = [
  'request',
  'request',
  'closing',
  'closing',
  'papers',
  'papers',
  'lead',
  'return',
  'claim',
  'delivery',
]
const answers = [
  'Да, всё верно, действуйте.',
  'Подписанный скан во вложении, оригинал отправлю завтра.',
  'Мне удобнее в четверг после трёх.',
  'Оплатил сегодня, проверьте, пожалуйста.',
] as const

/** New cases and answers of clients, now and then, until the signal; ends quietly on it. */
export async function runArrivals(options: ArrivalOptions): Promise<void> {
  const { door, signal, now = Date.now, wait = waitQuietly } = options
  const chance = chanceOf(options.seed)
  const letterFor = letterPicker(chance)
  for (let pause = firstMs; ; pause = chance.between(shortestMs, longestMs)) {
    await wait(pause, signal)
    if (signal.aborted) return
    const isAnswered =
      chance.isLucky(shareAnswered) && (await door.answer(chance.next(), chance.oneOf(answers)))
    if (!isAnswered && (await door.countUnassigned()) < mostUnassigned)
      await door.create(newcomer(now()))
  }

  function newcomer(at: number): NewCase {
    const kind = kindNamed(chance.oneOf(arriving))
    const client = chance.oneOf(clients)
    const letter = letterFor(kind)
    return {
      requestId: randomUUID(),
      ...filled(letter, chance, at),
      kindId: kind.id,
      source: chance.oneOf(kind.sources),
      clientId: client.id,
      clientName: client.name,
      phones: [client.phone],
      emails: [client.email],
      dueAt: timetable(at, chance).ahead(chance.between(0, 3)),
      priority: chance.oneOf([1, 1, 1, 2, 3]),
      requiredSkill: letter.skill ?? null,
    }
  }
}

/** Keeps no process alive. */
function waitQuietly(ms: number, signal: AbortSignal): Promise<unknown> {
  return setTimeout(ms, null, { signal, ref: false }).catch(() => null)
}
