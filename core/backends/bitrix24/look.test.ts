import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aWorld } from '../../testing/bitrix24-world.ts'
import { BackendError } from '../errors.ts'
import type { BackendErrorKind } from '../errors.ts'
import type { BitrixClient, CommandAnswer } from './client.ts'
import { lookAt } from './look.ts'

const answered = (result: unknown): CommandAnswer => ({
  kind: 'answered',
  answer: { result, next: null, total: null, at: null },
})

/** A look at a task whose history fails so. */
function lookWith(kind: BackendErrorKind) {
  const client: BitrixClient = {
    call: () => Promise.reject(new Error('only batches')),
    batch: () =>
      Promise.resolve(
        new Map<string, CommandAnswer>([
          ['task0', answered({ tasks: [] })],
          ['turns0', { kind: 'failed', error: new BackendError(kind, 'no') }],
        ]),
      ),
    address: () => '',
    close: () => {},
  }
  return lookAt(client, aWorld(), [{ kind: 'task', id: 8017 }], new AbortController().signal)
}

test('a task is hidden when its history is refused', async () => {
  assert.deepEqual(await lookWith('forbidden'), [{ kind: 'hidden' }])
})

test('a case the portal refuses to show is hidden, and no decision about it is refused', async () => {
  const refused = new BackendError('refused', 'no', { code: 'invalid' })
  const client: BitrixClient = {
    call: () => Promise.reject(new Error('only batches')),
    batch: () => Promise.resolve(new Map([['item0', { kind: 'failed', error: refused }]])),
    address: () => '',
    close: () => {},
  }
  const { signal } = new AbortController()
  const looks = await lookAt(client, aWorld(), [{ kind: 'item', typeId: 2, id: 351 }], signal)
  assert.deepEqual(looks, [{ kind: 'hidden' }])
})

test('a history that failed for now says nothing about the task', async () => {
  for (const kind of ['offline', 'busy', 'broken'] as const)
    await assert.rejects(lookWith(kind), { kind })
})
