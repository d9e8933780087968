import { randomBytes, randomUUID } from 'node:crypto'
import { readKeyFile } from './key-file.ts'
import { systemKeychain, type Keychain } from './keychain.ts'
import { KeysBroken, readKeys, writeKeys, type Keys } from './keys-json.ts'
import { checkValueOf, newStretch, stretched, unwrap, wrap } from './wrap.ts'

export type KeyHolder = 'keychain' | 'passphrase' | 'file'

/**
 * The data key, or what stands in the way. `passphraseNeeded`: `isNew` — one is to be chosen now;
 * `isWrong` — the one given does not open. `failed`: nothing the head types here can help.
 */
export type KeyAnswer =
  | { readonly kind: 'ok'; readonly key: Buffer; readonly holder: KeyHolder }
  | {
      readonly kind: 'passphraseNeeded'
      readonly isNew: boolean
      readonly isWrong: boolean
      readonly reason: 'noKeychain' | 'keychainLocked' | 'keychainForeign' | 'chosen'
    }
  | {
      readonly kind: 'failed'
      readonly reason:
        | 'keysBroken'
        | 'keyFileMissing'
        | 'keyFileOpen'
        | 'keyFileShort'
        | 'keyFileForeign'
    }

export interface KeySources {
  /** The data folder: `keys.json` lies in it. */
  readonly folder: string
  readonly keyFile?: string | undefined
  readonly keychain?: Keychain
  readonly passphrase?: string | undefined
}

/**
 * One data key for the whole data folder, made once and closed under the keychain, a passphrase
 * or a key file. Fails closed: it never falls back to an unencrypted key.
 */
export async function dataKey(sources: KeySources): Promise<KeyAnswer> {
  let keys: Keys | null
  try {
    keys = readKeys(sources.folder)
  } catch (error) {
    if (error instanceof KeysBroken) return { kind: 'failed', reason: 'keysBroken' }
    throw error
  }
  if (sources.keyFile) return byKeyFile(sources.folder, sources.keyFile, keys)
  return byKeychain(sources, keys)
}

function byKeyFile(folder: string, path: string, keys: Keys | null): KeyAnswer {
  const file = readKeyFile(path)
  if (file.kind !== 'ok') return { kind: 'failed', reason: file.kind }
  if (!keys) return made(folder, 'file', key => ({ holder: 'file', ...wrap(key, file.secret) }))
  const key = opened(keys, file.secret, ['file'])
  return key ? { kind: 'ok', key, holder: 'file' } : { kind: 'failed', reason: 'keyFileForeign' }
}

async function byKeychain(sources: KeySources, keys: Keys | null): Promise<KeyAnswer> {
  const keychain = sources.keychain ?? systemKeychain
  if (keys && !keys.wraps.some(each => each.holder === 'keychain'))
    return byPassphrase(sources, keys, 'chosen')
  if (!keys) return newUnderKeychain(sources, keychain)
  const answer = await keychain.read(keys.keyId)
  const key = answer.kind === 'ok' ? opened(keys, answer.secret, ['keychain']) : null
  if (key) return { kind: 'ok', key, holder: 'keychain' }
  const reason = {
    ok: 'keychainForeign',
    absent: 'keychainForeign',
    locked: 'keychainLocked',
    unavailable: 'noKeychain',
  } as const
  return byPassphrase(sources, keys, reason[answer.kind])
}

async function newUnderKeychain(sources: KeySources, keychain: Keychain): Promise<KeyAnswer> {
  const keyId = randomUUID()
  const secret = randomBytes(32)
  const isStored =
    (await keychain.read(keyId)).kind === 'absent' && (await keychain.write(keyId, secret))
  if (!isStored) return byPassphrase(sources, null, 'noKeychain')
  return made(
    sources.folder,
    'keychain',
    key => ({ holder: 'keychain', ...wrap(key, secret) }),
    keyId,
  )
}

type Reason = Extract<KeyAnswer, { kind: 'passphraseNeeded' }>['reason']

async function byPassphrase(
  { folder, passphrase }: KeySources,
  keys: Keys | null,
  reason: Reason,
): Promise<KeyAnswer> {
  if (!passphrase) return { kind: 'passphraseNeeded', isNew: !keys, isWrong: false, reason }
  if (!keys) {
    const stretch = newStretch()
    const under = await stretched(passphrase, stretch)
    return made(folder, 'passphrase', key => ({
      holder: 'passphrase',
      ...wrap(key, under),
      stretch,
    }))
  }
  const key = await openedByPassphrase(keys, passphrase)
  if (!key) return { kind: 'passphraseNeeded', isNew: false, isWrong: true, reason }
  return { kind: 'ok', key, holder: 'passphrase' }
}

async function openedByPassphrase(keys: Keys, passphrase: string): Promise<Buffer | null> {
  for (const each of keys.wraps) {
    if (each.holder !== 'passphrase' && each.holder !== 'recovery') continue
    const typed = each.holder === 'recovery' ? plainCode(passphrase) : passphrase
    const key = unwrap(each, await stretched(typed, each.stretch))
    if (key && checkValueOf(key) === keys.check) return key
  }
  return null
}

function opened(keys: Keys, under: Buffer, holders: readonly string[]): Buffer | null {
  for (const each of keys.wraps) {
    const key = holders.includes(each.holder) ? unwrap(each, under) : null
    if (key && checkValueOf(key) === keys.check) return key
  }
  return null
}

function made(
  folder: string,
  holder: KeyHolder,
  wrapOf: (key: Buffer) => Keys['wraps'][number],
  keyId: string = randomUUID(),
): KeyAnswer {
  const key = randomBytes(32)
  writeKeys(folder, { v: 1, keyId, check: checkValueOf(key), wraps: [wrapOf(key)] })
  return { kind: 'ok', key, holder }
}

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const plainCode = (code: string) => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

/** A new recovery code (100 bits, shown once): it opens the data when the keychain is lost; an older one no longer does. */
export async function newRecoveryCode(folder: string, key: Buffer): Promise<string> {
  const keys = readKeys(folder)
  if (!keys || checkValueOf(key) !== keys.check)
    throw new Error('the open key is not the key of this folder')
  const letters = Array.from(randomBytes(20), byte => alphabet[byte % alphabet.length]).join('')
  const stretch = newStretch()
  const under = await stretched(letters, stretch)
  const others = keys.wraps.filter(each => each.holder !== 'recovery')
  writeKeys(folder, {
    ...keys,
    wraps: [...others, { holder: 'recovery', ...wrap(key, under), stretch }],
  })
  return letters.match(/.{5}/g)?.join('-') ?? letters
}
