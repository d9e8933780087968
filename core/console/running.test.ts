import assert from 'node:assert/strict'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { askToShow, forgetRunning, readRunning, writeRunning } from './running.ts'

test('who works on a folder is told to its owner alone and forgotten at the end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-running-'))
  assert.equal(readRunning(folder), null)
  const running = { pid: 7, address: 'http://127.0.0.1:1', secret: 's' }
  writeRunning(folder, running)
  assert.deepEqual(readRunning(folder), running)
  if (process.platform !== 'win32')
    assert.equal(statSync(join(folder, 'running.json')).mode & 0o777, 0o600)
  forgetRunning(folder)
  assert.equal(readRunning(folder), null)
})

test('a running core is asked with the secret; one that is gone gives nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-running-'))
  const server = createServer((request, response) => {
    const isRight = request.headers.authorization === 'Bearer right' && request.url === '/show'
    response.end(JSON.stringify(isRight ? { url: 'http://127.0.0.1:1/?token=t' } : {}))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  writeRunning(folder, { pid: 7, address: `http://127.0.0.1:${port}`, secret: 'right' })
  assert.equal(await askToShow(folder), 'http://127.0.0.1:1/?token=t')
  writeRunning(folder, { pid: 7, address: `http://127.0.0.1:${port}`, secret: 'wrong' })
  assert.equal(await askToShow(folder), null)
  await new Promise(resolve => server.close(resolve))
  assert.equal(await askToShow(folder), null)
  writeFileSync(join(folder, 'running.json'), '{')
  assert.equal(await askToShow(folder), null)
})
