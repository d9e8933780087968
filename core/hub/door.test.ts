import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { usualLimits } from './http/flood.ts'
import { isLoopback } from './http/options.ts'
import { HubRefusal, startHub } from './server.ts'
import { type Console, consoleOf, type HubWorld, hubWorld } from './testing/hub-world.ts'

let world: HubWorld
let guarded: HubWorld
let anna: Console
before(async () => {
  world = await hubWorld()
  guarded = await hubWorld(undefined, { limits: usualLimits })
  anna = await world.as('anna')
})
after(() => Promise.all([world.close(), guarded.close()]))

const wrongToken = () =>
  `nch_${Math.random().toString(16).slice(2, 14).padEnd(12, '0')}_${'A'.repeat(43)}`

test('40 wrong tokens: 20 are told so, then the address waits; a good token from there goes on', async () => {
  const good = await guarded.as('anna')
  const statuses: number[] = []
  for (let turn = 0; turn < 40; turn += 1)
    statuses.push(
      (await consoleOf(guarded.hub.url, turn % 2 ? wrongToken() : 'rubbish').ask('GET', '/v1/me'))
        .status,
    )
  assert.deepEqual(statuses, [...Array(20).fill(401), ...Array(20).fill(429)])
  assert.equal((await good.ask('GET', '/v1/me')).status, 200)
})

test('a wrong secret behind a known name locks that name alone, and the answer says for how long', async () => {
  const [vera, boris] = [await guarded.as('vera'), await guarded.as('boris')]
  const forged = consoleOf(guarded.hub.url, `${vera.token.slice(0, -4)}AAAA`)
  for (let turn = 0; turn < 20; turn += 1)
    assert.equal((await forged.ask('GET', '/v1/me')).status, 401)
  const locked = await forged.ask('GET', '/v1/me')
  assert.equal(locked.status, 429)
  assert.ok(Number(locked.headers.get('retry-after')) > 0)
  assert.ok(Object(locked.body).retryAfterMs > 0)
  assert.equal((await boris.ask('GET', '/v1/me')).status, 200)
})

test('600 requests a minute for a token, then 429; another token goes on', async () => {
  const [busy, calm] = [await guarded.as('gleb'), await guarded.as('zoya')]
  const statuses = new Map<number, number>()
  for (let round = 0; round < 13; round += 1)
    for (const { status } of await Promise.all(
      Array.from({ length: 50 }, () => busy.ask('GET', '/v1/me')),
    ))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
  assert.deepEqual(
    [...statuses].toSorted(([a], [b]) => a - b),
    [
      [200, 600],
      [429, 50],
    ],
  )
  assert.equal((await calm.ask('GET', '/v1/me')).status, 200)
})

test('a flood from one address is refused before anything is looked at', async () => {
  const small = await hubWorld(undefined, { limits: { ...usualLimits, perAddress: 30 } })
  const one = await small.as('anna')
  const statuses: number[] = []
  for (let turn = 0; turn < 35; turn += 1)
    statuses.push((await one.ask('GET', turn % 2 ? '/v1/health' : '/v1/me')).status)
  await small.close()
  assert.deepEqual(statuses, [...Array(30).fill(200), ...Array(5).fill(429)])
})

const post = (body: string, type = 'application/json') =>
  anna.ask('POST', '/v1/decisions', body, { 'content-type': type })

test('poison, depth, size, type and shape are refused with a code and a sentence', async () => {
  const cases: readonly (readonly [Promise<{ status: number; body: unknown }>, number])[] = [
    [post('{"__proto__":{"isAdmin":true}}'), 400],
    [post('{"constructor":{"prototype":{"isAdmin":true}}}'), 400],
    [post('{"decisions":[],"extra":1}'), 400],
    [post('['.repeat(100_000)), 400],
    [post(''), 400],
    [post('{"decisions":'), 400],
    [post(JSON.stringify({ decisions: 'x'.repeat(300_000) })), 413],
    [post('decisions=1', 'application/x-www-form-urlencoded'), 415],
    [post('x', 'text/plain'), 415],
    [anna.ask('GET', '/v1/changes?limit=0'), 400],
    [anna.ask('GET', '/v1/changes?limit=5001'), 400],
    [anna.ask('GET', '/v1/changes?other=1'), 400],
    [anna.ask('GET', '/v1/me?x=1'), 400],
    [anna.ask('GET', '/v1/nothing'), 404],
    [anna.ask('DELETE', '/v1/me'), 404],
    [anna.ask('PATCH', `/v1/cases/${'x'.repeat(201)}`, {}), 400],
  ]
  for (const [place, [asked, status]] of cases.entries()) {
    const { status: got, body } = await asked
    assert.equal(got, status, `${place}: ${JSON.stringify(body)}`)
    assert.ok(Object(body).code && Object(body).message)
  }
})

test("an error names its field and speaks the caller's language", async () => {
  const wrong = { decisions: [{ v: 2 }] }
  const english = await anna.ask('POST', '/v1/decisions', wrong, {
    'accept-language': 'en-GB,en;q=0.9',
  })
  const russian = await anna.ask('POST', '/v1/decisions', wrong, {
    'accept-language': 'de, ru;q=0.5',
  })
  assert.deepEqual(english.body, {
    code: 'badRequest',
    message: 'The field “decisions.0.v” is not right.',
    field: 'decisions.0.v',
  })
  assert.equal(Object(russian.body).message, 'Поле «decisions.0.v» заполнено неверно.')
})

test('every answer forbids the browser what it does not need', async () => {
  for (const path of ['/v1/health', '/v1/me', '/v1/nothing', '/docs']) {
    const { headers } = await anna.ask('GET', path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.match(
      headers.get('content-security-policy') ?? '',
      /default-src 'none'.*frame-ancestors 'none'/,
    )
  }
})

/** What a server says to bytes that are no request. */
function raw(text: string): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(world.hub.port, '127.0.0.1', () => socket.write(text))
    let said = ''
    socket.on('data', piece => {
      said += piece
      socket.end()
    })
    socket.on('close', () => resolve(said))
    socket.on('error', () => resolve(said))
    setTimeout(() => socket.destroy(), 3000).unref()
  })
}

test('smuggled, folded, headless and oversized requests are 4xx', async () => {
  const length = 'POST /v1/decisions HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n'
  for (const [text, status] of [
    [`${length}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    [`${length}Content-Length: 4\r\n\r\nabc`, 400],
    ['GET /v1/health HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n', 400],
    ['GET /v1/health HTTP/1.1\r\n\r\n', 400],
    ['\x16\x03\x01\x02\x00\x01\x00', 400],
    [`GET /v1/health HTTP/1.1\r\nHost: h\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const said = await raw(text)
    assert.match(said, new RegExp(`^HTTP/1.1 ${status}`), JSON.stringify(text.slice(0, 60)))
    // A request without Host is answered by Node before anybody else hears of it.
    if (text.includes('Host') || status !== 400 || !text.startsWith('GET'))
      assert.match(said, /\{"code":"\w+","message":"[^"]+"/)
  }
})

test('a path that cannot be decoded is refused in the shape of every error', async () => {
  const answer = await anna.ask('GET', '/v1/cases/%zz')
  assert.deepEqual([answer.status, Object(answer.body).code], [400, 'malformed'])
})

test('300 slow callers are cut off within eight seconds while others are served', async () => {
  const started = performance.now()
  const ends: Promise<number>[] = []
  for (let turn = 0; turn < 300; turn += 1)
    ends.push(
      new Promise(resolve => {
        const socket = connect(world.hub.port, '127.0.0.1', () =>
          socket.write('GET /v1/health HTTP/1.1\r\nHost: h\r\n'),
        )
        const drip = setInterval(() => socket.write('X: y\r\n'), 1000)
        const over = () => {
          clearInterval(drip)
          resolve(performance.now() - started)
        }
        socket.on('error', over)
        socket.on('close', over)
        socket.resume()
      }),
    )
  await new Promise(resolve => setTimeout(resolve, 1000))
  const asked = performance.now()
  assert.equal((await fetch(`${world.hub.url}/v1/health`)).status, 200)
  const served = performance.now() - asked
  const last = Math.max(...(await Promise.all(ends)))
  assert.ok(last < 8500, `the last was cut off after ${Math.round(last)} ms`)
  assert.ok(served < 500, `health took ${Math.round(served)} ms`)
})

test('without TLS only this machine is listened on', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.0.1', 'hub.example.com', '127.0.0.1.example.com'])
    await assert.rejects(
      startHub({ databasePath: '/nowhere/hub.db', host, port: 0 }),
      (error: unknown) => error instanceof HubRefusal && error.code === 'insecure',
    )
  assert.ok(['127.0.0.1', '127.8.0.1', '::1', 'localhost'].every(isLoopback))
})

test('a second hub on the same file is refused with the address of the first', async () => {
  const databasePath = `${world.folder}/alone.db`
  const first = await startHub({ databasePath, host: '127.0.0.1', port: 0 })
  await assert.rejects(
    startHub({ databasePath, host: '127.0.0.1', port: 0 }),
    (error: unknown) =>
      error instanceof HubRefusal && error.code === 'busy' && error.address === first.url,
  )
  await first.close()
})

test('the log knows the route and the token, and nothing of what was said', async () => {
  const lines: string[] = []
  const logged = await hubWorld(undefined, { log: line => lines.push(line) })
  const one = await logged.as('anna')
  await one.ask('PATCH', '/v1/cases/contact-free', { subject: 'Секретная тема' })
  await one.ask('GET', '/v1/changes?cursor=secret-cursor')
  await consoleOf(logged.hub.url, wrongToken()).ask('GET', '/v1/me')
  await logged.close()
  const text = lines.join('\n')
  assert.equal(lines.length, 3)
  assert.match(text, /"route":"PATCH \/v1\/cases\/:id","status":200/)
  for (const secret of ['Секретная', 'secret-cursor', one.token, 'contact-free', 'anna', 'nch_'])
    assert.ok(!text.includes(secret), secret)
})
