import type { Quirks } from './quirks.ts'
import { RestError } from './rest-error.ts'
import type { Author, Item, Person } from './rows.ts'
import type { Row, Table, View } from './table.ts'
import type { Params } from './values.ts'
import type { World } from './world.ts'

/** In whose name a request comes, and by which way. */
export interface Actor {
  readonly userId: number
  /** null: every scope. */
  readonly scopes: ReadonlySet<string> | null
  /** Empty for a webhook. */
  readonly appId: string
}

/** One method call, alone or inside a batch. */
export interface Call {
  readonly world: World
  readonly quirks: Quirks
  readonly actor: Actor
  /** In lower case, but for `tasks.flow.Flow.*` (bitrix24.md 11.12). */
  readonly method: string
  readonly params: Params
  /** A stale read sees the portal as it was at this moment. */
  readonly readAt: number | null
  /** Stable identity of the portal (bitrix24.md 1.2). */
  readonly memberId: string
}

export interface Answer {
  readonly result: unknown
  readonly total?: number | undefined
  readonly next?: number | undefined
}

export interface Method {
  /** Empty: always allowed (bitrix24.md 1.3). */
  readonly scope: string
  readonly isWrite?: boolean
  /** Webhooks are refused, in the manner of telephony or of the application context. */
  readonly appOnly?: 'telephony' | 'context'
  run(call: Call): Answer
}
export type Methods = Readonly<Record<string, Method>>

export const authorOf = (call: Call): Author => ({
  userId: call.actor.userId,
  via: 'rest',
  method: call.method,
})

export const viewOf = <Kind extends Row>(call: Call, table: Table<Kind>): View<Kind> =>
  call.readAt === null ? table : table.asOf(call.readAt)

export function callerOf(call: Call): Person {
  const person = call.world.people.one(call.actor.userId)
  if (!person) throw new RestError(401, 'authorization_error', 'Unable to authorize user')
  return person
}

/** An employee sees his own, a head those of own and lower departments, an administrator all. */
export function mayTouch(call: Call, item: Item): boolean {
  return isOver(call, call.world.ownerOf(item))
}

export function isOver(call: Call, userId: number): boolean {
  if (call.quirks.rights === 'all' || callerOf(call).isAdmin) return true
  return call.world.under(call.actor.userId).has(userId)
}
