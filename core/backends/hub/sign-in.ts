import {
  healthResponseSchema,
  protocolVersion,
  signInTokenResponseSchema,
} from '../../hub/protocol.ts'
import { BackendError } from '../errors.ts'
import { askOver } from './client.ts'
import { hubAddressOf, hubTimeouts, openTransport } from './http.ts'

/** A hub as somebody meets it who has no token yet; everything may throw BackendError. */
export interface HubEntrance {
  /** Where a browser begins to sign somebody in; null: this hub wants a token. */
  signInAt(signal: AbortSignal): Promise<URL | null>
  /** The token for a one-time code, given to whoever knows what its challenge followed from. */
  redeem(code: string, verifier: string, signal: AbortSignal): Promise<string>
  close(): void
}

/** `url` as typed by a person; throws BackendError on a bad one. */
export function openEntrance(url: string): HubEntrance {
  const transport = openTransport(hubAddressOf(url), null, hubTimeouts)
  const ask = askOver(transport, hubTimeouts)
  return {
    async signInAt(signal) {
      const question = { method: 'GET', path: '/v1/health', signal } as const
      const { protocol, signIn = null } = await ask(question, healthResponseSchema)
      if (protocol !== protocolVersion)
        throw new BackendError('broken', `the hub speaks protocol ${protocol}`, {
          code: 'otherProtocol',
        })
      // What it says is opened in a browser: no less is asked of it than of an address that was typed.
      return signIn === null ? null : hubAddressOf(signIn)
    },
    async redeem(code, verifier, signal) {
      const body = { code, verifier }
      const question = { method: 'POST', path: '/v1/sign-in/token', body, signal } as const
      return (await ask(question, signInTokenResponseSchema)).token
    },
    close: () => transport.close(),
  }
}
