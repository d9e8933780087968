import { create } from 'zustand'
import type { Arg } from '../../core/contract.ts'
import type { DecisionId } from '../../core/domain/id.ts'
import { core } from '../state/core.ts'
import { mintActId, mintDecisionId } from '../state/mint.ts'
import { say } from '../state/view.ts'
import { failureOf } from '../ui/attempt.ts'
import { words } from '../ui/words.ts'
import { askOutbox } from './outbox.ts'

export type Choice = Arg<'resolveConflict'>['choice']

/** Many conflicts about to be settled at once: until `dueAt` (UTC ms) the head can still stop it. */
export interface Held {
  readonly decisionIds: readonly DecisionId[]
  readonly dueAt: number
}

export interface Resolutions {
  /** Asked for and not answered yet. */
  readonly busy: ReadonlySet<DecisionId>
  /** By cause of the conflict. */
  readonly held: ReadonlyMap<string, Held>
}

export const useResolutions = create<Resolutions>(() => ({ busy: new Set(), held: new Map() }))

const holdMs = 10_000

const mark = (decisionId: DecisionId, isBusy: boolean) =>
  useResolutions.setState(({ busy }) => {
    const next = new Set(busy)
    if (isBusy) next.add(decisionId)
    else next.delete(decisionId)
    return { busy: next }
  })

/** The head's answer to one conflict; ids are minted here, so that asking twice does it once. */
export async function resolve(decisionId: DecisionId, choice: Choice): Promise<void> {
  if (useResolutions.getState().busy.has(decisionId)) return
  mark(decisionId, true)
  const question = { decisionId, actId: mintActId(), newDecisionId: mintDecisionId(), choice }
  await core.resolveConflict(question).then(
    ({ refused }) => refused.length > 0 && say({ kind: 'refused', refused, code: null }),
    (error: unknown) => say({ kind: 'said', text: failureOf(error), isBad: true }),
  )
  mark(decisionId, false)
  askOutbox()
}

const setHeld = (cause: string, held: Held | null) =>
  useResolutions.setState(({ held: all }) => {
    const next = new Map(all)
    if (held) next.set(cause, held)
    else next.delete(cause)
    return { held: next }
  })

/** Keeps theirs for all of these in ten seconds, unless it is stopped before. */
export function holdKeepTheirs(cause: string, decisionIds: readonly DecisionId[]): void {
  const held = { decisionIds, dueAt: Date.now() + holdMs }
  setHeld(cause, held)
  setTimeout(() => {
    if (useResolutions.getState().held.get(cause) === held) void keepHeldNow(cause)
  }, holdMs)
}

export const stopHeld = (cause: string): void => setHeld(cause, null)

export async function keepHeldNow(cause: string): Promise<void> {
  const held = useResolutions.getState().held.get(cause)
  if (!held) return
  setHeld(cause, null)
  for (const decisionId of held.decisionIds) await resolve(decisionId, { kind: 'keepTheirs' })
  say({
    kind: 'said',
    text: words.t('syncView.keptTheirs', { count: held.decisionIds.length }),
    isBad: false,
  })
}
