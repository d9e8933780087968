import { create } from 'zustand'
import type { PlanAnswer } from '../../core/contract.ts'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId, DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { loadAfter } from '../../core/domain/load.ts'
import { givePlanned, passTo } from './acts.ts'
import { core } from './core.ts'
import { canDrop, dropOn } from './drops.ts'
import { useReplica } from './replica.ts'
import { reportProblem } from './report.ts'
import { casesOf, currentInbox, currentWorld } from './select.ts'
import { say, show, useView } from './view.ts'
import { remembering, type World } from './world.ts'

type Kept = ReadonlyMap<CaseId, EmployeeId | null>

/** The draft as the core last planned it. */
interface PlanState {
  readonly answer: PlanAnswer | null
  /** What the head chose, those choices among it that the core has not answered yet. */
  readonly kept: Kept
  readonly isAsking: boolean
  /** Asked at least once since this space was opened. */
  readonly isKnown: boolean
}

const nothing: PlanState = { answer: null, kept: new Map(), isAsking: false, isKnown: false }

export const usePlan = create<PlanState>(() => nothing)

useReplica.subscribe((now, before) => {
  if (now.space?.workspaceId !== before.space?.workspaceId) usePlan.setState(nothing)
})

let asked = 0

/** Only the answer to the last question counts. */
async function ask(question: () => Promise<PlanAnswer | null>): Promise<void> {
  const turn = (asked += 1)
  try {
    const answer = await question()
    if (turn === asked)
      usePlan.setState({ answer, kept: keptOf(answer), isAsking: false, isKnown: true })
  } catch (error) {
    reportProblem(`plan: ${String(error)}`)
    say({ kind: 'broken' })
    if (turn === asked) usePlan.setState({ isAsking: false, isKnown: true })
  }
}

const keptOf = (answer: PlanAnswer | null): Kept =>
  new Map(answer?.rows.flatMap(row => (row.isKept ? [[row.caseId, row.employeeId] as const] : [])))

function propose(
  caseIds: readonly CaseId[],
  kept: Kept,
  departmentId = usePlan.getState().answer?.departmentId ?? null,
): Promise<void> {
  const wanted = new Set(caseIds)
  const rows = [...kept]
    .filter(([caseId]) => wanted.has(caseId))
    .map(([caseId, employeeId]) => ({ caseId, employeeId }))
  usePlan.setState({ kept, isAsking: true })
  return ask(() =>
    core.proposePlan({
      caseIds: [...caseIds],
      kept: rows,
      ...(departmentId === null ? {} : { departmentId }),
    }),
  )
}

/** More than one act can give out is not planned at once. */
const mostCases = 10_000

/** P: plans the selected cases, else all of «Начало»; choices made in the draft before stay. */
export async function beginPlan(): Promise<void> {
  const { selection } = useView.getState()
  const caseIds = selection.size > 0 ? [...selection] : currentInbox().map(one => one.caseId)
  show('plan')
  if (caseIds.length === 0) return
  usePlan.setState({ isAsking: true })
  if (!usePlan.getState().isKnown) await ask(() => core.openPlan({}))
  await propose(caseIds.slice(0, mostCases), usePlan.getState().kept, null)
}

/** Several cases let go on a department of mine: how they could be split among its people. */
export function beginSplit(caseIds: readonly CaseId[], departmentId: DepartmentId): void {
  show('plan')
  void propose(caseIds.slice(0, mostCases), new Map(), departmentId)
}

/** The same cases among everybody after all. */
export function splitAmongAll(): void {
  const { answer, kept } = usePlan.getState()
  if (answer) void propose(answer.caseIds, kept, null)
}

/** Or all of them to the head of the department, as one case goes. */
export function passSplit(): void {
  const { answer } = usePlan.getState()
  if (!answer?.departmentId) return
  passTo(answer.caseIds, answer.departmentId)
  void dropPlan()
}

/** The draft as it is at this moment. */
export const refreshPlan = (): void => void ask(() => core.openPlan({}))

/** The head has read what moved: from now on the world is compared with this moment. */
export function acceptMoves(): void {
  const { answer, kept } = usePlan.getState()
  if (answer) void propose(answer.caseIds, kept)
}

/** The head gives these cases to somebody (null: to nobody) and the rest is planned anew. */
export function keep(caseIds: readonly CaseId[], employeeId: EmployeeId | null): void {
  const { answer, kept: before } = usePlan.getState()
  if (!answer) return
  const kept = new Map(before)
  for (const caseId of caseIds) kept.set(caseId, employeeId)
  void propose(answer.caseIds, kept)
}

export function release(caseIds: readonly CaseId[]): void {
  const { answer, kept: before } = usePlan.getState()
  if (!answer) return
  const kept = new Map(before)
  for (const caseId of caseIds) kept.delete(caseId)
  void propose(answer.caseIds, kept)
}

/** Keeps the cases with a drop target, or says why not. */
export function keepOn(caseIds: readonly CaseId[], target: string, isForced: boolean): boolean {
  const world = currentWorld()
  const cases = casesOf(useReplica.getState().cases, caseIds)
  const planned = world && plannedWorld(world, usePlan.getState().answer, caseIds)
  const drop = planned && dropOn(planned, cases, target)
  if (drop?.kind !== 'person') return false
  if (canDrop(drop, cases.length, isForced)) {
    keep(caseIds, drop.employee.employeeId)
    return true
  }
  const { employee, verdict, reasons } = drop
  const told = verdict === 'ok' ? 'warn' : verdict
  say({ kind: 'warned', name: employee.name, verdict: told, digit: null, reasons })
  return false
}

export async function dropPlan(): Promise<void> {
  await ask(async () => core.dropPlan({}))
  show('inbox')
}

/** Carries out what is planned; what the head chose goes over its warnings. */
export async function applyPlan(): Promise<void> {
  const { answer } = usePlan.getState()
  const orders = answer?.rows.flatMap(({ caseId, employeeId, isKept }) =>
    employeeId === null ? [] : { caseId, employeeId, isOverridden: isKept },
  )
  if (!orders || orders.length === 0) return
  usePlan.setState({ isAsking: true })
  await givePlanned(orders)
  await ask(() => core.openPlan({}))
  if (usePlan.getState().answer === null) show('inbox')
}

const patienceMs = 400
let waiting: ReturnType<typeof setTimeout> | undefined

/** While the plan is looked at it follows the world. */
export function followWorld(): () => void {
  const stop = useReplica.subscribe((now, before) => {
    if (now.cases === before.cases && now.org === before.org && now.kinds === before.kinds) return
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      if (!usePlan.getState().isAsking) refreshPlan()
    }, patienceMs)
  })
  return () => {
    stop()
    clearTimeout(waiting)
  }
}

/** Cases of the plan by the person they go to. */
export function sharesOf(
  answer: PlanAnswer,
  cases: ReadonlyMap<CaseId, Case>,
): ReadonlyMap<EmployeeId, readonly Case[]> {
  const shares = new Map<EmployeeId, Case[]>()
  for (const { caseId, employeeId } of answer.rows) {
    const theCase = cases.get(caseId)
    if (employeeId === null || !theCase) continue
    const own = shares.get(employeeId)
    if (own) own.push(theCase)
    else shares.set(employeeId, [theCase])
  }
  return shares
}

const worldAfter = remembering(
  (world: World, answer: PlanAnswer | null, without: string): World => {
    if (!answer) return world
    const loads = new Map(world.loads)
    const excluded = new Set(without.split('\n'))
    for (const [employeeId, given] of sharesOf(answer, useReplica.getState().cases)) {
      const load = loads.get(employeeId)
      const others = given.filter(({ caseId }) => !excluded.has(caseId))
      if (load) loads.set(employeeId, { ...load, ...loadAfter(load, others, world.drop) })
    }
    const { now, index, inbox, freeAt } = world
    return { now, index, inbox, freeAt, loads, drop: { ...world.drop, loads } }
  },
)

/** The world when the plan is carried out but for these cases. */
export const plannedWorld = (
  world: World,
  answer: PlanAnswer | null,
  without: readonly CaseId[] = [],
): World => worldAfter(world, answer, without.join('\n'))
