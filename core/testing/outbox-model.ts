/** The rules of the outbox once more over plain lists: nothing is stored, all is folded each time. */
import type { Case } from '../domain/case.ts'
import type { Decision, DecisionState } from '../domain/decision.ts'
import { foldCase } from '../store/fold.ts'
import type { WholeCase } from '../store/records.ts'
import { aWholeCase, caseIdOf } from './store-world.ts'

export const names = ['1', '2', '3']

/** What a decision came to, as the model sees it. */
export interface Made {
  readonly decision: Decision
  readonly dependsOn: readonly Made[]
  state: DecisionState
  /** The backend's version that shows it; null until it is applied. */
  version: number | null
}

export class Model {
  readonly theirs = new Map<string, WholeCase>()
  readonly ours = new Map<string, WholeCase>()
  readonly made: Made[] = []
  version = 1

  constructor() {
    for (const name of names) {
      this.theirs.set(name, aWholeCase(name))
      this.ours.set(name, aWholeCase(name))
    }
  }

  of(name: string): Made[] {
    return this.made.filter(({ decision }) => decision.caseId === caseIdOf(name))
  }

  isLifted({ state, dependsOn }: Made): boolean {
    if (state === 'conflict' || state === 'applied') return state === 'conflict'
    return dependsOn.some(one => one.state === 'rejected' || this.isLifted(one))
  }

  standing(name: string): Made[] {
    const version = this.ours.get(name)?.version ?? 0
    return this.of(name).filter(
      one =>
        !this.isLifted(one) &&
        (isOpen(one) || (one.state === 'applied' && (one.version ?? 0) > version)),
    )
  }

  effective(name: string): Case | null {
    const base = this.ours.get(name)
    if (!base) return null
    const { text: _text, phones: _phones, emails: _emails, ...theCase } = base
    return foldCase(
      theCase,
      this.standing(name).map(({ decision }) => decision),
    )
  }

  /** The backend changes a case by itself, or carries out a decision. */
  change(name: string, over: Partial<WholeCase>): WholeCase {
    this.version += 1
    const changed = {
      ...(this.theirs.get(name) ?? aWholeCase(name)),
      ...over,
      version: this.version,
    }
    this.theirs.set(name, changed)
    return changed
  }
}

export const isOpen = ({ state }: Made) =>
  state === 'queued' || state === 'sending' || state === 'unknown'

/** As `recordAct` does with one decision. */
export function modelDecide(model: Model, decision: Decision, name: string): void {
  const share = (one: Made) => Object.keys(one.decision.want).some(key => key in decision.want)
  for (const one of model.of(name).filter(other => other.state === 'conflict' && share(other)))
    supersede(model, one, name, 'superseded')
  const unsent = model.standing(name).filter(isOpen)
  const dependsOn = Object.keys(decision.want).flatMap(key => {
    const last = unsent.findLast(one => key in one.decision.want)
    return last ? [last] : []
  })
  model.made.push({ decision, dependsOn, state: 'queued', version: null })
}

/** Ends a decision and what was decided on top of it. */
export function supersede(
  model: Model,
  first: Made,
  name: string,
  state: 'superseded' | 'cancelled',
): void {
  const ends = new Set([first])
  for (const one of model.of(name))
    if (one.state === 'queued' && one.dependsOn.some(other => ends.has(other))) ends.add(one)
  for (const one of ends) one.state = state
}
