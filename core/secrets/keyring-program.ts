/** Run inside a session with its own keyring: what the data key comes to there, as one JSON line. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataKey, type KeyAnswer } from './data-key.ts'

/** With a process id: that one is killed, and the key is asked for again. */
const [folder = '', daemon = ''] = process.argv.slice(2)

/** The key must lie nowhere as it is. */
function leaksOf(key: Buffer): string[] {
  const shapes = [key, key.toString('hex'), key.toString('base64'), key.toString('base64url')]
  return readdirSync(folder).filter(name => {
    const content = readFileSync(join(folder, name))
    return shapes.some(shape => content.includes(shape))
  })
}

function said(answer: KeyAnswer) {
  if (answer.kind !== 'ok')
    return { kind: answer.kind, reason: answer.reason, files: readdirSync(folder) }
  const name = createHash('sha256').update(answer.key).digest('hex')
  return { kind: answer.kind, holder: answer.holder, name, leaks: leaksOf(answer.key) }
}

const first = said(await dataKey({ folder }))
if (daemon !== '') process.kill(Number(daemon), 'SIGKILL')
const second = daemon === '' ? null : said(await dataKey({ folder }))
process.stdout.write(`${JSON.stringify([first, second])}\n`)
