import type { SignInOptions } from '../company.ts'
import { isLoopback } from '../http/options.ts'
import { Misused } from './command-line.ts'
import { type Desk, Stopped } from './desk.ts'
import { privateText } from './key-file.ts'

/** How people sign in, as typed; null: they do not. Throws `Stopped` with a sentence. */
export function signInOf({ line, t }: Desk): SignInOptions | null {
  const { issuer, clientId, clientSecretFile, claim, publicUrl } = line.signIn
  if (issuer === undefined && clientId === undefined && clientSecretFile === undefined) return null
  if (issuer === undefined) throw new Misused('--oidc-issuer')
  if (clientId === undefined) throw new Misused('--oidc-client-id')
  if (clientSecretFile === undefined) throw new Misused('--oidc-client-secret-file')
  if (!isSafe(issuer)) throw new Stopped(t('hubDatabase.signIn.badIssuer', { issuer }))
  if (publicUrl !== undefined && !isSafe(publicUrl)) throw new Misused('--public-url')
  const clientSecret = privateText(clientSecretFile)
  if (!clientSecret)
    throw new Stopped(t('hubDatabase.signIn.secretFile', { path: clientSecretFile }))
  return {
    issuer,
    clientId,
    clientSecret,
    claim,
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.replace(/\/+$/, '') }),
  }
}

function isSafe(text: string): boolean {
  const address = URL.parse(text)
  if (address?.protocol === 'https:') return true
  return address?.protocol === 'http:' && isLoopback(address.hostname)
}
