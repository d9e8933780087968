import type { Reason } from '../domain/decision.ts'

/**
 * What is wrong with a file and where. `line` counts from 1 and is 0 when the whole file is meant;
 * `field` is the column as the file names it; `value` is cut to 100 characters. `reason.code` has
 * two sentences in words: `import.problem.<code>` and `import.remedy.<code>`.
 */
export interface Problem {
  readonly line: number
  readonly field: string
  readonly value: string
  readonly reason: Reason
}

/** Carries a problem out of the stream that found it; `importFile` turns it into a value. */
export class ImportError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.reason.code)
    this.name = 'ImportError'
    this.problem = problem
  }
}

/** A problem of the whole file, or of a place in it. */
export function problemOf(
  code: string,
  place: { line?: number; field?: string; value?: string } = {},
  details: Omit<Reason, 'code'> = {},
): Problem {
  return {
    line: place.line ?? 0,
    field: place.field ?? '',
    value: shortened(place.value ?? ''),
    reason: { ...details, code },
  }
}

const longest = 100

/** Not in the middle of a letter of two halves. */
function shortened(value: string): string {
  if (value.length <= longest) return value
  return `${value.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`
}

/**
 * The problem behind anything thrown on the way: ours, a cancelled signal, or the file system
 * (`unreadable` for the file at `source`, else `notWritten`). Throws again what is our own fault.
 */
export function explained(error: unknown, source: unknown): Problem {
  if (error instanceof ImportError) return error.problem
  if (!(error instanceof Error)) throw error
  if (error.name === 'AbortError') return problemOf('cancelled')
  const detail = 'code' in error ? String(error.code) : ''
  const isOfSource = 'path' in error && error.path === source
  if (isOfSource || detail === 'EISDIR') return problemOf('unreadable', {}, { detail })
  if (unwritable.test(detail)) return problemOf('notWritten', {}, { detail })
  throw error
}

const unwritable =
  /^(exists|ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EEXIST|ENOENT|ENOTDIR|SQLITE_(FULL|IOERR|CANTOPEN|READONLY).*)$/
