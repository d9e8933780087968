import type { CaseId, DecisionId } from '../../domain/id.ts'
import type { KeepWitnesses, Outcome, Sending, Unsettled } from '../backend.ts'
import { BackendError } from '../errors.ts'
import { settledBy } from './answers.ts'
import type { BitrixClient, Clock } from './client.ts'
import { outcomeOf } from './judge.ts'
import type { Here } from './judge.ts'
import { lookAt, looksAtOnce } from './look.ts'
import type { Look } from './look.ts'
import { refOf } from './ref.ts'
import type { Ref } from './ref.ts'
import { stepFor } from './step.ts'
import { withTaken } from './taken.ts'
import type { Taken } from './taken.ts'
import { createTraces, glanceMs, isSeenTwice, staleMs, usualManners } from './trace.ts'
import type { Manners } from './trace.ts'
import type { World } from './world.ts'
import { commandsFor, witnessOf } from './write.ts'
import type { Write } from './write.ts'

type Answered = Outcome | Unsettled

const mostWrites = 10
/** Batches on their way together: they are about different cases, and a portal works on both. */
const atOnce = 2
/** What one batch of writes may cost the portal (sync.md, at the top). */
const plannedMs = 20_000
/** Work of one method within ten minutes, and how much longer more than that takes. */
const windowMs = 480_000
const spread = 1.3
const samples = 6

export interface CarrierOptions {
  readonly client: BitrixClient
  readonly clock: Clock
  readonly taken: Taken
  readonly manners?: Manners
}

/** Carries decisions to a portal: looks, decides, keeps a witness, writes, and reads the answer. */
export function createCarrier({ client, clock, taken, manners = usualManners }: CarrierOptions) {
  const traces = createTraces()
  const lastTurns = new Map<number, number>()
  const lastMarks = new Map<CaseId, DecisionId>()
  const startedAt = clock.elapsed()
  /** The time of one write as it was lately, waiting for the portal's limits in it. */
  let writeMs = plannedMs / mostWrites
  /** Of the last batches, ms for each write; the least of them has not waited. */
  const spent: number[] = []

  const carry = async (
    world: World,
    sendings: readonly Sending[],
    keep: KeepWitnesses,
    signal: AbortSignal,
  ): Promise<readonly Answered[]> => {
    const answered = new Map<DecisionId, Answered>()
    const known = sendings.flatMap(sending => {
      const ref = refOf(sending.decision.caseId)
      if (ref) return { sending, ref }
      answered.set(sending.decision.decisionId, never(world, sending))
      return []
    })
    const writes: Write[] = []
    for (const some of slices(known, looksAtOnce)) {
      const refs = some.map(({ ref }) => ref)
      const looks = await lookAt(client, world, refs, signal)
      for (const [at, { sending, ref }] of some.entries()) {
        const step = decide(world, sending, ref, looks[at] ?? { kind: 'gone' })
        if ('aim' in step) writes.push(step)
        else answered.set(sending.decision.decisionId, step)
      }
    }
    await writeAll(world, writes, { keep, signal, answered })
    for (const [id, answer] of answered) if ('current' in answer) traces.end(id)
    return sendings.flatMap(({ decision }) => answered.get(decision.decisionId) ?? [])
  }

  const decide = (
    world: World,
    sending: Sending,
    ref: Ref,
    look: Look | BackendError,
  ): Write | Answered => {
    const { decisionId } = sending.decision
    if (look instanceof BackendError) return notSent(sending, look)
    const elapsed = clock.elapsed()
    const step = stepFor(world, sending, look, { trace: traces.of(decisionId), elapsed, manners })
    if (step.kind === 'answer') {
      noteTurn(ref, step.turn ?? null)
      noteMark(sending, step.answer)
      return withTaken(world, sending.decision, step.answer, taken)
    }
    // A history read too late could show an older line of ours as the effect of a new write.
    const readyIn = startedAt + staleMs - elapsed
    if (ref.kind === 'task' && readyIn > 0)
      return { decisionId, outcome: 'notSent', code: 'justStarted', againAfterMs: readyIn }
    const { aim, look: here } = step
    const seen = Math.max(here.turns?.at(-1)?.id ?? 0, lastTurns.get(ref.id) ?? 0)
    const lastTurn = ref.kind === 'task' ? seen : null
    return { sending, ref, aim, look: here, lastTurn, newest: newestMarks(sending, here) }
  }

  type Way = { keep: KeepWitnesses; signal: AbortSignal; answered: Map<DecisionId, Answered> }

  const writeAll = async (world: World, writes: readonly Write[], way: Way): Promise<void> => {
    const left = [...writes]
    while (left.length > 0) {
      const count = Math.max(1, Math.min(mostWrites, Math.floor(plannedMs / writeMs)))
      const batches = Array.from({ length: atOnce }, () => left.splice(0, count))
      const failures = await Promise.all(
        batches.filter(some => some.length > 0).map(some => writeSome(world, some, way)),
      )
      const failure = failures.find(one => one !== null)
      if (!failure) continue
      for (const { sending } of left)
        way.answered.set(sending.decision.decisionId, notSent(sending, failure))
      return
    }
  }

  /** Returns what keeps the rest from being sent now. */
  const writeSome = async (
    world: World,
    writes: readonly Write[],
    { keep, signal, answered }: Way,
  ): Promise<BackendError | null> => {
    keep(new Map(writes.map(write => [write.sending.decision.decisionId, witnessOf(world, write)])))
    const begunAt = clock.elapsed()
    try {
      const commands = writes.flatMap((write, at) => commandsFor(world, write, at))
      const answers = await client.batch(commands, { signal, isWrite: true, isHalting: true })
      const spentMs = (clock.elapsed() - begunAt) / writes.length
      writeMs = Math.max(1, 0.5 * writeMs + 0.5 * spentMs)
      spent.push(spentMs)
      if (spent.length > samples) spent.shift()
      for (const [at, write] of writes.entries()) {
        const { decision } = write.sending
        const { answer: first, turn, isConfirmed } = settledBy(world, write, answers, at)
        const answer = believed(first)
        noteTurn(write.ref, turn)
        noteMark(write.sending, answer)
        note(write.sending, answer, isConfirmed)
        answered.set(decision.decisionId, withTaken(world, decision, answer, taken))
      }
      return null
    } catch (error) {
      if (!(error instanceof BackendError)) throw error
      const isUnknown = error.kind === 'ambiguous' || error.kind === 'broken'
      for (const { sending } of writes) {
        const answer = isUnknown ? unknown(sending, error) : notSent(sending, error)
        note(sending, answer)
        answered.set(sending.decision.decisionId, answer)
      }
      return error
    }
  }

  /** What we wrote may have been refused because our look was late. */
  const believed = (answer: Answered): Answered => {
    const { decisionId, outcome, code } = answer
    if (outcome !== 'rejected') return answer
    const when = { elapsed: clock.elapsed(), staleMs: manners.staleMs }
    return isSeenTwice(traces.of(decisionId), `refused ${code}`, when)
      ? answer
      : { decisionId, outcome: 'notSent', code: 'lookAgain', againAfterMs: manners.staleMs }
  }

  /** The quarantine begins with the silence. */
  const note = ({ decision }: Sending, answer: Answered, isConfirmed = false): void => {
    const trace = traces.of(decision.decisionId)
    trace.confirmedAt = isConfirmed ? clock.elapsed() : null
    trace.misses = 0
    trace.doubtfulSince = answer.outcome === 'unknown' ? clock.elapsed() : null
  }

  const noteTurn = (ref: Ref, turn: number | null): void => {
    if (ref.kind === 'task' && turn !== null)
      lastTurns.set(ref.id, Math.max(turn, lastTurns.get(ref.id) ?? 0))
  }

  const noteMark = ({ decision }: Sending, { outcome }: Answered): void => {
    if (outcome === 'applied') lastMarks.set(decision.caseId, decision.decisionId)
  }

  /** A look that was late does not show our own last mark, and another console may have covered it. */
  const newestMarks = ({ decision }: Sending, { marker }: Here): readonly string[] => {
    const own = lastMarks.get(decision.caseId)
    const shown = marker?.done[0] ?? ''
    return own === undefined || marker?.done.includes(own) ? [shown] : [shown, own]
  }

  /**
   * A method may work 480 of 600 seconds (bitrix24.md 2.3), and near the end its calls are spread;
   * what takes less than one such window is not held up.
   */
  const leastMs = (waiting: number): number | null => {
    if (spent.length === 0) return null
    const workMs = waiting * Math.min(...spent)
    return workMs <= windowMs ? workMs / atOnce : workMs * spread
  }

  return { carry, leastMs }
}

/** A case of another kind of backend. */
const never = (world: World, { decision }: Sending): Outcome =>
  outcomeOf(world, decision, { outcome: 'rejected', code: 'invalid' }, { kind: 'gone' })

const unknown = ({ decision: { decisionId } }: Sending, error: BackendError): Unsettled => ({
  decisionId,
  outcome: 'unknown',
  code: error.code ?? error.kind,
  againAfterMs: glanceMs,
})

const notSent = ({ decision: { decisionId } }: Sending, error: BackendError): Unsettled => ({
  decisionId,
  outcome: 'notSent',
  code: error.code ?? error.kind,
  againAfterMs: error.retryAfterMs ?? staleMs,
})

function slices<T>(all: readonly T[], size: number): (readonly T[])[] {
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_unused, at) => all.slice(at * size, (at + 1) * size))
}
