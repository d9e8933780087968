/** Drives a console that will be killed: asks at random, remembers what was answered, asks again what was not. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { ActResult, Calls, Events, OutboxItem } from '../contract.ts'
import { connect } from '../rpc.ts'
import type { Wire } from '../rpc.ts'
import { newActId, newDecisionId } from '../testing/desk-world.ts'
import { hubCase, hubCaseCount, hubPerson, hubRoom, people } from './company.ts'
import type { Acknowledged } from './invariants.ts'

type Verb =
  | 'assign'
  | 'take'
  | 'returnToInbox'
  | 'pass'
  | 'defer'
  | 'undo'
  | 'redo'
  | 'resolveConflict'

/** A question as it was asked, so that it can be asked again as it was. */
export interface Question {
  readonly verb: Verb
  readonly arg: unknown
  readonly orders: readonly Acknowledged[]
}

/** What was told to the window, over all lives of the console. */
export interface Ledger {
  readonly acknowledged: Acknowledged[]
  readonly unanswered: Set<Question>
  readonly faults: string[]
  acts: number
  repeated: number
}

export interface Life {
  readonly child: ChildProcess
  readonly warm: Promise<void>
  /** Opens the files; resolves with how long it took. */
  go(): Promise<number>
  readonly calls: Calls
  ended: Promise<void>
}

export function begin(options: {
  /** `console-program.ts`, bundled. */
  program: string
  folder: string
  url: string
  token: string
  ledger: Ledger
}): Life {
  const { program, folder, url, token, ledger } = options
  const child = fork(program, [folder, url, token], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, '..', 'compiled') },
  })
  const wire: Wire = {
    send: message => void (child.connected && child.send(message as object, () => {})),
    receive: listener => child.on('message', listener),
    closed: listener => child.on('exit', listener),
  }
  const hears = (name: string) =>
    new Promise<number>(resolve => {
      child.on('message', message => {
        const value = (message as Record<string, unknown>)[name]
        if (value !== undefined) resolve(Number(value))
      })
    })
  child.on('message', message => {
    const { fault } = message as { fault?: string }
    if (fault !== undefined) ledger.faults.push(fault)
  })
  const isWarm = hears('isWarm')
  const opened = hears('openedInMs')
  const ended = new Promise<void>(resolve => {
    child.on('exit', () => resolve())
  })
  return {
    child,
    warm: isWarm.then(() => {}),
    go() {
      child.send('go')
      return Promise.race([opened, ended.then(() => Number.NaN)])
    },
    calls: connect<Calls, Events>(wire).calls,
    ended,
  }
}

/** Questions at random: one or many cases, every verb, and what the outbox wants answered. */
export function createAsker(random: () => number) {
  const below = (limit: number) => Math.floor(random() * limit)
  const oneOf = <T>(list: readonly T[], fallback: T): T => list[below(list.length)] ?? fallback
  const orders = (count: number): Acknowledged[] => {
    const first = below(hubCaseCount)
    return Array.from({ length: count }, (_, n) => ({
      decisionId: newDecisionId(),
      caseId: hubCase((first + n * 7) % hubCaseCount),
    }))
  }
  const about = (verb: Verb, more: object, count: number): Question => {
    const made = orders(count)
    return { verb, orders: made, arg: { actId: newActId(), orders: made, ...more } }
  }
  const takingBack = (verb: 'undo' | 'redo'): Question => {
    const decisionIds = Array.from({ length: 60 }, () => newDecisionId())
    return { verb, orders: [], arg: { actId: newActId(), decisionIds } }
  }
  return {
    next(conflicts: readonly OutboxItem[]): Question {
      const [conflict] = conflicts
      if (conflict && random() < 0.3) {
        const { decisionId } = conflict.decision
        const choice = { kind: oneOf(['keepTheirs', 'insist'], 'insist') }
        const arg = { decisionId, actId: newActId(), newDecisionId: newDecisionId(), choice }
        return { verb: 'resolveConflict', orders: [], arg }
      }
      const dice = random()
      const count = random() < 0.1 ? 50 : 1 + below(4)
      const employeeId = hubPerson(oneOf(people, 'anna'))
      if (dice < 0.6) return about('assign', { employeeId, isOverridden: true }, count)
      if (dice < 0.68) return about('returnToInbox', {}, count)
      if (dice < 0.74) return about('take', { isOverridden: true }, 1)
      if (dice < 0.8)
        return about('pass', { departmentId: hubRoom(oneOf(['sales', 'shift'], 'sales')) }, 1)
      if (dice < 0.88)
        return about('defer', { until: oneOf([null, Date.now() + 1e9], null) }, count)
      return takingBack(dice < 0.96 ? 'undo' : 'redo')
    },
  }
}

/** Asks until the console dies or `until` says so; what was answered goes into the ledger at once. */
export async function ask(
  calls: Calls,
  ledger: Ledger,
  next: (conflicts: readonly OutboxItem[]) => Question,
  isOver: () => boolean,
): Promise<void> {
  let conflicts: readonly OutboxItem[] = []
  const once = async (question: Question) => {
    ledger.unanswered.add(question)
    const result = await (calls[question.verb] as (arg: unknown) => Promise<ActResult>)(
      question.arg,
    )
    ledger.unanswered.delete(question)
    ledger.acts += 1
    note(ledger, question, result)
  }
  try {
    // The window asks again what it was not answered, with the same ids.
    for (const question of ledger.unanswered) {
      ledger.repeated += 1
      await once(question)
    }
    for (let asked = 0; !isOver(); asked += 1) {
      if (asked % 20 === 0)
        conflicts = (await calls.outbox({ limit: 200 })).filter(item => item.state === 'conflict')
      const question = next(conflicts)
      if (question.verb === 'resolveConflict') conflicts = conflicts.slice(1)
      await Promise.all([once(question), once(next([]))])
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'closed'))
      ledger.faults.push(String(error))
  }
}

function note(ledger: Ledger, { orders, verb }: Question, { done, refused }: ActResult): void {
  const isDone = new Set(done)
  const isNot = new Set(refused.map(one => one.caseId))
  for (const order of orders) {
    if (isDone.has(order.caseId) && !isNot.has(order.caseId)) ledger.acknowledged.push(order)
    if (!isDone.has(order.caseId) && !isNot.has(order.caseId))
      ledger.faults.push(`${verb}: ${order.caseId} neither done nor refused`)
  }
}
