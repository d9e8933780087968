const isoLike = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?(?:Z|[+-]\d\d:\d\d)?$/
const russian = /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$/

/**
 * The moment a head typed, as the import wants it (`2016-03-01T10:00`); `null` when nothing was
 * typed, `'bad'` when it is no moment. `01.03.2016 10:00` is understood too; a zone is kept.
 */
export function asOfOf(typed: string): string | null | 'bad' {
  const text = typed.trim()
  if (text === '') return null
  const dotted = russian.exec(text)
  const iso = dotted
    ? `${dotted[3]}-${dotted[2]}-${dotted[1]}${text.slice('01.03.2016'.length)}`
    : text
  if (!isoLike.test(iso)) return 'bad'
  const joined = iso.length === 10 ? `${iso}T00:00` : iso.replace(' ', 'T')
  return isReal(joined) ? joined : 'bad'
}

/** The 31st of February looks like a date and is none. */
function isReal(iso: string): boolean {
  const day = iso.slice(0, 10)
  const atMidnight = Date.parse(`${day}T00:00Z`)
  if (Number.isNaN(atMidnight) || Number.isNaN(Date.parse(iso))) return false
  return new Date(atMidnight).toISOString().startsWith(day)
}
