const linkShape = /^nachalo:\/\/case\/([^/?#\s]{1,200})\/?$/
/** As a person writes it: letters and digits of any script, and what stands between them. */
const numberShape = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,98}[\p{L}\p{N}])?$/u

/** The number in `nachalo://case/5306`; null for whatever else the system was made to hand over. */
export function caseNumberOf(link: string): string | null {
  const written = linkShape.exec(link)?.[1]
  const number = written === undefined ? null : decoded(written)?.normalize('NFC')
  return number && numberShape.test(number) ? number : null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export interface Start {
  /** What the core is started with. */
  readonly args: readonly string[]
  readonly caseNumber: string | null
}

/**
 * What a command line asks for: our options stand behind «--». Where the system handed over a link
 * nothing else is listened to: whoever wrote the link may have written the rest.
 */
export function startOf(argv: readonly string[]): Start {
  const link = argv.find(each => /^nachalo:/i.test(each))
  if (link !== undefined) return { args: [], caseNumber: caseNumberOf(link) }
  const terminator = argv.indexOf('--')
  return { args: terminator < 0 ? [] : argv.slice(terminator + 1), caseNumber: null }
}
