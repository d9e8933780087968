/**
 * Text as the index holds it and as it is asked for. FTS5 lowers case but does not know that ё is
 * written е; й stays й.
 */
export function foldText(text: string): string {
  if (!needsFolding.test(text)) return text
  // Composed first, so that й typed as и with a breve is й; any other mark is dropped.
  return text
    .normalize('NFC')
    .replace(marks, '')
    .replace(unseen, '')
    .replace(separating, ' ')
    .replaceAll('ё', 'е')
    .replaceAll('Ё', 'Е')
}
const needsFolding = /[\u0300-\u036FёЁ]|\p{Cf}|\p{Cn}/u
/** What nobody sees inside a word: hyphens that may come, joiners. */
const unseen = /\u00AD|\u200C|\u200D|\u2060|\uFEFF/g
/** FTS5 knows an older Unicode and takes what it does not know for letters. */
const separating = /[\p{Cf}\p{Cn}]/gu
const marks = /[\u0300-\u036F]/g

/** A phone in the ways it is asked for: ten digits, and the last seven. */
export function phoneWords(phone: string): string {
  const digits = localDigits(phone)
  return digits.length > 7 ? `${digits} ${digits.slice(-7)}` : digits
}

/** Digits without the country code: +7 and 8 mean the same. */
const localDigits = (text: string): string => {
  const digits = text.replaceAll(/\D/g, '')
  return digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits
}

const longestQuery = 12

/** What to ask of FTS5 for what was typed; null when there is nothing to look for. Any input is safe. */
export function matchOf(typed: string): string | null {
  const words = wordsOf(typed).slice(0, longestQuery)
  if (words.length === 0) return null
  const phone = phoneIn(typed)
  if (phone === null) return words.map(begun).join(' AND ')
  // Of digits with something between them only the last are still being typed.
  const parts = words.map((word, at) => (at === words.length - 1 ? begun(word) : `"${word}"`))
  return `"${phone}"* OR (${parts.join(' AND ')})`
}

const begun = (word: string): string => `"${stemOf(word)}"*`

/** Letters and digits; what is between them separates, as in the index. */
export const wordsOf = (typed: string): string[] =>
  foldText(typed)
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []

/** Only digits and what people put between them, at least five: may be a phone. */
function phoneIn(typed: string): string | null {
  if (!/^[\d\s()+.-]+$/.test(typed)) return null
  const digits = localDigits(typed)
  return digits.length >= 5 ? digits : null
}

const endings =
  /(?:иями|ями|ами|его|ого|ему|ому|ими|ыми|ией|иям|ием|иях|ах|ях|ам|ям|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ом|ем|ым|им|ых|их|ию|ья|ью|ия|[аяоеиыуюьй])$/u

/** A Russian word of four letters or more also without its ending: «договоры» finds «договором». */
function stemOf(word: string): string {
  if (word.length < 4) return word
  const stem = word.replace(endings, '')
  return stem.length >= 3 ? stem : word
}
