/** How long a passphrase would stand against guessing on somebody's own machines. */
export type Strength = 'short' | 'weak' | 'fair' | 'strong'

export const shortestPassphrase = 8

const alphabets: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[а-яё]/, 33],
  [/[А-ЯЁ]/, 33],
  [/\d/, 10],
  [/[^\p{L}\d]/u, 20],
]
const weakBits = 45
const strongBits = 70

/** Steps and repetitions («1234», «аааа») add next to nothing, so each counts as one sign. */
function signsThatCount(passphrase: string): number {
  const codes = Array.from(passphrase, sign => sign.codePointAt(0) ?? 0)
  return codes.filter((code, index) => {
    const before = codes[index - 1]
    return before === undefined || Math.abs(code - before) > 1
  }).length
}

/** Judged by length, the alphabets used and how many signs repeat what stands before them. */
export function strengthOf(passphrase: string): Strength {
  if (Array.from(passphrase).length < shortestPassphrase) return 'short'
  const alphabet = alphabets.reduce(
    (sum, [signs, size]) => sum + (signs.test(passphrase) ? size : 0),
    0,
  )
  const distinct = new Set(passphrase.toLowerCase()).size
  const bits =
    Math.min(signsThatCount(passphrase), distinct * 2.5) * Math.log2(Math.max(alphabet, 2))
  if (bits < weakBits) return 'weak'
  return bits < strongBits ? 'fair' : 'strong'
}
