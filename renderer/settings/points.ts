export const mostPoints = 1000

/** Points a head typed («7,5»); `null` when nothing was typed, `'bad'` when it is no number from 0 to 1000. */
export function pointsOf(typed: string): number | null | 'bad' {
  const text = typed.trim().replace(',', '.')
  if (text === '') return null
  if (!/^\d+(?:\.\d+)?$/.test(text)) return 'bad'
  const points = Number(text)
  return points <= mostPoints ? points : 'bad'
}
