const fold = (text: string) => text.toLocaleLowerCase('ru').replaceAll('ё', 'е')

const between = String.raw`\s«»"().,-`
const wordStarts = new RegExp(`(?<![^${between}])[^${between}]`, 'g')
const edges = new RegExp(`^[${between}]+|[${between}]+$`, 'g')

/** Those in which every part typed begins where a word begins. */
export function matching<T extends { readonly text: string }>(
  choices: readonly T[],
  typed: string,
): readonly T[] {
  const wanted = fold(typed)
    .split(/\s+/)
    .map(part => part.replace(edges, ''))
    .filter(Boolean)
  if (wanted.length === 0) return choices
  return choices.filter(choice => {
    const text = fold(choice.text)
    const starts = [...text.matchAll(wordStarts)].map(({ index }) => index)
    return wanted.every(part => starts.some(start => text.startsWith(part, start)))
  })
}
