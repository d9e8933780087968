import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Caller } from '../decide/caller.ts'
import { viewerAt } from '../rights/viewer.ts'
import { type Concern, concerns, joined } from '../store/concern.ts'
import type { HubStore } from '../store/hub-store.ts'
import { isStillGood } from './auth.ts'
import { HubError } from './hub-error.ts'

const beatMs = 10_000
/** A burst of changes is one notice. */
const gatherMs = 50
const streamsPerToken = 8
/** A reader that does not read is let go. */
const unreadBytes = 64 * 1024

export interface Notices {
  /** Takes the answer over and tells of changes until the caller leaves; throws when there are too many. */
  open(reply: FastifyReply, caller: Caller): void
  close(): void
}

/**
 * Streams that say only «something changed», to those whom it may concern: what changed is asked for
 * by those who may know.
 */
export function createNotices(store: HubStore): Notices {
  const streams = new Map<ServerResponse, Caller>()
  let gathering: NodeJS.Timeout | null = null
  let gathered: Concern | null = null
  const tell = (text: string, isFor: (caller: Caller) => boolean = () => true) => {
    for (const [stream, caller] of streams) {
      if (stream.writableEnded) continue
      if (stream.writableLength > unreadBytes) stream.destroy()
      else if (isFor(caller)) stream.write(text)
    }
  }
  const tellConcerned = async () => {
    const concern = gathered ?? 'all'
    gathering = gathered = null
    // When the organisation cannot be read, whoever listens may well be concerned.
    const world = await store.world().catch(() => null)
    tell(
      'event: changed\ndata: {}\n\n',
      caller => world === null || concerns(concern, viewerAt(world, caller, store.now())),
    )
  }
  const stop = store.onChange(concern => {
    gathered = joined(gathered, concern)
    gathering ??= setTimeout(() => void tellConcerned(), gatherMs)
  })
  const beat = setInterval(() => {
    tell(': still here\n\n')
    // A database that is away is asked again at the next beat.
    endRevoked(store, streams).catch(() => undefined)
  }, beatMs)
  beat.unref()
  return {
    open: (reply, caller) => {
      const held = [...streams.values()].filter(one => one.tokenId === caller.tokenId).length
      if (held >= streamsPerToken) throw new HubError('tooMany', { retryAfterMs: beatMs })
      reply.hijack()
      const stream = reply.raw
      stream.writeHead(200, {
        ...headersOf(reply),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      })
      stream.write('retry: 2000\n\n')
      streams.set(stream, caller)
      stream.on('close', () => streams.delete(stream))
    },
    close: () => {
      stop()
      clearInterval(beat)
      if (gathering) clearTimeout(gathering)
      // A connection kept alive after its last answer would hold up the end of the hub.
      for (const stream of streams.keys()) stream.end(() => stream.socket?.destroy())
    },
  }
}

/** What the hooks set before the answer was taken over. */
function headersOf(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (typeof value === 'string') headers[name] = value
  return headers
}

async function endRevoked(
  store: HubStore,
  streams: ReadonlyMap<ServerResponse, Caller>,
): Promise<void> {
  for (const tokenId of new Set([...streams.values()].map(one => one.tokenId))) {
    if (await isStillGood(store, tokenId)) continue
    for (const [stream, held] of streams) if (held.tokenId === tokenId) stream.end()
  }
}
