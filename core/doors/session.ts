import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

/**
 * Who may speak to the browser door: a one-time token of the printed address is traded for a
 * session that lives as long as the core.
 */
export interface Sessions {
  /** A token that opens one session once. */
  newToken(): string
  /** The session for a token, or null when it was used already or never given out. */
  trade(token: string): string | null
  isOpen(session: string | null): boolean
}

export function createSessions(): Sessions {
  const tokens = new Set<string>()
  const session = randomBytes(32).toString('base64url')
  return {
    newToken() {
      const token = randomBytes(24).toString('base64url')
      tokens.add(token)
      return token
    },
    trade(token) {
      const found = [...tokens].find(each => isSame(each, token))
      if (!found) return null
      tokens.delete(found)
      return session
    },
    isOpen: offered => offered !== null && isSame(offered, session),
  }
}

/** The value of one cookie of a `Cookie` header. */
export function cookieOf(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}
