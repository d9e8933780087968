import type { Arg } from '../../core/contract.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { createArrivals } from './arrivals.ts'
import { core } from './core.ts'
import { reportProblem } from './report.ts'

type News = Arg<'tellDesktop'>

/** What this window shows now; `place` is its space, null while none is open. */
export interface Shown {
  readonly place: string | null
  readonly caseIds: readonly CaseId[]
  readonly language: News['language']
}

/** While nobody looks, what comes is gathered so long: one notification for many. */
const gatherMs = 3000
const arrivals = createArrivals()
let shown: Shown | null = null
let last = ''
let timer: ReturnType<typeof setTimeout> | null = null

/** Tells the desktop around the window what it may show; a browser has none, and the core keeps silent. */
export function showOnDesktop(now: Shown): void {
  shown = now
  if (!document.hidden) tell()
  else timer ??= setTimeout(tell, gatherMs)
}

function tell(): void {
  if (timer) clearTimeout(timer)
  timer = null
  if (!shown) return
  const { place, caseIds, language } = shown
  const arrived = arrivals.note(place, caseIds, !document.hidden)
  const news: News = { waiting: caseIds.length, arrived, language }
  if (JSON.stringify(news) === last) return
  last = JSON.stringify(news)
  core.tellDesktop(news).catch((error: unknown) => reportProblem(`desktop: ${String(error)}`))
}

document.addEventListener('visibilitychange', tell)
