import { deepEqual, equal, rejects } from 'node:assert/strict'
import { test } from 'node:test'
import { CallError, connect } from '../../core/rpc.ts'
import { lastingWire, type Link, type PipeEvents } from './wire.ts'

interface Calls {
  give(arg: { decisionId: string }): Promise<string>
  upload(arg: object): Promise<string>
}

/** A window whose pipe is opened, answered and cut by hand. */
function standing() {
  const sent: unknown[] = []
  const links: Link[] = []
  let events: PipeEvents | null = null
  const wire = lastingWire(
    given => {
      events = given
    },
    ask => ask === 'give',
    link => links.push(link),
  )
  return {
    sent,
    links,
    calls: connect<Calls, { changed: number }>(wire).calls,
    open: () => events?.opened({ send: message => sent.push(message) }),
    answer: (message: unknown) => events?.received(message),
    cut: () => events?.lost(),
  }
}

test('an act not yet acknowledged is asked again, unchanged, on the next pipe', async () => {
  const window = standing()
  window.open()
  const answer = window.calls.give({ decisionId: 'd1' })
  window.cut()
  window.open()
  equal(window.sent.length, 2)
  deepEqual(window.sent[1], window.sent[0])
  window.answer({ id: 1, ok: 'done' })
  equal(await answer, 'done')
  deepEqual(window.links, ['open', 'lost', 'open'])
})

test('an act made while nothing is connected waits for the pipe', async () => {
  const window = standing()
  const answer = window.calls.give({ decisionId: 'd1' })
  window.open()
  window.answer({ id: 1, ok: 'done' })
  equal(await answer, 'done')
})

test('an acknowledged act is not asked again', async () => {
  const window = standing()
  window.open()
  const answer = window.calls.give({ decisionId: 'd1' })
  window.answer({ id: 1, ok: 'done' })
  await answer
  window.cut()
  window.open()
  equal(window.sent.length, 1)
})

test('what must not be repeated fails when its pipe is lost, or when there is none', async () => {
  const isClosed = (error: unknown) => error instanceof CallError && error.code === 'closed'
  const window = standing()
  window.open()
  const cut = rejects(window.calls.upload({}), isClosed)
  window.cut()
  await cut
  await rejects(window.calls.upload({}), isClosed)
  window.open()
  equal(window.sent.length, 1)
})
