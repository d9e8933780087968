import type { Actor, Answer, Call, Method } from './call.ts'
import type { LeakyBucket, Limits, OperatingTime } from './limits.ts'
import { methods } from './methods/all.ts'
import type { Quirks } from './quirks.ts'
import { RestError } from './rest-error.ts'
import { isYes, type Params, paramOf, textOf } from './values.ts'
import type { World } from './world.ts'

/** Everything a command needs besides its own parameters. */
export interface Machine {
  readonly world: World
  readonly quirks: Quirks
  readonly limits: Limits
  readonly memberId: string
  readonly bucket: LeakyBucket
  readonly operating: OperatingTime
  /** What goes wrong with a command of a batch. */
  faultOf(method: string, isWrite: boolean): RestError | null
  /** How long ago the state is that a read sees, milliseconds. */
  staleMs(): number
}

export interface Command {
  readonly actor: Actor
  /** Whose operating time it is: a webhook or an application. */
  readonly payer: string
  readonly method: string
  readonly params: Params
  /** The portal's clock; what is not begun by then is not carried out. */
  readonly deadline: number
}

/** The server gave up: an HTML page of 504 instead of an answer (bitrix24.md 2.2, 2.3). */
export class Cut extends Error {}

export interface Done {
  readonly answer: Answer
  readonly time: Record<string, unknown>
}

const never = new AbortController().signal

/** Carries one command out: rights to the method, limits, work, answer. */
export async function execute(machine: Machine, command: Command): Promise<Done> {
  const { world } = machine
  const { time } = world
  const startedAt = time.now()
  const method = allowed(machine, command)
  const key = `${command.payer} ${command.method}`
  const limit = machine.limits.operatingSeconds
  if (limit !== null && machine.operating.stateOf(key, startedAt).seconds > limit)
    throw new RestError(
      429,
      'OPERATION_TIME_LIMIT',
      'Method is blocked due to operation time limit.',
    )
  const cost = machine.limits.costs[command.method] ?? 0
  await work(machine, cost * 1000, command.deadline)
  const answer = answered(machine, command, method)
  machine.operating.book(key, cost, startedAt)
  const { seconds, resetAt } = machine.operating.stateOf(key, time.now())
  const spent = machine.quirks.hasOperating
    ? {
        operating_reset_at: machine.quirks.isResetIso ? time.iso(resetAt * 1000) : resetAt,
        operating: seconds,
      }
    : {}
  return { answer, time: { ...timeOf(machine, command.method, startedAt), ...spent } }
}

async function work(machine: Machine, ms: number, deadline: number): Promise<void> {
  const { time } = machine.world
  const left = deadline - time.now()
  if (ms > 0 && left > 0) await time.clock.sleep(Math.min(ms, left), never)
  if (left <= 0 || ms >= left) throw new Cut()
}

function answered(machine: Machine, command: Command, method: Method): Answer {
  const { world } = machine
  const staleMs = method.isWrite ? 0 : machine.staleMs()
  const call: Call = {
    world,
    quirks: machine.quirks,
    actor: command.actor,
    method: command.method,
    params: command.params,
    readAt: staleMs > 0 ? world.time.now() - staleMs : null,
    memberId: machine.memberId,
  }
  world.connector = textOf(paramOf(command.params, 'auth_connector'))
  try {
    return method.run(call)
  } finally {
    world.connector = ''
  }
}

/** Old names of scopes that open the same methods. */
const wider: Readonly<Record<string, readonly string[]>> = {
  user: ['user', 'user_brief', 'user_basic'],
}

const namesakes = new Map(Object.entries(methods))

export const methodCalled = (name: string): Method | undefined => namesakes.get(name)

function allowed(machine: Machine, { method: name, actor }: Command): Method {
  const method = methodCalled(name)
  if (!method) throw new RestError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!')
  const scopes = [method.scope, ...(wider[method.scope] ?? [])]
  if (method.scope !== '' && actor.scopes !== null && !scopes.some(each => actor.scopes?.has(each)))
    throw new RestError(
      machine.quirks.badCredentialsStatus,
      'insufficient_scope',
      'The request requires higher privileges than provided by the access token',
    )
  if (method.appOnly === undefined || actor.appId !== '') return method
  throw method.appOnly === 'telephony'
    ? new RestError(403, 'WRONG_AUTH_TYPE', 'Current authorization type is denied for this method')
    : new RestError(403, 'ACCESS_DENIED', 'Access denied! Application context required')
}

/** Some modules measure whole seconds only (bitrix24.md 11.9). */
const isCoarse = (method: string): boolean => /^(tasks|im|telephony)\./.test(method)

/** The `time` of an envelope, seconds (bitrix24.md 2.1). */
export function timeOf(
  machine: Machine,
  method: string,
  startedAt: number,
): Record<string, unknown> {
  const { time } = machine.world
  const finishedAt = time.now()
  const seconds = (finishedAt - startedAt) / 1000
  return {
    start: isCoarse(method) ? Math.floor(startedAt / 1000) : startedAt / 1000,
    finish: finishedAt / 1000,
    duration: seconds,
    processing: isCoarse(method) ? 0 : seconds,
    date_start: time.iso(startedAt),
    date_finish: time.iso(finishedAt),
  }
}

export const isHalting = (params: Params): boolean => isYes(paramOf(params, 'halt'))
