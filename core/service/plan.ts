import type { Arg, Me, PlanAnswer } from '../contract.ts'
import type { Case } from '../domain/case.ts'
import type { DropWorld } from '../domain/drop-world.ts'
import type { CaseId, DepartmentId, EmployeeId } from '../domain/id.ts'
import { peopleOf, subtreeOf } from '../domain/org-index.ts'
import { candidatesOf, personNow } from '../domain/person-now.ts'
import { planOf, pointsGivenSince } from '../domain/plan.ts'
import { dayNumberAt, instantOf } from '../domain/zone.ts'
import { CallError } from '../rpc.ts'
import { openCasesOf, readCases } from '../store/cases.ts'
import { type PlanDraft, readNamed, writeNamed } from '../store/preferences.ts'
import type { Desk } from './desk.ts'
import { worldFor } from './moment.ts'

/** Writes the draft down and plans it. */
export function proposePlan(
  desk: Desk,
  { caseIds, kept, departmentId }: Arg<'proposePlan'>,
): PlanAnswer {
  const me = desk.me()
  if (!me) throw new CallError({ code: 'badArgument', message: 'nobody is known to plan for' })
  const cases = casesToGive(desk, caseIds)
  const world = worldOf(desk, me, cases)
  const draft: PlanDraft = {
    caseIds: cases.map(theCase => theCase.caseId),
    kept,
    ...(departmentId === undefined ? {} : { departmentId }),
    draftedAt: desk.now(),
    away: awayIn(world),
  }
  writeDraft(desk, draft)
  return answerTo(desk, draft, cases, world)
}

/** The draft planned for this moment; it stays as it was written. */
export function openPlan(desk: Desk): PlanAnswer | null {
  const draft = readNamed(desk.store, 'planDraft')
  const me = desk.me()
  if (!draft || !me) return null
  const cases = casesToGive(desk, draft.caseIds)
  return cases.length > 0 ? answerTo(desk, draft, cases, worldOf(desk, me, cases)) : null
}

export function dropPlan(desk: Desk): null {
  writeDraft(desk, null)
  return null
}

/**
 * The draft has been carried out: what was asked for and refused stays in it, the rest is done with.
 * A draft that has none of the asked cases is another one and stays as it is.
 */
export function keepRefused(
  desk: Desk,
  asked: readonly CaseId[],
  refused: ReadonlySet<CaseId>,
): void {
  const draft = readNamed(desk.store, 'planDraft')
  const isAsked = new Set(asked)
  if (!draft?.caseIds.some(caseId => isAsked.has(caseId))) return
  const rest = draft.caseIds.filter(caseId => refused.has(caseId))
  const kept = draft.kept.filter(({ caseId }) => refused.has(caseId))
  const isAnyLeft = casesToGive(desk, rest).length > 0
  writeDraft(desk, isAnyLeft ? { ...draft, caseIds: rest, kept } : null)
}

const writeDraft = ({ store }: Desk, draft: PlanDraft | null): void =>
  store.transact(() => writeNamed(store, 'planDraft', draft))

/** Those that are still unassigned and waiting to be given out. */
function casesToGive({ store }: Desk, caseIds: readonly CaseId[]): readonly Case[] {
  const now = store.now()
  return readCases(store, [...new Set(caseIds)]).filter(
    ({ responsibleId, status, deferredUntil }) =>
      responsibleId === null &&
      status !== 'closed' &&
      (deferredUntil === null || deferredUntil <= now),
  )
}

function worldOf(desk: Desk, me: Me, cases: readonly Case[]): DropWorld {
  const clientIds = [...new Set(cases.flatMap(({ clientId }) => clientId ?? []))]
  const people = candidatesOf(worldFor(desk, me)).map(one => one.employeeId)
  return worldFor(desk, me, { employeeIds: people, clientIds })
}

/** Everybody but the head, who takes work by another key; of a department, those in it and below. */
function receiversOf(world: DropWorld, departmentId: DepartmentId | null): readonly EmployeeId[] {
  const { index, me } = world
  const within = departmentId && peopleOf(index, subtreeOf(index, [departmentId]))
  return candidatesOf(world)
    .map(({ employeeId }) => employeeId)
    .filter(employeeId => employeeId !== me && (!within || within.has(employeeId)))
}

const awayIn = (world: DropWorld): readonly EmployeeId[] =>
  candidatesOf(world).flatMap(one =>
    personNow(one, world).away || one.isDismissed ? one.employeeId : [],
  )

function answerTo(
  desk: Desk,
  draft: PlanDraft,
  cases: readonly Case[],
  world: DropWorld,
): PlanAnswer {
  const { departmentId = null } = draft
  const candidates = receiversOf(world, departmentId)
  const today = instantOf(world.zone, dayNumberAt(world.zone, world.now), 0)
  const held = openCasesOf(desk.store, candidates)
  const { rows, left } = planOf(cases, world, {
    kept: new Map(draft.kept.map(({ caseId, employeeId }) => [caseId, employeeId])),
    candidates,
    pointsToday: pointsGivenSince(held, today, world),
  })
  const [before, now] = [new Set(draft.away), new Set(awayIn(world))]
  return {
    departmentId,
    caseIds: cases.map(({ caseId }) => caseId),
    rows,
    left,
    draftedAt: draft.draftedAt,
    moved: {
      given: draft.caseIds.length - cases.length,
      total: draft.caseIds.length,
      away: [...now].filter(id => !before.has(id)),
      back: [...before].filter(id => !now.has(id)),
    },
  }
}
