/** The other side in memory, with the hub's promises. */
import type { Outcome, Page } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import { untilChange } from '../domain/case.ts'
import type { Case, CaseText } from '../domain/case.ts'
import { checkEdit } from '../domain/check-org-edit.ts'
import type { Decision, Fields } from '../domain/decision.ts'
import type { CaseId, DecisionId, EditId, EmployeeId } from '../domain/id.ts'
import {
  applyEdit,
  differingFields,
  type EditOutcome,
  type OrgEdit,
  recordFields,
} from '../domain/org-edit.ts'
import type { Org } from '../domain/org.ts'

export type WholeCase = Case & Omit<CaseText, 'caseId'>

/** One effect on a case: what an exactly-once check counts. */
export interface Effect {
  readonly decisionId: DecisionId
  readonly caseId: CaseId
}

export class ModelWorld {
  readonly effects: Effect[] = []
  /** Decisions of each push that arrived, in order. */
  readonly arrived: (readonly DecisionId[])[] = []
  /** Decisions this side refuses to read, with all that came along. */
  readonly poison = new Set<DecisionId>()
  readonly listeners = new Set<() => void>()
  epoch = 'first'
  /** Pulls answer «begin again» this many times. */
  restarts = 0
  pageSize = 50
  /** Each edit that took effect, in order. */
  readonly edited: EditId[] = []
  #org: Org
  readonly #cases: Map<CaseId, WholeCase>
  /** Case ids in the order of their changes. */
  readonly #log: CaseId[]
  readonly #outcomes = new Map<DecisionId, { content: string; outcome: Outcome }>()
  readonly #editOutcomes = new Map<EditId, EditOutcome>()
  readonly #dismissed = new Set<EmployeeId>()

  constructor(org: Org, cases: readonly WholeCase[]) {
    this.#org = org
    this.#cases = new Map(cases.map(one => [one.caseId, one]))
    this.#log = cases.map(one => one.caseId)
  }

  caseOf = (caseId: CaseId): WholeCase | undefined => this.#cases.get(caseId)
  all = (): Iterable<WholeCase> => this.#cases.values()

  /** Somebody else changes, adds or removes cases; listeners hear it. */
  change = (theCase: WholeCase): void => {
    this.#cases.set(theCase.caseId, theCase)
    this.#touched(theCase.caseId)
  }
  remove = (caseId: CaseId): void => {
    this.#cases.delete(caseId)
    this.#touched(caseId)
  }
  dismiss = (employeeId: EmployeeId): void => void this.#dismissed.add(employeeId)
  employ = (employeeId: EmployeeId): void => void this.#dismissed.delete(employeeId)
  /** What was answered, or would have been, by decision. */
  outcomes = (): ReadonlyMap<DecisionId, { readonly outcome: Outcome }> => this.#outcomes

  /** Cases in known outcomes are told as they are now. */
  refreshOutcomes = (): void => {
    for (const known of this.#outcomes.values()) {
      const caseId = known.outcome.current?.caseId
      const current = (caseId && this.#cases.get(caseId)) ?? null
      known.outcome = { ...known.outcome, current }
    }
  }

  decide(decisions: readonly Decision[], now: number): readonly Outcome[] {
    this.arrived.push(decisions.map(one => one.decisionId))
    if (decisions.some(one => this.poison.has(one.decisionId) || this.#isOther(one)))
      throw new BackendError('refused', 'other content', { code: 'otherContent' })
    return decisions.map(decision => {
      const known = this.#outcomes.get(decision.decisionId)?.outcome
      const outcome = known ?? this.#outcomeOf(decision, now)
      this.#outcomes.set(decision.decisionId, { content: JSON.stringify(decision), outcome })
      return outcome
    })
  }

  get org(): Org {
    return this.#org
  }
  /** An admin edits the organisation, once for each id. */
  editOrg(edit: OrgEdit): EditOutcome {
    const known = this.#editOutcomes.get(edit.editId)
    const outcome = known ?? this.#editOutcomeOf(edit)
    this.#editOutcomes.set(edit.editId, outcome)
    return outcome
  }

  pageAfter(cursor: string | null, now: number): Page {
    const mustRestart = cursor !== null && this.restarts > 0
    if (mustRestart) this.restarts -= 1
    const from = cursor === null ? 0 : Number(cursor)
    const until = mustRestart ? from : Math.min(this.#log.length, from + this.pageSize)
    const ids = [...new Set(this.#log.slice(from, until))]
    const gone = ids.filter(id => !this.#cases.has(id))
    return {
      ...(cursor === null || this.edited.length > 0 ? this.#org : noOrg),
      cases: ids.flatMap(id => this.#cases.get(id) ?? []),
      kinds: [],
      clients: [],
      history: [],
      gone: gone.map(id => ({ entity: 'case' as const, id, reason: 'deleted' })),
      nextCursor: String(until),
      isUpToDate: !mustRestart && until === this.#log.length,
      remaining: this.#log.length - until,
      epoch: this.epoch,
      mustRestart,
      now,
    }
  }

  #isOther(decision: Decision): boolean {
    const known = this.#outcomes.get(decision.decisionId)
    return known !== undefined && known.content !== JSON.stringify(decision)
  }

  #outcomeOf(decision: Decision, now: number): Outcome {
    const { decisionId, caseId, want } = decision
    const [outcome, code] = this.#verdictOf(decision)
    const theCase = this.#cases.get(caseId)
    if (outcome === 'applied' && theCase) {
      this.effects.push({ decisionId, caseId })
      this.change({ ...withFields(theCase, want), version: theCase.version + 1, updatedAt: now })
    }
    const current = this.#cases.get(caseId) ?? null
    return { decisionId, outcome, code, current, changedBy: null, changedAt: null }
  }

  #verdictOf({ caseId, want, base }: Decision): [Outcome['outcome'], Outcome['code']] {
    const theCase = this.#cases.get(caseId)
    if (!theCase) return ['rejected', 'deleted']
    if (has(theCase, want)) return ['alreadySo', null]
    if (theCase.status === 'closed' && (want.status ?? 'closed') === 'closed')
      return ['rejected', 'closed']
    if (want.responsible && this.#dismissed.has(want.responsible))
      return ['conflict', 'employeeDismissed']
    return has(theCase, base) ? ['applied', null] : ['conflict', 'changed']
  }

  #editOutcomeOf(edit: OrgEdit): EditOutcome {
    const { editId } = edit
    const common = { editId, changedBy: null, changedAt: null }
    const now = recordFields(this.#org, edit)
    if (now && edit.kind !== 'add' && differingFields(edit.base, now).length > 0)
      return { ...common, outcome: 'conflict', reasons: [], theirs: now }
    const reasons = checkEdit(this.#org, edit)
    if (reasons.length > 0) return { ...common, outcome: 'rejected', reasons, theirs: now }
    this.#org = applyEdit(this.#org, edit)
    this.edited.push(editId)
    for (const listener of this.listeners) listener()
    return { ...common, outcome: 'applied', reasons, theirs: recordFields(this.#org, edit) }
  }

  #touched(caseId: CaseId): void {
    this.#log.push(caseId)
    for (const listener of this.listeners) listener()
  }
}

const noOrg: Org = { departments: [], posts: [], employees: [], absences: [], substitutions: [] }

const has = (
  theCase: Case,
  { responsible, department, deferredUntil, status, statusName }: Fields,
): boolean =>
  (responsible === undefined || theCase.responsibleId === responsible) &&
  (department === undefined || theCase.departmentId === department) &&
  (deferredUntil === undefined || theCase.deferredUntil === deferredUntil) &&
  (status === undefined || theCase.status === status) &&
  (statusName === undefined || theCase.statusName === statusName)

function withFields(theCase: WholeCase, fields: Fields): WholeCase {
  const { responsible = theCase.responsibleId, department = theCase.departmentId } = fields
  const kept = theCase.deferredUntil === untilChange ? null : theCase.deferredUntil
  const { deferredUntil = kept, status = theCase.status, statusName = theCase.statusName } = fields
  return {
    ...theCase,
    responsibleId: responsible,
    departmentId: department,
    deferredUntil,
    status,
    statusName,
  }
}
