import type { Actor } from './call.ts'
import type { Chance } from './chance.ts'
import type { Quirks } from './quirks.ts'
import type { Route } from './request.ts'
import { RestError } from './rest-error.ts'
import { type Params, paramOf, textOf } from './values.ts'
import type { World } from './world.ts'

export interface Webhook {
  readonly userId: number
  readonly secret: string
  /** null: everything. */
  readonly scopes: readonly string[] | null
}

interface Caller {
  readonly actor: Actor
  readonly payer: string
}

/** Webhooks, and who stands behind a request. */
export class Access {
  readonly #world: World
  readonly #chance: Chance
  readonly #quirks: () => Quirks
  readonly #webhooks: Webhook[] = []
  /** Finds the actor of an application's token; throws what is wrong with it. */
  actorOfToken: (token: string) => Actor = () => {
    throw new RestError(401, 'invalid_token', 'Unable to get application by token')
  }

  constructor(world: World, chance: Chance, quirks: () => Quirks) {
    this.#world = world
    this.#chance = chance
    this.#quirks = quirks
  }

  addWebhook(userId: number, scopes: readonly string[] | null): Webhook {
    const webhook = { userId, secret: this.#chance.secret(16), scopes }
    this.#webhooks.push(webhook)
    return webhook
  }

  /** A revoked webhook is as if it had never been. */
  removeWebhook(secret: string): void {
    const index = this.#webhooks.findIndex(each => each.secret === secret)
    if (index >= 0) this.#webhooks.splice(index, 1)
  }

  callerOf(route: Extract<Route, { kind: 'webhook' | 'app' }>, params: Params): Caller {
    if (!this.#quirks().hasRest)
      throw new RestError(403, 'ACCESS_DENIED', 'REST is available only on commercial plans.')
    const caller = route.kind === 'webhook' ? this.#byWebhook(route) : this.#byToken(params)
    if (this.#world.people.one(caller.actor.userId)?.isActive !== true)
      throw new RestError(401, 'authorization_error', 'Unable to authorize user')
    return caller
  }

  #byWebhook({ userId, secret }: Extract<Route, { kind: 'webhook' }>): Caller {
    const found = this.#webhooks.find(each => each.secret === secret && each.userId === userId)
    if (!found)
      throw new RestError(
        this.#quirks().badCredentialsStatus,
        'INVALID_CREDENTIALS',
        'Invalid request credentials',
      )
    const scopes = found.scopes === null ? null : new Set(found.scopes)
    return { actor: { userId, scopes, appId: '' }, payer: `webhook ${secret}` }
  }

  #byToken(params: Params): Caller {
    const token = textOf(paramOf(params, 'auth'))
    if (token === '') throw new RestError(401, 'NO_AUTH_FOUND', 'Wrong authorization data')
    const actor = this.actorOfToken(token)
    return { actor, payer: `app ${actor.appId}` }
  }
}
