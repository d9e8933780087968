import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createWords } from '../words/words.ts'
import { type CommandLine, commandLine, type EmulatorLine } from './command-line.ts'
import { emulatorCommand } from './emulator-command.ts'
import type { Terminal } from './terminal.ts'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-emulator-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function lineOf(...words: string[]): EmulatorLine {
  const line: CommandLine = commandLine(['emulator', 'bitrix24', '--port', '0', ...words], {})
  assert.ok(line.kind === 'emulator')
  return line
}

/** Runs it; `said` resolves with its first line. */
function run(line: EmulatorLine) {
  const interruption = new AbortController()
  const out: string[] = []
  const err: string[] = []
  const first = Promise.withResolvers<string>()
  const io: Terminal = {
    t: createWords('ru').t,
    out(text) {
      out.push(text)
      first.resolve(text)
    },
    err: text => void err.push(text),
    progress: () => {},
  }
  const ended = emulatorCommand(line, { from: folder, signal: interruption.signal }, io)
  return { out, err, said: first.promise, ended, interrupt: () => interruption.abort() }
}

test('the emulator tells webhooks that work, and ends when it is interrupted', async t => {
  const running = run(lineOf('--json', '--cases', '3'))
  t.after(running.interrupt)
  const told: { address: string; webhooks: { userId: number; webhook: string }[] } = JSON.parse(
    await running.said,
  )
  const [head] = told.webhooks
  assert.ok(head)
  assert.ok(head.webhook.startsWith(`${told.address}/rest/10/`))
  const answer: unknown = await (await fetch(`${head.webhook}profile`)).json()
  assert.equal(Object(answer).result.ID, '10')
  running.interrupt()
  assert.equal(await running.ended, 0)
})

test('a plan of faults comes true; a file that is none is named with the place', async t => {
  const rules = [{ method: 'profile', fault: { kind: 'overload' } }]
  writeFileSync(join(folder, 'faults.json'), JSON.stringify({ rules }))
  const running = run(lineOf('--faults', 'faults.json'))
  t.after(running.interrupt)
  assert.match(await running.said, /http:\/\/127\.0\.0\.1/)
  const webhook = /http\S+/.exec(running.out[1] ?? '')?.[0] ?? ''
  assert.equal((await fetch(`${webhook}profile`)).status, 503)
  running.interrupt()
  assert.equal(await running.ended, 0)
  writeFileSync(join(folder, 'bad.json'), '{"rules": [{"fault": {"kind": "earthquake"}}]}')
  const refused = run(lineOf('--faults', 'bad.json'))
  assert.equal(await refused.ended, 1)
  assert.match(refused.err.join(''), /bad\.json.*rules\[0\]/)
})
