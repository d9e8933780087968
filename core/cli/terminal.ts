import type { TFunction } from 'i18next'

/** Where a command says things: results on `out`, everything else on `err`. */
export interface Terminal {
  readonly t: TFunction
  out(text: string): void
  err(text: string): void
  /** Rewrites one line on `err`; silent where nobody watches. */
  progress(text: string): void
}

/** 0 done; 1 the input or the folder stands in the way; 2 wrongly typed. */
export type ExitCode = 0 | 1 | 2

export function terminal(
  t: TFunction,
  streams: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
): Terminal {
  const { stdout, stderr } = streams
  return {
    t,
    out: text => void stdout.write(`${text}\n`),
    err: text => void stderr.write(`${text}\n`),
    progress: text => {
      if (stderr.isTTY) stderr.write(`\r\u001b[K${text}`)
    },
  }
}

/** Values of a file reach a terminal without control characters: they could move its cursor. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
}
