/**
 * A console without a window, to be killed: the real store, verbs, adapter and loops behind the real
 * contract over the process's message channel. Arguments: folder, hub, token. Opens when told `go`.
 */
import { flushCompileCache } from 'node:module'
import { openHub } from '../backends/hub/backend.ts'
import { args } from '../contract.ts'
import { noCalendar } from '../domain/calendar.ts'
import { serve } from '../rpc.ts'
import type { Wire } from '../rpc.ts'
import { createDesk } from '../service/desk.ts'
import { deskHandlers } from '../service/handlers.ts'
import { open } from '../service/open.ts'
import { openStore } from '../store/open-store.ts'
import { createSync } from '../sync/loop.ts'
import { hubKey, hubSpace } from './company.ts'
import { startWatch } from './stopwatch.ts'

const [folder = '', url = '', token = ''] = process.argv.slice(2)

const wire: Wire = {
  send: message => void process.send?.(message),
  receive: listener => process.on('message', listener),
  closed: listener => process.on('disconnect', listener),
}

process.once('message', () => {
  const elapsedMs = startWatch()
  const store = openStore({ folder, workspaceId: hubSpace, key: hubKey, now: Date.now })
  const backend = openHub({ url, token, workspaceId: hubSpace })
  const sync = createSync({
    store,
    backend,
    random: () => 0,
    report: error => process.send?.({ fault: String(error) }),
  })
  const desk = createDesk({
    store,
    space: { workspaceId: hubSpace, kind: 'hub', title: '' },
    calendar: noCalendar,
    now: Date.now,
    syncStatus: sync.status,
  })
  open(desk)
  process.send?.({ openedInMs: elapsedMs() })
  const handlers = { ...deskHandlers(desk), syncNow: () => (sync.wake(), null) }
  serve(wire, args, handlers, error => ({ code: 'internal', message: String(error) }))
  sync.start()
})
process.on('disconnect', () => process.exit(0))
// Who is killed writes no cache at its end, and the next would compile everything anew.
flushCompileCache()
process.send?.({ isWarm: true })
