import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from '../emulators/bitrix24/demo/company.ts'
import { createPortal } from '../emulators/bitrix24/portal.ts'
import { startPortalServer } from '../emulators/bitrix24/server.ts'
import { createWords } from '../words/words.ts'
import { probeCommand } from './probe-command.ts'

async function probed(webhook: string) {
  const out: string[] = []
  const err: string[] = []
  const io = {
    t: createWords('ru').t,
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    progress: () => {},
  }
  const signal = new AbortController().signal
  const code = await probeCommand({ webhook, isJson: false, signal }, io)
  return { code, out, err }
}

test('every question about a live portal is answered in its place, and nothing is written', async () => {
  const portal = createPortal({ limits: { rate: null } })
  const server = await startPortalServer(portal, { port: 0 })
  const webhook = portal.webhook(demo.head)
  const writes = portal.world.writes.length
  const { code, out, err } = await probed(webhook)
  assert.deepEqual([code, err], [0, []])
  assert.deepEqual(
    out.slice(0, 12).map(line => line.slice(0, line.indexOf('.'))),
    ['✓ 1', '✓ 2', '– 3', '✓ 4', '– 5', '✓ 6', '✓ 7', '✓ 8', '✓ 9', '– 10', '– 11', '✓ 12'],
  )
  assert.equal(portal.world.writes.length, writes)
  assert.ok(!out.join('\n').includes(webhook.split('/').at(-2) ?? '?'))
  portal.revoke(webhook)
  const revoked = await probed(webhook)
  assert.deepEqual([revoked.code, revoked.out], [1, []])
  assert.match(revoked.err.join(), /unauthorised/)
  await server.close()
})

test('what is no webhook is said so', async () => {
  const { code, err } = await probed('')
  assert.equal(code, 1)
  assert.match(err.join(), /NACHALO_WEBHOOK/)
})
