const isoLike = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?(?:Z|[+-]\d\d:\d\d)?$/
const russian = /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$/

/** What a head typed as the moment of an import; `iso` as the import wants it (`2016-03-01T10:00`). */
export type AsOf =
  | { readonly kind: 'unset' }
  | { readonly kind: 'bad' }
  | { readonly kind: 'moment'; readonly iso: string }

/** `01.03.2016 10:00` is understood as well as ISO 8601; a zone is kept. */
export function asOfOf(typed: string): AsOf {
  const text = typed.trim()
  if (text === '') return { kind: 'unset' }
  const dotted = russian.exec(text)
  const iso = dotted
    ? `${dotted[3]}-${dotted[2]}-${dotted[1]}${text.slice('01.03.2016'.length)}`
    : text
  if (!isoLike.test(iso)) return { kind: 'bad' }
  const joined = iso.length === 10 ? `${iso}T00:00` : iso.replace(' ', 'T')
  return isReal(joined) ? { kind: 'moment', iso: joined } : { kind: 'bad' }
}

/** The 31st of February looks like a date and is none. */
function isReal(iso: string): boolean {
  const day = iso.slice(0, 10)
  const atMidnight = Date.parse(`${day}T00:00Z`)
  if (Number.isNaN(atMidnight) || Number.isNaN(Date.parse(iso))) return false
  return new Date(atMidnight).toISOString().startsWith(day)
}
