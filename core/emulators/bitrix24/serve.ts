import type { Access } from './access.ts'
import { runBatch } from './batch.ts'
import { Cut, type Command, execute, type Machine, methodCalled, timeOf } from './execute.ts'
import { gatewayPage, json, refusal, type Reply } from './reply.ts'
import { type Incoming, methodName, paramsOf, type Route } from './request.ts'
import { RestError } from './rest-error.ts'
import { type Params, paramOf, recordOf, textOf } from './values.ts'

export type RestRoute = Extract<Route, { kind: 'webhook' | 'app' }>

/** Answers one request of the REST interface, limits included. */
export async function serveRest(
  machine: Machine,
  access: Access,
  route: RestRoute,
  incoming: Incoming,
): Promise<Reply> {
  const startedAt = machine.world.time.now()
  const { rate } = machine.limits
  try {
    if (rate !== null && !machine.bucket.pour(rate, startedAt))
      throw new RestError(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests')
    const params = paramsOf(incoming)
    const { actor, payer } = access.callerOf(route, params)
    const deadline = startedAt + machine.limits.requestMs
    const command = { actor, payer, method: route.method, params, deadline }
    return await answered(machine, command, startedAt)
  } catch (error) {
    if (error instanceof RestError) return refusal(error.status, error.code, error.message)
    if (error instanceof Cut) return gatewayPage(504)
    throw error
  }
}

/** A batch is one request whatever is in it, and succeeds whatever failed in it (bitrix24.md 2.4). */
async function answered(machine: Machine, command: Command, startedAt: number): Promise<Reply> {
  if (command.method === 'batch') {
    const result = await runBatch(machine, command)
    return json(200, { result, time: timeOf(machine, 'batch', startedAt) })
  }
  const { answer, time } = await execute(machine, command)
  const { result, next, total } = answer
  return json(200, { result: result ?? null, next, total, time })
}

/** Does the request write, alone or in one of its commands? */
export function isWriting(method: string, params: Params): boolean {
  if (method !== 'batch') return methodCalled(method)?.isWrite === true
  return Object.values(recordOf(paramOf(params, 'cmd'))).some(
    written => methodCalled(methodName(textOf(written).split('?')[0]))?.isWrite === true,
  )
}
