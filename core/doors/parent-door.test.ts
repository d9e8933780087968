import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import { openParentDoor } from './parent-door.ts'

/** Electron's main process as the core meets it. */
function door() {
  const parent = Object.assign(new EventEmitter(), { postMessage: () => {} })
  const numbers: string[] = []
  let wires = 0
  openParentDoor(parent, {
    onWire: () => (wires += 1),
    onOpenCase: number => numbers.push(number),
  })
  return {
    say: (data: unknown, ports: readonly unknown[] = []) => parent.emit('message', { data, ports }),
    heard: () => ({ numbers, wires }),
  }
}

test('a port becomes a wire and a number a case to open', () => {
  const { say, heard } = door()
  const { port1, port2 } = new MessageChannel()
  say({ kind: 'port' }, [port1])
  say({ kind: 'openCase', number: '5306' })
  assert.deepEqual(heard(), { numbers: ['5306'], wires: 1 })
  port1.close()
  port2.close()
})

test('whatever else is said is not listened to', () => {
  const { say, heard } = door()
  const refused: unknown[] = [
    undefined,
    null,
    'openCase',
    7,
    [],
    {},
    { kind: 'openCase' },
    { kind: 'openCase', number: 5306 },
    { kind: 'openCase', number: '' },
    { kind: 'openCase', number: '9'.repeat(101) },
    { kind: 'openCase', number: ['5306'] },
    { kind: 'opencase', number: '5306' },
    { number: '5306' },
  ]
  for (const message of refused) say(message)
  assert.deepEqual(heard(), { numbers: [], wires: 0 })
})
