import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { Browser, clientId, clientSecret, startProvider } from '../testing/sign-in-provider.ts'
import { bareId } from './bare-id.ts'
import { sealOf } from './sign-in/seal.ts'
import { changeOrg } from './store/change-org.ts'
import { setIdentity } from './store/identities.ts'
import { consoleOf, type HubWorld, hubWorld } from './testing/hub-world.ts'
import { person } from './testing/small-company.ts'

const lines: string[] = []
let world: HubWorld
let provider: Awaited<ReturnType<typeof startProvider>>
before(async () => {
  provider = await startProvider({
    anna: { email: 'Anna@Example.com', isVerified: true },
    boris: { email: 'boris@example.com', isVerified: false },
    fired: { email: 'fired@example.com', isVerified: true },
    stranger: { email: 'stranger@example.com', isVerified: true },
  })
  const { issuer } = provider
  world = await hubWorld(undefined, {
    log: line => lines.push(line),
    signIn: { issuer, clientId, clientSecret, claim: 'email' },
  })
  for (const name of ['anna', 'boris', 'fired'])
    await setIdentity(world.hub.store, `${name}@example.com`, bareId('employee', name))
})
after(async () => {
  provider.close()
  await world.close()
})

const door = (query = '') => `${world.hub.url}/v1/sign-in${query}`
const tokensNow = async () =>
  (await world.hub.store.db.selectFrom('tokens').selectAll().execute()).length
const tokenIn = (text: string) => /nch_[0-9a-f]{12}_[\w-]{43}/.exec(text)?.[0]

test('while the provider is away nobody signs in, and the hub says it is slow', async () => {
  const { status } = await new Browser().go(door())
  assert.equal(status, 503)
  provider.serve(world.hub.url)
})

test('the hub says where a browser begins, to everybody who asks; without a provider, nowhere', async () => {
  const saidAt = async (url: string) =>
    Object(await (await fetch(`${url}/v1/health`)).json()).signIn as unknown
  assert.equal(await saidAt(world.hub.url), door())
  const plain = await hubWorld()
  assert.equal(await saidAt(plain.hub.url), null)
  await plain.close()
})

test('a person signs in with a browser and is shown a token that is theirs', async () => {
  const browser = new Browser()
  const back = await browser.comeBackAs('anna', door())
  const page = await browser.go(back)
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
  const token = tokenIn(page.text)
  const me = await consoleOf(world.hub.url, token ?? '').ask('GET', '/v1/me')
  assert.deepEqual([me.status, Object(me.body).employeeId], [200, 'anna'])
  assert.equal(browser.cookie(world.hub.url, 'nachalo-sign-in'), undefined)
  const row = await world.hub.store.db
    .selectFrom('audit')
    .selectAll()
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
  assert.deepEqual([row.actor, row.verb], ['employee:anna', 'createToken'])
})

const verifier = randomBytes(32).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')
const waiting = new URLSearchParams({
  redirect: 'http://127.0.0.1:7/signed-in',
  challenge,
  state: 'mine',
}).toString()

async function promised(account = 'anna'): Promise<URL> {
  const browser = new Browser()
  const { sentTo } = await browser.go(await browser.comeBackAs(account, door(`?${waiting}`)))
  assert.ok(sentTo)
  return new URL(sentTo)
}
const redeem = (code: string, proof = verifier) =>
  consoleOf(world.hub.url, '').ask('POST', '/v1/sign-in/token', { code, verifier: proof })

test('a console that waits on this machine gets a code, and changes it for a token once', async () => {
  const sentTo = await promised()
  assert.equal(sentTo.origin + sentTo.pathname, 'http://127.0.0.1:7/signed-in')
  assert.equal(sentTo.searchParams.get('state'), 'mine')
  assert.equal(tokenIn(sentTo.href), undefined)
  const code = sentTo.searchParams.get('code') ?? ''
  assert.equal((await redeem(code, 'x'.repeat(43))).status, 401, 'not the one that waits')
  const first = await redeem(code)
  assert.equal(first.status, 200)
  const me = await consoleOf(world.hub.url, Object(first.body).token).ask('GET', '/v1/me')
  assert.equal(Object(me.body).employeeId, 'anna')
  assert.equal((await redeem(code)).status, 401, 'once')
  assert.equal((await redeem(`${code.slice(0, -4)}AAAA`)).status, 401, 'forged')
})

test('a promise is kept for a minute, and not to somebody dismissed meanwhile', async () => {
  const [late, sad] = [await promised(), await promised()]
  world.clock.now += 61_000
  assert.equal((await redeem(late.searchParams.get('code') ?? '')).status, 401)
  world.clock.now -= 61_000
  await changeOrg(world.hub.store, { employees: [person('anna', { isDismissed: true })] })
  assert.equal((await redeem(sad.searchParams.get('code') ?? '')).status, 401)
  await changeOrg(world.hub.store, { employees: [person('anna')] })
})

/** A journey to the callback, spoilt on the way: the status and what the page says. */
async function spoilt(spoil: (browser: Browser, back: URL) => Promise<void> | void) {
  const browser = new Browser()
  const back = new URL(await browser.comeBackAs('anna', door()))
  const held = await tokensNow()
  await spoil(browser, back)
  const { status, text } = await browser.go(back.href)
  assert.equal(await tokensNow(), held, 'no token was made')
  return [status, /begun in another browser|did not answer as it should/.exec(text)?.[0]]
}
const lost = [403, 'begun in another browser']
const refusedByProvider = [403, 'did not answer as it should']
const cookieName = 'nachalo-sign-in'

test('a wrong state, no cookie, a forged one, an old one: nobody is let in', async () => {
  assert.deepEqual(await spoilt((_, back) => back.searchParams.set('state', 'other')), lost)
  assert.deepEqual(await spoilt(browser => browser.setCookie(world.hub.url, cookieName, '')), lost)
  assert.deepEqual(
    await spoilt(browser => {
      const cookie = browser.cookie(world.hub.url, cookieName) ?? ''
      browser.setCookie(world.hub.url, cookieName, `${cookie.slice(0, -4)}AAAA`)
    }),
    lost,
  )
  assert.deepEqual(
    await spoilt(() => {
      world.clock.now += 11 * 60_000
    }),
    lost,
  )
  world.clock.now -= 11 * 60_000
})

test("somebody else's way back in this browser: nobody is let in", async () => {
  const stranger = new Browser()
  const theirs = new URL(await stranger.comeBackAs('anna', door()))
  assert.deepEqual(
    await spoilt((_, back) => {
      back.search = theirs.search
    }),
    lost,
  )
  assert.deepEqual(
    await spoilt((_, back) => back.searchParams.set('code', theirs.searchParams.get('code') ?? '')),
    refusedByProvider,
  )
})

test('a wrong nonce, a wrong proof, a code of nobody: nobody is let in', async () => {
  const seal = await sealOf(world.hub.store)
  const reseal = (browser: Browser, secrets: object) => {
    const cookie = browser.cookie(world.hub.url, cookieName) ?? ''
    const journey = Object(seal.open('journey', cookie, z.looseObject({})))
    const other = { ...journey, secrets: { ...journey.secrets, ...secrets } }
    browser.setCookie(world.hub.url, cookieName, seal.close('journey', other))
  }
  assert.deepEqual(await spoilt(browser => reseal(browser, { nonce: 'other' })), refusedByProvider)
  assert.deepEqual(
    await spoilt(browser => reseal(browser, { verifier: 'v'.repeat(43) })),
    refusedByProvider,
  )
  assert.deepEqual(
    await spoilt((_, back) => back.searchParams.set('code', 'made up')),
    refusedByProvider,
  )
})

test('a code is good once, though browser and cookie are the right ones', async () => {
  const browser = new Browser()
  const back = await browser.comeBackAs('anna', door())
  const cookie = browser.cookie(world.hub.url, cookieName) ?? ''
  assert.equal((await browser.go(back)).status, 200)
  browser.setCookie(world.hub.url, cookieName, cookie)
  const held = await tokensNow()
  assert.equal((await browser.go(back)).status, 403)
  assert.equal(await tokensNow(), held)
})

test('unverified, unknown, dismissed: all three are refused in the same words', async () => {
  const said = new Set<string>()
  for (const account of ['boris', 'stranger', 'fired']) {
    const browser = new Browser()
    const page = await browser.go(await browser.comeBackAs(account, door()))
    assert.equal(page.status, 403, account)
    assert.equal(tokenIn(page.text), undefined)
    said.add(page.text)
  }
  assert.equal(said.size, 1)
  assert.match([...said][0] ?? '', /does not know this name/)
  assert.equal((await promised('stranger')).searchParams.get('error'), 'refused')
})

test('nobody is sent anywhere but to this machine', async () => {
  for (const redirect of [
    'https://example.com/',
    'http://127.0.0.1.example.com:1/',
    'http://127.0.0.1:1@example.com/',
    'http://127.0.0.1:80\\@example.com/',
    'http://localhost:1/',
    'javascript:alert(1)',
    '//example.com',
  ]) {
    const query = new URLSearchParams({ redirect, challenge, state: 'x' }).toString()
    assert.equal((await new Browser().go(door(`?${query}`))).status, 400, redirect)
  }
  assert.equal((await new Browser().go(door('?redirect=http://127.0.0.1:1/'))).status, 400)
})

test('nothing of it is in the log, and a hub without a provider has no such routes', async () => {
  const log = lines.join('\n')
  assert.match(log, /GET \/v1\/sign-in\/callback/)
  for (const secret of ['code=', 'state', 'nch_', 'example.com', clientSecret])
    assert.ok(!log.includes(secret), secret)
  const plain = await hubWorld()
  assert.equal((await fetch(`${plain.hub.url}/v1/sign-in`)).status, 404)
  await plain.close()
})
