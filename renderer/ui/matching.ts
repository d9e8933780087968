const fold = (text: string) => text.toLocaleLowerCase('ru').replaceAll('ё', 'е')

const between = String.raw`\s«»"().,-`
const wordStarts = new RegExp(`(?<![^${between}])[^${between}]`, 'g')
const isEnd = new RegExp(`^([${between}]|$)`)
const edges = new RegExp(`^[${between}]+|[${between}]+$`, 'g')

/** Those in which every part typed begins where a word begins; whole words come first. */
export function matching<T extends { readonly text: string }>(
  choices: readonly T[],
  typed: string,
): readonly T[] {
  const wanted = fold(typed)
    .split(/\s+/)
    .map(part => part.replace(edges, ''))
    .filter(Boolean)
  if (wanted.length === 0) return choices
  return choices
    .map(choice => ({ choice, whole: wholeWords(fold(choice.text), wanted) }))
    .filter(({ whole }) => whole !== null)
    .toSorted((one, other) => (other.whole ?? 0) - (one.whole ?? 0))
    .map(({ choice }) => choice)
}

/** How many of the parts are a word to its end; null: one of them begins no word. */
function wholeWords(text: string, wanted: readonly string[]): number | null {
  const starts = [...text.matchAll(wordStarts)].map(({ index }) => index)
  let whole = 0
  for (const part of wanted) {
    const found = starts.filter(start => text.startsWith(part, start))
    if (found.length === 0) return null
    if (found.some(start => isEnd.test(text.slice(start + part.length)))) whole += 1
  }
  return whole
}
