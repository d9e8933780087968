import { type Answer, type Call, callerOf, type Methods } from '../call.ts'
import type { QueuedEvent } from '../event-queue.ts'
import { pageSize } from '../paging.ts'
import { RestError } from '../rest-error.ts'
import { intOf, listOf, paramOf, textOf } from '../values.ts'

function checkAdmin(call: Call): void {
  if (!callerOf(call).isAdmin) throw new RestError(403, 'ACCESS_DENIED', 'Access denied!')
}

const eventOf = (call: Call): string => textOf(paramOf(call.params, 'event')).toUpperCase()
const connectorOf = (call: Call): string => textOf(paramOf(call.params, 'auth_connector'))

function bind(call: Call): Answer {
  checkAdmin(call)
  const { subscriptions } = call.world.events
  const appId = call.actor.appId
  subscriptions.push({ appId, event: eventOf(call), connector: connectorOf(call) })
  return { result: true }
}

function unbind(call: Call): Answer {
  const { subscriptions } = call.world.events
  const event = eventOf(call)
  const kept = subscriptions.filter(each => each.appId !== call.actor.appId || each.event !== event)
  const count = subscriptions.length - kept.length
  subscriptions.splice(0, subscriptions.length, ...kept)
  return { result: { count } }
}

function bound(call: Call): Answer {
  const rows = call.world.events.subscriptions.filter(each => each.appId === call.actor.appId)
  return {
    result: rows.map(({ event }) => ({ event, handler: '', auth_type: 0, offline: 1 })),
  }
}

const ownRows = (call: Call): QueuedEvent[] =>
  call.world.events.rows.filter(
    row => row.appId === call.actor.appId && row.connector === connectorOf(call),
  )

/** Several takers get different rows; with clear=0 a row is reserved until it is cleared (3.7). */
function take(call: Call): Answer {
  checkAdmin(call)
  const { events } = call.world
  const isKept = textOf(paramOf(call.params, 'clear')) === '0'
  if (isKept && !call.quirks.hasOfflineExtended)
    throw new RestError(400, 'ACCESS_DENIED', 'Extended offline events are not available')
  const limit = Math.min(intOf(paramOf(call.params, 'limit')) ?? pageSize, pageSize)
  const asked = textOf(paramOf(call.params, 'process_id'))
  const rows = ownRows(call)
    .filter(row => row.processId === asked)
    .sort((one, two) => one.at - two.at || one.id - two.id)
    .slice(0, limit)
  const processId = isKept ? asked || call.world.newSecret() : null
  if (processId === null) events.rows = events.rows.filter(row => !rows.includes(row))
  else for (const row of rows) row.processId = processId
  return { result: { process_id: processId, events: rows.map(row => shown(call, row)) } }
}

const shown = (call: Call, row: QueuedEvent): Record<string, unknown> => ({
  ID: String(row.id),
  TIMESTAMP_X: call.world.time.iso(row.at),
  EVENT_NAME: row.name,
  EVENT_DATA: row.data,
  EVENT_ADDITIONAL: false,
  MESSAGE_ID: row.messageId,
})

function named(call: Call): QueuedEvent[] {
  const processId = textOf(paramOf(call.params, 'process_id'))
  if (processId === '') throw new RestError(400, 'PROCESS_ID_REQUIRED', 'process_id is required')
  const ids = new Set([
    ...listOf(paramOf(call.params, 'id')).map(textOf),
    ...listOf(paramOf(call.params, 'message_id')).map(textOf),
  ])
  const isNamed = (row: QueuedEvent) => ids.has(String(row.id)) || ids.has(row.messageId)
  return ownRows(call).filter(
    row => row.processId === processId && (ids.size === 0 || isNamed(row)),
  )
}

function clear(call: Call): Answer {
  checkAdmin(call)
  const gone = named(call)
  call.world.events.rows = call.world.events.rows.filter(row => !gone.includes(row))
  return { result: true }
}

function fail(call: Call): Answer {
  checkAdmin(call)
  for (const row of named(call)) row.isFailed = true
  return { result: true }
}

function list(call: Call): Answer {
  checkAdmin(call)
  const rows = ownRows(call).map(row => ({
    ...shown(call, row),
    PROCESS_ID: row.processId,
    ERROR: row.isFailed ? '1' : '0',
  }))
  return { result: rows.slice(0, pageSize), total: rows.length }
}

/** Events: of an application only; the offline queue also wants an administrator (bitrix24.md 3.7). */
export const events: Methods = {
  'event.bind': { scope: '', isWrite: true, appOnly: 'context', run: bind },
  'event.unbind': { scope: '', isWrite: true, appOnly: 'context', run: unbind },
  'event.get': { scope: '', appOnly: 'context', run: bound },
  'event.offline.get': { scope: '', isWrite: true, appOnly: 'context', run: take },
  'event.offline.clear': { scope: '', isWrite: true, appOnly: 'context', run: clear },
  'event.offline.error': { scope: '', isWrite: true, appOnly: 'context', run: fail },
  'event.offline.list': { scope: '', appOnly: 'context', run: list },
}
