const fold = (text: string) => text.toLocaleLowerCase('ru').replaceAll('ё', 'е')

/** Those whose words begin with every word typed. */
export function matching<T extends { readonly text: string }>(
  choices: readonly T[],
  typed: string,
): readonly T[] {
  const wanted = fold(typed).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return choices
  return choices.filter(({ text }) => {
    const words = fold(text).split(/[\s«»"().,-]+/)
    return wanted.every(part => words.some(word => word.startsWith(part)))
  })
}
