/** The access in use and everything that must not be seen; a new one is stored before it is used. */
import { BackendError } from '../errors.ts'
import { secretsOf } from './access.ts'
import type { Access, OAuthAccess } from './shapes.ts'

/** Old tokens are worth hiding as long as somebody may repeat them. */
const mostSecrets = 30

export class Keeper {
  /** Tokens the portal has given and the disk has not taken: the old ones are worth nothing now. */
  unstored: OAuthAccess | null = null
  readonly #store: (access: Access) => void
  readonly #errands = new Map<string, Promise<void>>()
  #current: Access
  #secrets: readonly string[]

  constructor(access: Access, store: (access: Access) => void) {
    this.#current = access
    this.#store = store
    this.#secrets = secretsOf(access)
  }

  get current(): Access {
    return this.#current
  }

  get secrets(): readonly string[] {
    return this.#secrets
  }

  /** From now on nothing of it appears in a message. */
  hide(access: Access): void {
    this.#secrets = [...new Set([...secretsOf(access), ...this.#secrets])].slice(0, mostSecrets)
  }

  /** Throws `busy` when it could not be stored: then nothing is changed, and nothing was sent. */
  keep(next: Access): void {
    try {
      this.#store(next)
    } catch {
      // What was thrown may quote what was to be stored.
      throw new BackendError('busy', 'the new access was not stored', { code: 'internal' })
    }
    this.#current = next
  }

  /** One errand of a name at a time; who stops waiting does not stop it for the others. */
  once(name: string, signal: AbortSignal, act: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(new BackendError('offline', 'stopped'))
      if (signal.aborted) return stop()
      const running = this.#errands.get(name) ?? this.#begin(name, act)
      signal.addEventListener('abort', stop, { once: true })
      void running.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
    })
  }

  #begin(name: string, act: () => Promise<void>): Promise<void> {
    const errand = act().finally(() => this.#errands.delete(name))
    this.#errands.set(name, errand)
    return errand
  }
}
