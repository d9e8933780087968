import { AsyncEntry } from '@napi-rs/keyring'

/** What the keychain said of our one item. */
export type KeychainAnswer =
  | { readonly kind: 'ok'; readonly secret: Buffer }
  | { readonly kind: 'absent' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'unavailable' }

/** One secret of 32 bytes under a name. */
export interface Keychain {
  read(name: string): Promise<KeychainAnswer>
  /** False when it could not be stored, or is not there when read back. */
  write(name: string, secret: Buffer): Promise<boolean>
}

const service = 'nachalo'
const patienceMs = 5_000

// Pinned to the secret service: unpinned, the library falls back to the kernel's keyring, lost at reboot.
const entryOf = (name: string) =>
  new AsyncEntry(service, name, { linux: { store: 'secret-service' } })

const isLocked = (error: unknown) => /lock|dismiss|prompt|denied|cancel/i.test(String(error))

async function read(name: string): Promise<KeychainAnswer> {
  try {
    const stored = await entryOf(name).getPassword(AbortSignal.timeout(patienceMs))
    if (!stored) return { kind: 'absent' }
    const secret = Buffer.from(stored, 'base64')
    return secret.length === 32 ? { kind: 'ok', secret } : { kind: 'absent' }
  } catch (error) {
    return { kind: isLocked(error) ? 'locked' : 'unavailable' }
  }
}

async function write(name: string, secret: Buffer): Promise<boolean> {
  try {
    await entryOf(name).setPassword(secret.toString('base64'), AbortSignal.timeout(patienceMs))
    const back = await read(name)
    return back.kind === 'ok' && back.secret.equals(secret)
  } catch {
    return false
  }
}

/** The keychain of the operating system: Keychain, Credential Manager or the Secret Service. */
export const systemKeychain: Keychain = { read, write }
