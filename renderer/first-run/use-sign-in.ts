import { useEffect, useRef, useState } from 'react'
import type { Answers, Probe } from '../../core/contract.ts'
import { core } from '../state/core.ts'
import { reportProblem } from '../state/report.ts'
import { useLanguage } from '../ui/sentence.ts'

/** A sign-in in the browser: where its page is while it is waited for. */
export interface SignIn {
  /** null: none is under way. */
  readonly address: string | null
  /** Opens the page and waits; `heard` is told what came of it, unless it was cancelled. */
  begin(url: string, heard: (probe: Probe, signInId: string) => void): Promise<void>
  cancel(): void
}

export function useSignIn(): SignIn {
  const language = useLanguage()
  const current = useRef<string | null>(null)
  const [address, setAddress] = useState<string | null>(null)
  // Whoever leaves the door waits no longer.
  useEffect(() => () => stop(current), [])
  return {
    address,
    async begin(url, heard) {
      const begun: Answers['beginSignIn'] = await core.beginSignIn({ url, language })
      current.current = begun.signInId
      setAddress(begun.address)
      window.open(begun.address, '_blank', 'noopener,noreferrer')
      const probe = await core
        .awaitSignIn({ signInId: begun.signInId })
        .finally(() => setAddress(now => (now === begun.address ? null : now)))
      if (current.current !== begun.signInId) return
      current.current = null
      heard(probe, begun.signInId)
    },
    cancel() {
      stop(current)
      setAddress(null)
    },
  }
}

function stop(current: { current: string | null }): void {
  const signInId = current.current
  current.current = null
  if (signInId === null) return
  core.cancelSignIn({ signInId }).catch((error: unknown) => reportProblem(String(error)))
}
