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
          ['listtask', answered({ tasks: [] })],
          ['turns8017', { kind: 'failed', error: new BackendError(kind, 'no') }],
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
    batch: () => Promise.resolve(new Map([['list2', { kind: 'failed', error: refused }]])),
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

test('what a list leaves out is asked for by its name: deleted and hidden are told apart', async () => {
  const looks = (code: string, kind: BackendErrorKind) => {
    const failed: CommandAnswer = { kind: 'failed', error: new BackendError(kind, 'no', { code }) }
    const client: BitrixClient = {
      call: () => Promise.reject(new Error('only batches')),
      batch: commands =>
        Promise.resolve(
          new Map<string, CommandAnswer>(
            commands.map(({ key }) => [key, key === 'list2' ? answered({ items: [] }) : failed]),
          ),
        ),
      address: () => '',
      close: () => {},
    }
    const { signal } = new AbortController()
    return lookAt(client, aWorld(), [{ kind: 'item', typeId: 2, id: 351 }], signal)
  }
  assert.deepEqual(
    [await looks('notFound', 'refused'), await looks('accessDenied', 'forbidden')],
    [[{ kind: 'gone' }], [{ kind: 'hidden' }]],
  )
})
