import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Decision } from './decision.ts'

/**
 * The hash of each version of the shape ever written to disk: lines are added, never changed. A name
 * after a dot only adds what may be absent: `v` stays, and what lies in an outbox is good as it is.
 */
const hashOfVersion: Readonly<Record<`${Decision['v']}` | `${Decision['v']}.${number}`, string>> = {
  '1': '7c5e83f5aa8adbd5',
  '1.1': 'c98e14e817265d24',
}

/** The declarations alone: comments and layout may change freely. */
function declarations(): string {
  const source = readFileSync(new URL('decision.ts', import.meta.url), 'utf8')
  return source
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('= | ', '= ')
    .trim()
}

test('the shape of a decision is the one its version names', () => {
  const hash = createHash('sha256').update(declarations()).digest('hex').slice(0, 16)
  const [current, pinned] = Object.entries(hashOfVersion).at(-1) ?? []
  assert.equal(
    hash,
    pinned,
    `decision.ts has changed. Decisions of version ${current} lie in outboxes and on their way to hubs. ` +
      `Give the new shape the next number in "v", bring old decisions up to it where the outbox is read ` +
      `and where the hub takes them in (or, where it only adds, a number after the dot), and add a line "'${hash}'" here.`,
  )
})
