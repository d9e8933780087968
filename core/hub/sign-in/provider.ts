import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { SignInOptions } from '../company.ts'
import { isLoopback } from '../http/options.ts'

/** What only the hub knows of a sign-in on its way. */
export interface Secrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** The company's sign-in provider. */
export interface Provider {
  /** Where the browser is sent, and what must come back. */
  begin(callback: string): Promise<{ readonly url: string; readonly secrets: Secrets }>
  /** Who came back: the value of the claim; null: it is missing or not verified. Throws when anything does not fit. */
  finish(cameTo: URL, secrets: Secrets): Promise<string | null>
}

const timeoutSeconds = 5

/** Asks the provider about itself when it is first needed: a hub starts without it. */
export function providerOf(options: SignInOptions): Provider {
  let known: Promise<Configuration> | null = null
  const configuration = () =>
    (known ??= discovered(options).catch(error => {
      known = null
      throw error
    }))
  return {
    begin: async callback => {
      const secrets = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
      }
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        response_type: 'code',
        scope: options.claim === 'email' ? 'openid email' : 'openid email profile',
        code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
        state: secrets.state,
        nonce: secrets.nonce,
      })
      return { url: url.href, secrets }
    },
    finish: async (cameTo, { state, nonce, verifier }) => {
      const config = await configuration()
      const tokens = await authorizationCodeGrant(config, cameTo, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const told = tokens.claims()
      if (!told) return null
      if (told[options.claim] !== undefined) return claimOf(told, options.claim)
      const more = await fetchUserInfo(config, tokens.access_token, told.sub)
      return claimOf(more, options.claim)
    },
  }
}

async function discovered({
  issuer,
  clientId,
  clientSecret,
}: SignInOptions): Promise<Configuration> {
  const address = new URL(issuer)
  const config = await discovery(address, clientId, undefined, ClientSecretBasic(clientSecret), {
    timeout: timeoutSeconds,
    execute: isLoopback(address.hostname) ? [allowInsecureRequests] : [],
  })
  // Whoever could bend the way to the provider still has not its key.
  enableNonRepudiationChecks(config)
  return config
}

function claimOf(claims: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = claims[name]
  if (typeof value !== 'string' || value === '') return null
  return name === 'email' && claims['email_verified'] !== true ? null : value
}
