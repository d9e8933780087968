/** Commands into one request and its five maps back (bitrix24.md 2.4). */
import type { BackendError } from '../errors.ts'
import { commandOf } from './encode.ts'
import { countOf, fieldsOf, refusalOf, startOf, workOf } from './envelope.ts'
import type { Fields, Refusal, Work } from './envelope.ts'
import { errorWith } from './errors.ts'
import type { Asked } from './errors.ts'
import type { Command, CommandAnswer, Params } from './shapes.ts'

const most = 50

/** Parameters of `batch`. Throws `batchMisuse` for what the portal would refuse or confuse. */
export function paramsOfBatch(commands: readonly Command[], isHalting: boolean): Params {
  const cmd: Record<string, string> = {}
  for (const { key, method, params } of commands) {
    // Numeric keys come back as a list, which no longer says whose answer is whose.
    if (!/^[a-z][a-z0-9]*$/i.test(key) || Object.hasOwn(cmd, key) || key in {})
      throw misuse('a key is not a name or comes twice')
    if (method.toLowerCase() === 'batch') throw misuse('a batch in a batch')
    cmd[key] = commandOf(method, params)
  }
  if (commands.length > most) throw misuse('more than 50 commands')
  return { halt: isHalting ? 1 : 0, cmd }
}

const misuse = (words: string): BackendError =>
  errorWith('batchMisuse', words, { method: 'batch', isWrite: false, clean: text => text })

/** The five maps, each empty when absent. */
interface Maps {
  readonly result: Fields
  readonly errors: Fields
  readonly totals: Fields
  readonly nexts: Fields
  readonly times: Fields
}

/** An empty map comes as `[]`; a list with content has lost its keys. */
function mapsOf(result: unknown): Maps | null {
  const outer = fieldsOf(result)
  if (!outer) return null
  const mapOf = (name: string): Fields | null => {
    const value = outer[name]
    const isEmpty = value === undefined || value === null || isEmptyList(value)
    return isEmpty ? {} : fieldsOf(value)
  }
  const [results, errors] = [mapOf('result'), mapOf('result_error')]
  const [totals, nexts, times] = [mapOf('result_total'), mapOf('result_next'), mapOf('result_time')]
  return results && errors && totals && nexts && times
    ? { result: results, errors, totals, nexts, times }
    : null
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** What a command came to and how hard its method worked. */
export interface CommandHeard {
  readonly command: Command
  readonly answer: CommandAnswer
  readonly work: Work | null
}

/**
 * In the order of the commands. Throws `badAnswer` when the maps are none, or all empty: that is
 * how a portal answers a body that was lost on the way (bitrix24.md 11.4).
 */
export function heardOf(
  commands: readonly Command[],
  result: unknown,
  { asked, errorOf }: { asked: Asked; errorOf: (refusal: Refusal, asked: Asked) => BackendError },
): readonly CommandHeard[] {
  const maps = mapsOf(result)
  if (!maps) throw errorWith('badAnswer', 'the answer is not one to a batch', asked)
  const heard = commands.map(command => {
    const said = fieldsOf(maps.errors[command.key])
    const refusal = said ? refusalOf(said, null) : null
    const own = { ...asked, method: command.method }
    const answer: CommandAnswer = refusal
      ? { kind: 'failed', error: errorOf(refusal, own) }
      : answerIn(maps, command.key, own)
    return { command, answer, work: workOf(valueAt(maps.times, command.key)) }
  })
  if (commands.length > 0 && heard.every(({ answer }) => answer.kind === 'absent'))
    throw errorWith('badAnswer', 'the batch was answered with nothing', asked)
  return heard
}

function answerIn(maps: Maps, key: string, asked: Asked): CommandAnswer {
  if (Object.hasOwn(maps.result, key) && !Object.hasOwn(maps.errors, key)) {
    const [result, next] = [maps.result[key], countOf(valueAt(maps.nexts, key))]
    const [total, at] = [countOf(valueAt(maps.totals, key)), startOf(valueAt(maps.times, key))]
    return { kind: 'answered', answer: { result, next, total, at } }
  }
  // Timed or refused without a word is not the same as not begun.
  const wasBegun = Object.hasOwn(maps.errors, key) || Object.hasOwn(maps.times, key)
  if (!wasBegun) return { kind: 'absent' }
  return { kind: 'failed', error: errorWith('badAnswer', 'no result and no error', asked) }
}

const valueAt = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? fields[key] : undefined
