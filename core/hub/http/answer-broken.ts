import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Language } from '../../words/words.ts'
import { errorAnswer, HubError } from './hub-error.ts'

const statusOf = new Map<unknown, number>([
  ['HPE_HEADER_OVERFLOW', 431],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

/** Answers bytes that are no request in the shape of every other error, and hangs up. */
export function answerBroken(error: Error, socket: Socket, language: Language): void {
  if (!socket.writable) return void socket.destroy()
  const status = ('code' in error && statusOf.get(error.code)) || 400
  const body = JSON.stringify(errorAnswer(new HubError('malformed'), language).body)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
