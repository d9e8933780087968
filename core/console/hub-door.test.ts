import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { probeHub } from './hub-door.ts'

/** The address of a server that answers everything like this. */
async function answering(t: TestContext, status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body)
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** What is found wrong with it by somebody with a token. */
async function foundAt(t: TestContext, status: number, body: string): Promise<string | undefined> {
  const { probe, space } = await probeHub(await answering(t, status, body), 'nch_a_token')
  assert.equal(space, null)
  assert.equal(probe.isAllowed, false)
  return probe.findings[0]?.code
}

const inItsWords = (code: string) => JSON.stringify({ code, message: 'said by a hub' })

test('a refusal counts as one of the token only in a hub’s own words', async t => {
  assert.equal(await foundAt(t, 401, inItsWords('unauthorised')), 'wrongToken')
  assert.equal(await foundAt(t, 403, inItsWords('forbidden')), 'noRight')
  assert.equal(await foundAt(t, 401, '<html>Sign in</html>'), 'notAHub')
  assert.equal(await foundAt(t, 403, '<html>Forbidden</html>'), 'notAHub')
  assert.equal(await foundAt(t, 200, '<html>Welcome</html>'), 'notAHub')
})

/** What somebody without a token is told by a hub that answers this when it is asked for its health. */
async function entranceAt(t: TestContext, more: object) {
  const health = JSON.stringify({ status: 'ok', protocol: 1, now: 1, ...more })
  const { probe, space } = await probeHub(await answering(t, 200, health), '')
  assert.deepEqual([space, probe.isAllowed], [null, false])
  return [probe.canSignIn, ...probe.findings.map(({ code }) => code)]
}

test('without a token a hub is asked how people come in; an older one takes tokens only', async t => {
  assert.deepEqual(await entranceAt(t, {}), [false, 'reached', 'tokenNeeded'])
  assert.deepEqual(await entranceAt(t, { signIn: null }), [false, 'reached', 'tokenNeeded'])
  const signIn = 'https://hub.example.com/v1/sign-in'
  assert.deepEqual(await entranceAt(t, { signIn }), [true, 'reached', 'canSignIn'])
  assert.deepEqual(await entranceAt(t, { signIn, protocol: 2 }), [false, 'otherProtocol'])
})

test('a browser is sent nowhere that a person could not have typed as the address of a hub', async t => {
  const hostile = {
    'javascript:alert(1)': 'badAddress',
    'file:///etc/passwd': 'badAddress',
    '/v1/sign-in': 'badAddress',
    'https://user:password@example.com/': 'badAddress',
    'http://example.com/v1/sign-in': 'plainHttp',
  }
  for (const [signIn, code] of Object.entries(hostile))
    assert.deepEqual(await entranceAt(t, { signIn }), [false, code], signIn)
})

test('a token that no header can carry is one that does not fit', async t => {
  const { probe } = await probeHub(await answering(t, 200, '{}'), 'токен')
  assert.equal(probe.findings[0]?.code, 'wrongToken')
})
