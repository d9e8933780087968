import { BackendError } from '../backends/errors.ts'
import { openEntrance } from '../backends/hub/sign-in.ts'
import type { Probe } from '../contract.ts'
import { CallError } from '../rpc.ts'
import type { Language } from '../words/words.ts'
import type { HubAccess } from './open-space.ts'
import { type Entrance, SignInAttempt } from './sign-in-attempt.ts'

/** As long as the hub waits for whoever is at the provider. */
const usualPatienceMs = 10 * 60_000
const answerMs = 15_000

/** People who sign in with a browser: one at a time is enough for a console. */
export interface SignIns {
  /** Where to send the browser; whoever was signing in before is not any more. Throws CallError. */
  begin(
    url: string,
    language: Language,
  ): Promise<{ readonly signInId: string; readonly address: string }>
  /** What came of it, with what the hub allows. */
  outcome(signInId: string): Promise<Probe>
  cancel(signInId: string): void
  /** What opens the hub to whoever signed in; no window sees it. */
  accessOf(signInId: string): HubAccess
  /** Ends what is under way and forgets what came of it. */
  stop(): void
}

export function createSignIns(patienceMs = usualPatienceMs): SignIns {
  let current: SignInAttempt | null = null
  const known = (signInId: string): SignInAttempt => {
    if (current?.signInId === signInId) return current
    throw new CallError({ code: 'unknownSignIn', message: 'this sign-in is over' })
  }
  const stop = () => {
    current?.end('signInStopped')
    current = null
  }
  return {
    async begin(url, language) {
      const entrance = await entranceAt(url)
      stop()
      const attempt = new SignInAttempt({ url, language, entrance, patienceMs })
      current = attempt
      return { signInId: attempt.signInId, address: await attempt.begin() }
    },
    outcome: async signInId => known(signInId).outcome,
    cancel(signInId) {
      if (current?.signInId === signInId) stop()
    },
    accessOf(signInId) {
      const { access } = known(signInId)
      if (access) return access
      throw new CallError({ code: 'unknownSignIn', message: 'nobody has signed in' })
    },
    stop,
  }
}

async function entranceAt(url: string): Promise<Entrance> {
  try {
    const entrance = openEntrance(url)
    const at = await entrance.signInAt(AbortSignal.timeout(answerMs))
    if (at) return { ...entrance, at }
    entrance.close()
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
  }
  throw new CallError({ code: 'noSignIn', message: 'the hub does not sign people in now' })
}
