import { type Command, execute, isHalting, type Machine, methodCalled } from './execute.ts'
import { parsePhpQuery, phpArray, walk } from './php.ts'
import { methodName } from './request.ts'
import { RestError } from './rest-error.ts'
import { isRecord, type Params, paramOf, recordOf, textOf } from './values.ts'

const longest = 50

interface Outcome {
  readonly key: string
  readonly result?: unknown
  readonly error?: { readonly error: string; readonly error_description: string }
  readonly total?: number | undefined
  readonly next?: number | undefined
  readonly time?: unknown
}

/** `batch`: up to fifty commands in order, each of which may refer to answers before it (2.4). */
export async function runBatch(machine: Machine, command: Command): Promise<unknown> {
  const commands = Object.entries(recordOf(paramOf(command.params, 'cmd')))
  const isHalted = isHalting(command.params)
  const outcomes: Outcome[] = []
  for (const [index, [key, written]] of commands.entries()) {
    const outcome = await runOne(machine, command, { index, key, written, outcomes })
    outcomes.push(outcome)
    if (outcome.error && isHalted) break
  }
  return {
    result: mapOf(machine, outcomes, 'result'),
    result_error: mapOf(machine, outcomes, 'error'),
    result_total: mapOf(machine, outcomes, 'total'),
    result_next: mapOf(machine, outcomes, 'next'),
    result_time: mapOf(machine, outcomes, 'time'),
  }
}

/** Each map is `[]` when empty, and a list when its keys are 0..n (bitrix24.md 2.4). */
function mapOf(
  machine: Machine,
  outcomes: readonly Outcome[],
  name: 'result' | 'error' | 'total' | 'next' | 'time',
): unknown {
  const entries = outcomes
    .filter(outcome => outcome[name] !== undefined)
    .map(outcome => [outcome.key, outcome[name]] as const)
  if (!machine.quirks.hasPhpMaps) return Object.fromEntries(entries)
  // Errors under numbers are recorded as a plain list: which command failed is lost.
  const isLost = name === 'error' && entries.every(([key]) => /^\d+$/.test(key))
  return isLost ? entries.map(([, value]) => value) : phpArray(entries)
}

interface Written {
  readonly index: number
  readonly key: string
  readonly written: unknown
  readonly outcomes: readonly Outcome[]
}

async function runOne(
  machine: Machine,
  command: Command,
  { index, key, written, outcomes }: Written,
): Promise<Outcome> {
  try {
    if (index >= longest)
      throw new RestError(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded')
    const { method, params } = parsed(written)
    if (method === 'batch')
      throw new RestError(
        405,
        'ERROR_BATCH_METHOD_NOT_ALLOWED',
        'Method is not allowed for batch usage',
      )
    const fault = machine.faultOf(method, methodCalled(method)?.isWrite === true)
    if (fault) throw fault
    const done = await execute(machine, { ...command, method, params: resolved(params, outcomes) })
    const { result, total, next } = done.answer
    return { key, result: result ?? null, total, next, time: done.time }
  } catch (error) {
    if (!(error instanceof RestError)) throw error
    return { key, error: { error: error.code, error_description: error.message } }
  }
}

/** `method?query`; the query is written as PHP writes it, everything in it is text. */
function parsed(written: unknown): { readonly method: string; readonly params: Params } {
  const text = textOf(written)
  const cut = text.indexOf('?')
  const method = methodName(cut < 0 ? text : text.slice(0, cut))
  return { method, params: cut < 0 ? {} : parsePhpQuery(text.slice(cut + 1)) }
}

function resolved(params: Params, outcomes: readonly Outcome[]): Params {
  const results = Object.fromEntries(
    outcomes
      .filter(outcome => outcome.result !== undefined)
      .map(outcome => [outcome.key, outcome.result]),
  )
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, substituted(value, results)]),
  )
}

/** A reference swallows everything up to a space (bitrix24.md 11.10). */
const reference = /\$result([^\s]*)/g

function substituted(value: unknown, results: Params): unknown {
  if (Array.isArray(value)) return value.map(each => substituted(each, results))
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, substituted(each, results)]),
    )
  if (typeof value !== 'string') return value
  const whole = /^\$result([^\s]*)$/.exec(value)
  // Alone it keeps its type, be it a list; inside a text it becomes text.
  if (whole) return referred(whole[1] ?? '', results)
  return value.replaceAll(reference, (_, path: string) => asText(referred(path, results)))
}

const referred = (path: string, results: Params): unknown =>
  walk(
    results,
    [...path.matchAll(/\[([^[\]]+)\]/g)].map(match => match[1] ?? ''),
  )

const asText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'Array' : value === true ? '1' : textOf(value)
