import { core } from './core.ts'

const longest = 2000

/** Tells the core what the window caught, so that it reaches the log; never fails itself. */
export function reportProblem(message: string): void {
  core.reportProblem({ message: message.slice(0, longest) || 'unknown' }).catch(() => undefined)
}
