import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'

/** A hub of this program's own, on this machine alone. */
export interface EmbeddedHub {
  readonly url: string
  /** The workspace owner's; made at this start, the one before holds no more. */
  readonly token: string
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** New cases arrive now and then. */
  readonly isDemo: boolean
  readonly language?: 'ru' | 'en'
  /** Called when the hub dies by itself after it was ready. */
  readonly onLost?: (error: Error) => void
}

/** What the worker is started with. */
export const startSchema = z.strictObject({
  databasePath: z.string(),
  isDemo: z.boolean(),
  language: z.enum(['ru', 'en']),
})
export const stopMessage = 'stop'

const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), url: z.string(), token: z.string() }),
  z.strictObject({ kind: z.literal('failed'), code: z.string(), message: z.string() }),
])
export type EmbeddedAnswer = z.infer<typeof answerSchema>

/** Why an embedded hub did not start; `code` is that of the error inside. */
export class EmbeddedHubError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'EmbeddedHubError'
    this.code = code
  }
}

/**
 * Starts the hub of a workspace in a thread of its own. `worker`: `core/hub/embedded.ts`, or the
 * file it was bundled to. The database must be there (`writeCompany`) and have an owner.
 */
export async function startEmbeddedHub(
  worker: string | URL,
  databasePath: string,
  options: EmbeddedOptions,
): Promise<EmbeddedHub> {
  const { isDemo, language = 'ru', onLost } = options
  const thread = new Worker(worker, { workerData: { databasePath, isDemo, language } })
  const ended = new Promise<Error | null>(resolve => {
    thread.once('error', error =>
      resolve(error instanceof Error ? error : new Error('the hub failed')),
    )
    thread.once('exit', code =>
      resolve(code === 0 ? null : new Error(`the hub ended with ${code}`)),
    )
  })
  const answer = await Promise.race([firstAnswer(thread), ended])
  if (answer === null || answer instanceof Error)
    throw new EmbeddedHubError('ended', answer?.message ?? 'the hub ended before it was ready')
  if (answer.kind === 'failed') {
    thread.postMessage(stopMessage)
    await ended
    throw new EmbeddedHubError(answer.code, answer.message)
  }
  let isStopping = false
  void ended.then(error => {
    if (!isStopping) onLost?.(error ?? new Error('the hub ended by itself'))
  })
  return {
    url: answer.url,
    token: answer.token,
    stop: async () => {
      isStopping = true
      thread.postMessage(stopMessage)
      await ended
    },
  }
}

async function firstAnswer(thread: Worker): Promise<EmbeddedAnswer> {
  const [message]: unknown[] = await once(thread, 'message')
  return answerSchema.parse(message)
}
