import type { Actor } from './call.ts'
import type { Chance } from './chance.ts'
import { html, json, redirect, refusal, type Reply } from './reply.ts'
import { RestError } from './rest-error.ts'
import { type Params, textOf } from './values.ts'
import type { World } from './world.ts'

/** An application of the portal; where a browser goes back to stands in its card (bitrix24.md 1.2). */
export interface App {
  readonly clientId: string
  readonly secret: string
  readonly redirect: string
  readonly scopes: readonly string[]
}

interface Grant {
  readonly clientId: string
  readonly userId: number
  /** Of the portal's clock. */
  readonly until: number
}

interface Places {
  readonly portal: string
  readonly oauth: string
}

const codeMs = 30_000
const accessMs = 3_600_000
const refreshMs = 180 * 86_400_000

/** Authorisation by code, tokens of an hour, refresh tokens that change at every use. */
export class OAuth {
  readonly #world: World
  readonly #chance: Chance
  readonly #memberId: string
  readonly #apps = new Map<string, App>()
  readonly #codes = new Map<string, Grant>()
  readonly #access = new Map<string, Grant>()
  readonly #refresh = new Map<string, Grant>()

  constructor(world: World, chance: Chance, memberId: string) {
    this.#world = world
    this.#chance = chance
    this.#memberId = memberId
  }

  addApp(draft: Omit<App, 'clientId' | 'secret'>): App {
    const clientId = `local.${this.#chance.secret(14)}.${this.#chance.between(10, 99)}`
    const app = { clientId, secret: this.#chance.secret(50), ...draft }
    this.#apps.set(clientId, app)
    return app
  }

  removeApp(clientId: string): void {
    this.#apps.delete(clientId)
  }

  /** Whose token it is; throws what the portal says of a bad one (bitrix24.md 7). */
  actorOf(token: string): Actor {
    const grant = this.#access.get(token)
    const app = grant && this.#apps.get(grant.clientId)
    if (!grant) throw new RestError(401, 'invalid_token', 'Unable to get application by token')
    if (!app) throw new RestError(401, 'APPLICATION_NOT_FOUND', 'Application not found')
    if (grant.until <= this.#world.time.now())
      throw new RestError(401, 'expired_token', 'The access token provided has expired.')
    return { userId: grant.userId, scopes: new Set(app.scopes), appId: app.clientId }
  }

  /**
   * The page of the portal: who are you? With `user` it sends the browser on. An unknown
   * application gets a page of the portal's own and never a redirect (bitrix24.md 1.2).
   */
  authorize(url: URL, places: Places): Reply {
    const app = this.#apps.get(url.searchParams.get('client_id') ?? '')
    if (!app) return html(200, '<!DOCTYPE html><html><body>Application not found</body></html>')
    const userId = Number(url.searchParams.get('user') ?? '')
    if (this.#world.people.one(userId)?.isActive !== true) return this.#signInPage(url)
    const code = this.#chance.secret(32)
    const until = this.#world.time.now() + codeMs
    this.#codes.set(code, { clientId: app.clientId, userId, until })
    const back = new URL(app.redirect)
    const told = {
      code,
      state: url.searchParams.get('state') ?? '',
      domain: new URL(places.portal).host,
      member_id: this.#memberId,
      scope: app.scopes.join(','),
      server_domain: new URL(places.oauth).host,
    }
    for (const [name, value] of Object.entries(told)) back.searchParams.set(name, value)
    return redirect(back.href)
  }

  #signInPage(url: URL): Reply {
    const links = this.#world.people
      .all()
      .filter(person => person.isActive)
      .map(({ id, name, lastName }) => {
        const query = new URLSearchParams(url.search)
        query.set('user', String(id))
        const href = query.toString().replaceAll('&', '&amp;')
        return `<li><a href="?${href}">${name} ${lastName}</a></li>`
      })
    return html(
      200,
      `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bitrix24</title></head><body><ul>${links.join('')}</ul></body></html>`,
    )
  }

  /** Codes and refresh tokens against new tokens; statuses as in bitrix24.md 11.6. */
  token(params: Params, places: Places): Reply {
    const app = this.#apps.get(textOf(params['client_id']))
    if (!app) return refusal(200, 'wrong_client', 'Wrong client')
    if (textOf(params['client_secret']) !== app.secret)
      return refusal(400, 'invalid_client', 'Invalid client')
    const type = textOf(params['grant_type'])
    if (type === 'authorization_code')
      return this.#exchanged(this.#codes, textOf(params['code']), app, places)
    if (type === 'refresh_token')
      return this.#exchanged(this.#refresh, textOf(params['refresh_token']), app, places)
    return refusal(400, 'invalid_request', 'Invalid request')
  }

  /** What is exchanged is used up: an old refresh token is dead. */
  #exchanged(from: Map<string, Grant>, key: string, app: App, places: Places): Reply {
    const grant = from.get(key)
    const now = this.#world.time.now()
    from.delete(key)
    if (!grant || grant.clientId !== app.clientId || grant.until <= now)
      return refusal(400, 'invalid_grant', 'Invalid grant')
    if (this.#world.people.one(grant.userId)?.isActive !== true)
      return refusal(400, 'invalid_grant', 'Invalid grant')
    const accessToken = this.#chance.secret(70)
    const refreshToken = this.#chance.secret(70)
    this.#access.set(accessToken, { ...grant, until: now + accessMs })
    this.#refresh.set(refreshToken, { ...grant, until: now + refreshMs })
    return json(200, {
      access_token: accessToken,
      client_endpoint: `${places.portal}/rest/`,
      domain: new URL(places.oauth).host,
      expires: Math.floor((now + accessMs) / 1000),
      expires_in: accessMs / 1000,
      member_id: this.#memberId,
      refresh_token: refreshToken,
      scope: app.scopes.join(','),
      server_endpoint: `${places.oauth}/rest/`,
      status: 'L',
      user_id: grant.userId,
    })
  }
}
