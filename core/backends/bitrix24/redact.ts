/** Makes the words of others fit for a message: short, of one line, with no address and no secret. */
const longestMessage = 200
/** As much as is looked at: enough for any description. */
const longestLook = 4_000

/** `secrets` is asked each time, for tokens change. */
export function cleanerOf(secrets: () => readonly string[]): (text: string) => string {
  return text => {
    const hidden = hiding(secrets())
    // Hidden before the first cut too: half a secret would not be known as one.
    const look = hidden(text).slice(0, longestLook)
    const plain = look
      .replace(/[\p{C}\p{Z}]+/gu, ' ')
      .replace(/<[^<>]*>/g, ' ')
      .replace(/[a-z][a-z0-9+.-]{0,20}:\/\/\S*/gi, '(address)')
      .replace(/\/rest\/\S*/gi, '(address)')
      .replace(/ {2,}/g, ' ')
      .trim()
    return hidden(plain).slice(0, longestMessage).toWellFormed()
  }
}

function hiding(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter(Boolean)
    .flatMap(one => [one, encodeURIComponent(one.toWellFormed())])
  if (forms.length === 0) return text => text
  const longestFirst = forms.toSorted((a, b) => b.length - a.length)
  const found = new RegExp(longestFirst.map(literal).join('|'), 'gi')
  return text => text.replace(found, '***')
}

const literal = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '\\$&')
