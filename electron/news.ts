const labelNames = [
  'show',
  'quit',
  'program',
  'view',
  'zoomIn',
  'zoomOut',
  'zoomReset',
  'fullScreen',
] as const
/** What is written on the menu and the tray; the sentences are the core's, this side has no language. */
export type Labels = Readonly<Record<(typeof labelNames)[number], string>>

/** All that the core may tell the desktop: two counts and our own sentences about them. */
export interface News {
  /** Cases in «Начало». */
  readonly waiting: number
  /** Those of them that came since the window was last looked at. */
  readonly arrived: number
  readonly tooltip: string
  /** What a notification says; null: nothing came. */
  readonly notice: string | null
  readonly labels: Labels
}

const mostCases = 1_000_000
const longestSentence = 120

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostCases
const hasControls = (text: string) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
const isSentence = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= longestSentence &&
  !hasControls(value)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function hasExactly(value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  const own = Object.keys(value)
  return own.length === names.length && names.every(name => Object.hasOwn(value, name))
}

const longestFailure = 500

/** Why the core cannot work here, as it says in a line of JSON; null: it says no such thing. */
export function failureIn(output: string): string | null {
  const line = output.split('\n').find(each => each.startsWith('{"kind":"failed"'))
  if (line === undefined) return null
  try {
    const said: unknown = JSON.parse(line)
    const sentence = isRecord(said) ? said['sentence'] : null
    const isShort = typeof sentence === 'string' && sentence.length <= longestFailure
    return isShort && !hasControls(sentence) ? sentence : null
  } catch {
    return null
  }
}

const isLabels = (value: unknown): value is Labels =>
  isRecord(value) && hasExactly(value, labelNames) && Object.values(value).every(isSentence)

const fields = ['kind', 'waiting', 'arrived', 'tooltip', 'notice', 'labels']

/** A message of the core as news, or null: whatever has one field more is not listened to. */
export function newsOf(message: unknown): News | null {
  if (!isRecord(message) || !hasExactly(message, fields) || message['kind'] !== 'desktop')
    return null
  const { waiting, arrived, tooltip, notice, labels } = message
  if (!isCount(waiting) || !isCount(arrived) || !isSentence(tooltip) || !isLabels(labels))
    return null
  if (notice !== null && !isSentence(notice)) return null
  return { waiting, arrived, tooltip, notice, labels }
}
