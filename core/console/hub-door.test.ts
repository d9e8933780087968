import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { probeHub } from './hub-door.ts'

/** What is found wrong with a server that answers everything like this. */
async function foundAt(t: TestContext, status: number, body: string): Promise<string | undefined> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body)
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const { probe, space } = await probeHub(`http://127.0.0.1:${port}`, 'nch_a_token')
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
