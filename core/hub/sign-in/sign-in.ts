import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { bareId } from '../bare-id.ts'
import type { SignInOptions } from '../company.ts'
import type { HubStore } from '../store/hub-store.ts'
import { whoIs } from '../store/identities.ts'
import { createToken, usualScopes } from '../store/tokens.ts'
import { providerOf } from './provider.ts'
import { sealOf } from './seal.ts'

const dayMs = 24 * 3_600_000
const tokenDays = 30
/** How long somebody may take at the provider, and a console to fetch what it was promised. */
const patienceMs = 10 * 60_000
const promiseMs = 60_000

/** Where a console waits for its person, and what proves afterwards that it is the one that waits. */
export const waitingSchema = z.strictObject({
  redirect: z.string(),
  challenge: z.string(),
  state: z.string(),
})
export type Waiting = z.infer<typeof waitingSchema>

const journeySchema = z.strictObject({
  secrets: z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  waiting: z.nullable(waitingSchema),
  at: z.number(),
})
const promiseSchema = z.strictObject({
  id: z.string(),
  employeeId: z.string(),
  challenge: z.string(),
  at: z.number(),
})

/** Why nobody was let in; `refused` says nothing of who is known here. */
export class SignInRefusal extends Error {
  readonly code: 'lost' | 'provider' | 'refused'
  /** The console that waits, to be told; null: none does. */
  readonly waiting: Waiting | null
  constructor(code: SignInRefusal['code'], waiting: Waiting | null) {
    super(code)
    this.name = 'SignInRefusal'
    this.code = code
    this.waiting = waiting
  }
}

/** What came of it: a token to show, or an address of the console that waits. */
export type Signed = { readonly token: string } | { readonly sendTo: string }

export interface SignIn {
  /** Where to send the browser, and what its cookie must keep. */
  begin(callback: string, waiting: Waiting | null): Promise<{ url: string; cookie: string }>
  /** The browser came back. Throws `SignInRefusal`. */
  finish(cameTo: URL, cookie: string | null): Promise<Signed>
  /** The console that waited proves itself; null: it does not, is late, or has been here before. */
  redeem(code: string, verifier: string): Promise<string | null>
}

/** Signs people in at the provider and gives them tokens of this hub. */
export async function signInOver(store: HubStore, options: SignInOptions): Promise<SignIn> {
  const seal = await sealOf(store)
  const provider = providerOf(options)
  return {
    begin: async (callback, waiting) => {
      const { url, secrets } = await provider.begin(callback)
      return { url, cookie: seal.close('journey', { secrets, waiting, at: store.now() }) }
    },
    finish: async (cameTo, cookie) => {
      const journey = cookie === null ? null : seal.open('journey', cookie, journeySchema)
      if (!journey || !isWithin(store, journey.at, patienceMs))
        throw new SignInRefusal('lost', null)
      const { secrets, waiting } = journey
      if (cameTo.searchParams.get('state') !== secrets.state) throw new SignInRefusal('lost', null)
      const claim = await provider.finish(cameTo, secrets).catch(() => {
        throw new SignInRefusal('provider', waiting)
      })
      const employeeId = claim === null ? null : await workingPerson(store, claim)
      if (employeeId === null) throw new SignInRefusal('refused', waiting)
      if (!waiting) return { token: await tokenFor(store, employeeId) }
      const promised = {
        id: randomUUID(),
        employeeId,
        challenge: waiting.challenge,
        at: store.now(),
      }
      return { sendTo: answerTo(waiting, 'code', seal.close('promise', promised)) }
    },
    redeem: async (code, verifier) => {
      const promised = seal.open('promise', code, promiseSchema)
      if (!promised || !isWithin(store, promised.at, promiseMs)) return null
      if (!isChallengeOf(promised.challenge, verifier)) return null
      if (!(await isFirst(store, promised.id))) return null
      const { index } = await store.world()
      const employeeId = bareId('employee', promised.employeeId)
      if (index.employeeById.get(employeeId)?.isDismissed !== false) return null
      return tokenFor(store, employeeId)
    },
  }
}

/** The address of the console that waits, with what it is told. */
export function answerTo(
  { redirect, state }: Waiting,
  name: 'code' | 'error',
  value: string,
): string {
  const address = new URL(redirect)
  address.searchParams.set(name, value)
  address.searchParams.set('state', state)
  return address.href
}

const isWithin = (store: HubStore, at: number, ms: number): boolean =>
  Math.abs(store.now() - at) <= ms

async function workingPerson(store: HubStore, claim: string): Promise<string | null> {
  const employeeId = await whoIs(store.db, claim)
  if (employeeId === null) return null
  const { index } = await store.world()
  return index.employeeById.get(employeeId)?.isDismissed === false ? employeeId : null
}

async function tokenFor(store: HubStore, employee: string): Promise<string> {
  const { token } = await createToken(store, {
    employeeId: bareId('employee', employee),
    role: 'person',
    scopes: usualScopes.person,
    label: 'sign-in',
    expiresAt: store.now() + tokenDays * dayMs,
    actor: `employee:${employee}`,
  })
  return token
}

function isChallengeOf(challenge: string, verifier: string): boolean {
  const [given, kept] = [
    createHash('sha256').update(verifier).digest(),
    Buffer.from(challenge, 'base64url'),
  ]
  return given.length === kept.length && timingSafeEqual(given, kept)
}

/** A promise is kept once, whichever process is asked. */
function isFirst(store: HubStore, id: string): Promise<boolean> {
  return store.write(async ({ trx, at }) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('applied')
      .values({ id: `sign-in ${id}`, contentHash: '', outcome: '{}', at })
      .onConflict(same => same.column('id').doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  })
}
