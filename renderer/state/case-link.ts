import { core, on } from './core.ts'
import { numberInHash } from './number-in-hash.ts'
import { useReplica } from './replica.ts'
import { reportProblem } from './report.ts'
import { openCase, say, show } from './view.ts'

/** A link may come before the records do; the one that came last is meant. */
let wanted: string | null = null

/**
 * Opens the case of a link: `nachalo://case/5306` from the system, `#case/5306` in the address.
 * `missing` makes the sentence said when there is none.
 */
export function startCaseLinks(missing: (number: string) => string): void {
  const settle = () => {
    const { isLoaded, me } = useReplica.getState()
    if (wanted === null || !isLoaded || me === null) return
    const number = wanted
    wanted = null
    openByNumber(number, missing).catch((error: unknown) => reportProblem(`link: ${String(error)}`))
  }
  const want = (number: string) => {
    wanted = number
    settle()
  }
  const readAddress = () => {
    const number = numberInHash(location.hash)
    if (number === null) return
    history.replaceState(null, '', location.pathname + location.search)
    want(number)
  }
  on('openCase', ({ number }) => want(number))
  useReplica.subscribe(settle)
  window.addEventListener('hashchange', readAddress)
  readAddress()
}

const mostFound = 100

/** Open cases of the window first, then all that the core knows. */
async function openByNumber(number: string, missing: (number: string) => string): Promise<void> {
  const isIt = (theCase: { readonly number: string }) => theCase.number === number
  const found =
    [...useReplica.getState().cases.values()].find(isIt) ??
    (await core.search({ text: number, limit: mostFound })).cases.find(isIt)
  if (!found) return say({ kind: 'said', text: missing(number), isBad: true })
  show('inbox')
  openCase(found.caseId)
}
