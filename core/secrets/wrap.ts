import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'

/** A data key closed under a key-encryption key by AES-256-GCM; all fields base64. */
export interface Wrapped {
  readonly nonce: string
  readonly data: string
  readonly tag: string
}

/** How a passphrase becomes a key: argon2id with its salt and costs, kept beside the wrap. */
export interface Stretch {
  readonly salt: string
  readonly memoryKb: number
  readonly passes: number
}

export const newStretch = (): Stretch => ({
  salt: randomBytes(16).toString('base64'),
  memoryKb: 65_536,
  passes: 3,
})

/** 32 bytes from a passphrase; takes about a tenth of a second by design. */
export const stretched = (
  passphrase: string,
  { salt, memoryKb, passes }: Stretch,
): Promise<Buffer> =>
  hashRaw(passphrase.normalize('NFKC'), {
    algorithm: 2,
    salt: Buffer.from(salt, 'base64'),
    memoryCost: memoryKb,
    timeCost: passes,
    outputLen: 32,
  })

export function wrap(key: Buffer, under: Buffer): Wrapped {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', under, nonce)
  const data = Buffer.concat([cipher.update(key), cipher.final()])
  return {
    nonce: nonce.toString('base64'),
    data: data.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
}

/** The data key, or null when `under` is not the key it was closed with. */
export function unwrap({ nonce, data, tag }: Wrapped, under: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', under, Buffer.from(nonce, 'base64'))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  try {
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()])
  } catch {
    return null
  }
}

/** Tells «wrong key» from «damaged file» without touching a database. */
export const checkValueOf = (key: Buffer): string =>
  createHmac('sha256', key).update('check').digest('base64')
