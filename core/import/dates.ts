import { type Reading, instantIn, utcOf } from './zone.ts'

/** An instant in UTC ms and whether the text named only a day. */
export interface Found {
  readonly at: number
  readonly isDayOnly: boolean
}
export type ReadDate = (text: string) => Found | null

const patterns: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
}

const iso =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?<offset>Z|[+-]\d\d(?::?\d\d)?)?)?$/

/**
 * A reader of dates in any of `formats` (tokens YYYY MM DD HH mm ss; `ISO` for ISO 8601), tried in
 * order. A date that names no zone is read in `zone`. Null: no such date.
 */
export function compileDates(formats: readonly string[], zone: string): ReadDate {
  const expressions = formats.map(format => (format === 'ISO' ? iso : expressionOf(format)))
  return text => {
    for (const expression of expressions) {
      const groups = expression.exec(text)?.groups
      const found = groups === undefined ? null : foundIn(groups, zone)
      if (found !== null) return found
    }
    return null
  }
}

function expressionOf(format: string): RegExp {
  const escaped = format.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
  return new RegExp(
    `^${escaped.replace(/YYYY|MM|DD|HH|mm|ss/g, token => patterns[token] ?? token)}$`,
  )
}

type Groups = Readonly<Record<string, string | undefined>>

function foundIn(groups: Groups, zone: string): Found | null {
  const reading: Reading = {
    year: Number(groups['year']),
    month: Number(groups['month']),
    day: Number(groups['day']),
    hour: Number(groups['hour'] ?? 0),
    minute: Number(groups['minute'] ?? 0),
    second: Number(groups['second'] ?? 0),
    millisecond: Math.trunc(Number(`0.${groups['fraction'] ?? '0'}`) * 1000),
  }
  const isDayOnly = groups['hour'] === undefined
  const offset = groups['offset']
  const at = offset === undefined ? instantIn(zone, reading) : shifted(utcOf(reading), offset)
  return at === null ? null : { at, isDayOnly }
}

function shifted(wall: number | null, offset: string): number | null {
  if (wall === null || offset === 'Z') return wall
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || 0)
  if (hours > 18 || minutes > 59) return null
  const sign = offset.startsWith('-') ? -1 : 1
  return wall - sign * (hours * 60 + minutes) * 60_000
}
