import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { revokeLabelled } from './store/tokens.ts'
import { assign, type Console, type HubWorld, hubWorld } from './testing/hub-world.ts'

let world: HubWorld
let anna: Console
before(async () => {
  world = await hubWorld()
  anna = await world.as('anna')
})
after(() => world.close())

/** An open stream and everything it has said so far. */
async function listening(console: Console) {
  const stop = new AbortController()
  const response = await fetch(`${world.hub.url}/v1/events`, {
    headers: { authorization: `Bearer ${console.token}` },
    signal: stop.signal,
  })
  const stream = {
    status: response.status,
    headers: response.headers,
    said: '',
    isOver: false,
    stop: () => stop.abort(),
  }
  const decoder = new TextDecoder()
  const read = async () => {
    try {
      for await (const piece of response.body ?? [])
        stream.said += decoder.decode(piece, { stream: true })
    } catch {
      // Aborted by the test itself.
    }
    stream.isOver = true
  }
  void read()
  return stream
}
const until = async (isSo: () => boolean, ms: number): Promise<number> => {
  const started = performance.now()
  while (!isSo() && performance.now() - started < ms)
    await new Promise(resolve => setTimeout(resolve, 5))
  return performance.now() - started
}

test('a change is told within a second to everybody who listens, without saying what', async () => {
  const [mine, theirs] = [await listening(anna), await listening(await world.as('boris'))]
  assert.equal(mine.status, 200)
  assert.match(mine.headers.get('content-type') ?? '', /^text\/event-stream/)
  assert.equal(mine.headers.get('cache-control'), 'no-store')
  await anna.decide(assign('anna', 'contact-free', 'vera'))
  const waited = await until(
    () => mine.said.includes('event: changed') && theirs.said.includes('event: changed'),
    3000,
  )
  assert.ok(waited < 1000, `${waited} ms`)
  assert.match(theirs.said, /^retry: 2000\n\nevent: changed\ndata: \{\}\n\n$/)
  mine.stop()
  theirs.stop()
})

test('whom a change cannot concern is not told of it', async () => {
  const boris = await world.as('boris')
  const [mine, theirs] = [await listening(anna), await listening(boris)]
  await boris.decide(assign('boris', 'sales-free', 'dina'))
  await until(() => theirs.said.includes('event: changed'), 3000)
  await until(() => false, 300)
  assert.equal(mine.said, 'retry: 2000\n\n')
  mine.stop()
  theirs.stop()
})

test('a burst of changes is a few notices, not a flood', async () => {
  const stream = await listening(anna)
  for (let turn = 0; turn < 20; turn += 1)
    await anna.ask('PATCH', '/v1/cases/contact-free', { priority: turn % 4 })
  await until(() => false, 200)
  const notices = stream.said.split('event: changed').length - 1
  assert.ok(notices >= 1 && notices < 20, `${notices}`)
  stream.stop()
})

test('a request that changes nothing is not told', async () => {
  const stream = await listening(anna)
  await anna.ask('GET', '/v1/me')
  await anna.decide(assign('anna', 'no-such', 'vera'))
  await until(() => false, 200)
  assert.equal(stream.said, 'retry: 2000\n\n')
  stream.stop()
})

test('one token holds eight streams and no more', async () => {
  const vera = await world.as('vera')
  const streams = await Promise.all(Array.from({ length: 8 }, () => listening(vera)))
  assert.ok(streams.every(stream => stream.status === 200))
  const ninth = await vera.ask('GET', '/v1/events')
  assert.equal(ninth.status, 429)
  for (const stream of streams) stream.stop()
})

test('a quiet stream outlives every time limit by its comments, and ends with its token', async () => {
  const stream = await listening(anna)
  const waited = await until(() => stream.isOver, 16_500)
  assert.ok(waited >= 16_500, `the stream died after ${waited} ms`)
  assert.match(stream.said, /: still here/)
  await revokeLabelled(world.hub.store, '')
  await until(() => stream.isOver, 11_000)
  assert.ok(stream.isOver, 'a revoked token goes on listening')
})
