import { useState } from 'react'
import { CallError } from '../../core/rpc.ts'
import { words } from './words.ts'

/** One piece of work a button started: whether it runs and, in words, why it did not succeed. */
export interface Attempt {
  readonly isBusy: boolean
  readonly problem: string | null
  attempt(work: () => Promise<void>): Promise<void>
}

/** Why a question to the core failed, as a sentence. */
export function failureOf(error: unknown): string {
  const code = error instanceof CallError ? error.code : 'unknown'
  const message = error instanceof Error ? error.message : String(error)
  return words.t([`firstRun.failure.${code}`, 'firstRun.failure.other'], { message })
}

export function useAttempt(): Attempt {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    await work().catch((error: unknown) => setProblem(failureOf(error)))
    setBusy(false)
  }
  return { isBusy, problem, attempt }
}
