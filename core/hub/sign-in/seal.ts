import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { HubStore } from '../store/hub-store.ts'

const ivBytes = 12
const tagBytes = 16

/** Puts what only this hub may read or write into text that others carry: whichever of its processes opens it. */
export interface Seal {
  /** `use` keeps one kind of letter from being taken for another. */
  close(use: string, content: unknown): string
  /** null: not sealed by this hub for this use, or not of the shape. */
  open<T>(use: string, text: string, shape: z.ZodType<T>): T | null
}

/** A seal under a key that follows from the hub's own, the same in all its processes. */
export async function sealOf({ db }: HubStore): Promise<Seal> {
  const { value } = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'auditKey')
    .executeTakeFirstOrThrow()
  const key = Buffer.from(hkdfSync('sha256', value, '', 'nachalo sign-in', 32))
  return {
    close: (use, content) => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(use))
      const body = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open: (use, text, shape) => {
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length < ivBytes + tagBytes) return null
      const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(use))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      try {
        const body = Buffer.concat([
          opener.update(bytes.subarray(ivBytes + tagBytes)),
          opener.final(),
        ])
        return shape.safeParse(JSON.parse(body.toString())).data ?? null
      } catch {
        // Forged, cut short or of another hub: all the same to whoever asks.
        return null
      }
    },
  }
}
