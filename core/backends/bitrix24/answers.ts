import type { Outcome, OutcomeCode, Unsettled } from '../backend.ts'
import type { BackendError } from '../errors.ts'
import type { CommandAnswer } from './client.ts'
import { outcomeOf } from './judge.ts'
import type { Here } from './judge.ts'
import { itemHere, taskHere, turnsIn } from './look.ts'
import { bagOf, isBag } from './record.ts'
import { glanceMs, staleMs } from './trace.ts'
import { isOverwritten } from './witness.ts'
import type { World } from './world.ts'
import type { Write } from './write.ts'

export type Answers = ReadonlyMap<string, CommandAnswer>

/** What became of a write; `turn`: the line it left in the history of a task. */
export interface Settled {
  readonly answer: Outcome | Unsettled
  readonly turn: number | null
  /** The portal said yes; what it changed is still to be seen. */
  readonly isConfirmed?: boolean
}

/** From what the commands of the write answered. */
export function settledBy(world: World, write: Write, answers: Answers, at: number): Settled {
  const { decision } = write.sending
  const { decisionId } = decision
  const still = (outcome: Unsettled['outcome'], code: string, againAfterMs: number): Settled => ({
    answer: { decisionId, outcome, code, againAfterMs },
    turn: null,
  })
  const answer = answers.get(`write${at}`)
  if (!answer || answer.kind === 'absent') {
    // The look before the write failed, and so nothing after it was carried out.
    const before = answers.get(`before${at}`)
    if (before?.kind !== 'failed') return still('notSent', 'notReached', 0)
    const { code, kind, retryAfterMs } = before.error
    return still('notSent', code ?? kind, retryAfterMs ?? staleMs)
  }
  if (answer.kind === 'failed')
    return { answer: afterFailure(world, write, answer.error), turn: null }
  const after = lookAfter(world, write, answer.answer.result, answers.get(`turns${at}`))
  // The write was answered, only not with what it made: the next look tells.
  if (!after) return still('unknown', 'untold', staleMs)
  const since = write.lastTurn ?? 0
  const own = after.turns?.find(
    turn => turn.by === world.me && turn.to === write.aim.target && turn.id > since,
  )
  // A history read too late, or not at all: only the line tells whose decision it replaced.
  if (after.turns && !own) return { ...still('unknown', 'noLineYet', staleMs), isConfirmed: true }
  const before = own ? own.from : beforeOf(world, write, answers.get(`before${at}`))
  const known = { raw: write.look.raw, target: write.aim.target }
  const code = isOverwritten(known, before) ? ('overwrote' as const) : null
  return {
    answer: outcomeOf(world, decision, { outcome: 'applied', code }, after),
    turn: own?.id ?? null,
  }
}

/** A refusal means that nothing was carried out; of anything else nobody knows. */
function afterFailure(world: World, write: Write, error: BackendError): Outcome | Unsettled {
  const { decision } = write.sending
  const { decisionId } = decision
  const rejected = (code: OutcomeCode): Outcome =>
    outcomeOf(world, decision, { outcome: 'rejected', code }, write.look)
  switch (error.kind) {
    case 'busy':
    case 'unauthorised':
    case 'offline': {
      const againAfterMs = error.retryAfterMs ?? staleMs
      return { decisionId, outcome: 'notSent', code: error.code ?? error.kind, againAfterMs }
    }
    case 'forbidden':
      return rejected('forbidden')
    case 'refused':
      return rejected(error.code === 'notFound' ? 'deleted' : 'invalid')
    case 'ambiguous':
    case 'broken':
      return {
        decisionId,
        outcome: 'unknown',
        code: error.code ?? error.kind,
        againAfterMs: glanceMs,
      }
  }
}

function lookAfter(
  world: World,
  { ref }: Write,
  result: unknown,
  history: CommandAnswer | undefined,
): Here | null {
  const { item, task } = bagOf(result)
  const turns = history?.kind === 'answered' ? turnsIn(history.answer.result) : []
  const look =
    ref.kind === 'item'
      ? isBag(item) && itemHere(world, ref.typeId, item)
      : isBag(task) && taskHere(world, task, turns)
  return look && look.kind === 'here' ? look : null
}

/** Who was responsible for an item when our write came; undefined: that cannot be told. */
function beforeOf(
  world: World,
  { ref }: Write,
  before: CommandAnswer | undefined,
): number | null | undefined {
  if (ref.kind === 'task' || before?.kind !== 'answered') return undefined
  const { item } = bagOf(before.answer.result)
  const look = isBag(item) ? itemHere(world, ref.typeId, item) : null
  return look?.kind === 'here' ? look.raw : undefined
}
