/** A real OpenID Connect provider on this machine, and a browser that follows where it is sent. */
import { createServer, type RequestListener } from 'node:http'
import { Provider } from 'oidc-provider'

/** Whoever signs in, as the provider knows them. */
export interface Account {
  readonly email: string
  readonly isVerified: boolean
}

export const clientId = 'nachalo-hub'
export const clientSecret = 'a secret between the hub and its provider'

/** Listens at once, so that its address is known; serves when it has been told of the hub. */
export async function startProvider(accounts: Readonly<Record<string, Account>>) {
  let answer: RequestListener = (_, response) => void response.writeHead(503).end()
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const bound = server.address()
  const issuer = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`
  return {
    issuer,
    serve(hubUrl: string, secret = clientSecret) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: clientId,
            client_secret: secret,
            redirect_uris: [`${hubUrl}/v1/sign-in/callback`],
          },
        ],
        cookies: { keys: ['only for tests'] },
        claims: { email: ['email', 'email_verified'] },
        pkce: { required: () => true },
        findAccount: (_, accountId) => ({
          accountId,
          claims: () => ({
            sub: accountId,
            email: accounts[accountId]?.email,
            email_verified: accounts[accountId]?.isVerified,
          }),
        }),
      })
      answer = provider.callback()
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Keeps cookies by origin and goes where it is sent, as far as `isEnd` does not hold it. */
export class Browser {
  readonly #jar = new Map<string, Map<string, string>>()

  async go(address: string, form?: Readonly<Record<string, string>>) {
    const { origin } = new URL(address)
    const cookies = this.#jar.get(origin) ?? new Map<string, string>()
    this.#jar.set(origin, cookies)
    const response = await fetch(address, {
      redirect: 'manual',
      headers: {
        'accept-language': 'en',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location')
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      sentTo: location === null ? null : new URL(location, address).href,
    }
  }

  /** Signs in as somebody, from the hub's door to where the provider sends back to. */
  async comeBackAs(account: string, door: string): Promise<string> {
    let next = (await this.go(door)).sentTo
    for (let steps = 0; next !== null && steps < 20; steps += 1) {
      const { pathname } = new URL(next)
      if (pathname.endsWith('/v1/sign-in/callback')) return next
      const page = await this.go(next)
      const [, prompt] = /name="prompt" value="(\w+)"/.exec(page.text) ?? []
      const [, action] = /<form[^>]*action="([^"]+)"/.exec(page.text) ?? []
      next =
        page.sentTo ??
        (
          await this.go(new URL(action ?? '', next).href, {
            prompt: prompt ?? '',
            login: account,
            password: 'any',
          })
        ).sentTo
    }
    throw new Error('the provider sent nobody back')
  }

  cookie(origin: string, name: string): string | undefined {
    return this.#jar.get(origin)?.get(name)
  }

  setCookie(origin: string, name: string, value: string): void {
    this.#jar.get(origin)?.set(name, value)
  }
}
