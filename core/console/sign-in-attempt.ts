import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { BackendError } from '../backends/errors.ts'
import type { HubEntrance } from '../backends/hub/sign-in.ts'
import type { Probe } from '../contract.ts'
import { escaped, htmlPage, pagePolicy } from '../hub/http/page.ts'
import { createWords, type Language } from '../words/words.ts'
import { probeHub, refused, wrong } from './hub-door.ts'
import { type Brought, type Loopback, openLoopback } from './loopback.ts'
import type { HubAccess } from './open-space.ts'

export interface Entrance extends HubEntrance {
  /** Where a browser begins. */
  readonly at: URL
}

interface Journey {
  readonly url: string
  /** Of the pages the browser shows at the end. */
  readonly language: Language
  readonly entrance: Entrance
  readonly patienceMs: number
}

const answerMs = 15_000
const newSecret = () => randomBytes(32).toString('base64url')

/** One person on the way through the browser, from the hub's address to a token of theirs. */
export class SignInAttempt {
  readonly signInId = randomUUID()
  readonly outcome: Promise<Probe>
  readonly #settle: PromiseWithResolvers<Probe>
  readonly #journey: Journey
  readonly #state = newSecret()
  readonly #verifier = newSecret()
  #loopback: Loopback | null = null
  #timer: NodeJS.Timeout | undefined
  #isOver = false
  #access: HubAccess | null = null

  constructor(journey: Journey) {
    this.#journey = journey
    this.#settle = Promise.withResolvers()
    this.outcome = this.#settle.promise
    // The window that asks what came of it may be gone.
    this.outcome.catch(() => undefined)
  }

  /** null until somebody has signed in who may connect. */
  get access(): HubAccess | null {
    return this.#access
  }

  /** Waits from now on; returns where to send the browser. */
  async begin(): Promise<string> {
    const { language, entrance, patienceMs } = this.#journey
    this.#loopback = await openLoopback({
      state: this.#state,
      policy: pagePolicy,
      strangerPage: pageIn(language, 'stranger'),
      onBrought: brought => this.#hear(brought),
    })
    if (this.#isOver) this.#loopback.close()
    this.#timer = setTimeout(() => this.end('signInLate'), patienceMs)
    const address = new URL(entrance.at)
    address.search = new URLSearchParams({
      redirect: this.#loopback.address,
      challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      state: this.#state,
    }).toString()
    return address.href
  }

  end(code: 'signInStopped' | 'signInLate'): void {
    this.#finish(() => this.#settle.resolve(notSignedIn(code)))
  }

  /** The browser is back: what it brought is changed for a token, and the page says how that went. */
  async #hear(brought: Brought): Promise<string> {
    let isIn = false
    try {
      const { probe, token } = await this.#redeem(brought)
      this.#finish(() => {
        isIn = token !== null
        if (token !== null && probe.isAllowed) this.#access = { address: this.#journey.url, token }
        this.#settle.resolve(probe)
      })
    } catch (error) {
      this.#finish(() => this.#settle.reject(error))
    }
    return pageIn(this.#journey.language, isIn ? 'signedIn' : 'notSignedIn')
  }

  async #redeem(brought: Brought): Promise<{ probe: Probe; token: string | null }> {
    const { entrance, url } = this.#journey
    if (brought.kind === 'error') return { probe: notSignedIn(codeOf(brought.error)), token: null }
    try {
      const signal = AbortSignal.timeout(answerMs)
      const token = await entrance.redeem(brought.code, this.#verifier, signal)
      return { probe: (await probeHub(url, token)).probe, token }
    } catch (error) {
      if (!(error instanceof BackendError)) throw error
      const isLost = error.kind === 'unauthorised'
      const probe = isLost ? notSignedIn('signInLost') : refused([wrong(url, error)], true)
      return { probe, token: null }
    }
  }

  /** Whatever comes after the end changes nothing. */
  #finish(settle: () => void): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#loopback?.close()
    this.#journey.entrance.close()
    settle()
  }
}

const notSignedIn = (code: string): Probe => refused([{ code, level: 'wrong' }], true)

/** Why the hub let nobody in; what it says in words we do not know is a fault of the way there. */
const codeOf = (error: string): string => (error === 'refused' ? 'signInRefused' : 'signInFailed')

/** What the browser shows when it has done its part. */
function pageIn(language: Language, name: 'signedIn' | 'notSignedIn' | 'stranger'): string {
  const { t } = createWords(language)
  const title = t(`firstRun.signInPage.${name}.title`)
  return htmlPage(language, title, `<p>${escaped(t(`firstRun.signInPage.${name}.text`))}</p>`)
}
