import { WebSocket, type RawData } from 'ws'
import { readRunning } from '../console/running.ts'
import type { Calls, Events } from '../contract.ts'
import { connect, type Connection } from '../rpc.ts'

/** A window without a screen: the same questions over the same socket. */
export async function windowOf(url: string): Promise<Connection<Calls, Events>> {
  const { origin, host } = new URL(url)
  const traded = await fetch(url, { redirect: 'manual' })
  const cookie = (traded.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const socket = new WebSocket(`ws://${host}/wire`, { headers: { cookie, origin } })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return connect<Calls, Events>({
    send: message => socket.send(JSON.stringify(message)),
    receive: listener => void socket.on('message', data => listener(parsed(data))),
    closed: listener => void socket.once('close', () => listener()),
  })
}

/** A fresh address of the console that works on a data folder, as a second start is given. */
export async function addressOf(dataFolder: string): Promise<string> {
  const running = readRunning(dataFolder)
  if (!running) throw new Error('nobody works on this folder')
  const answer = await fetch(`${running.address}/show`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.secret}` },
  })
  return String(Object(await answer.json())['url'])
}

// One frame a message: the core sends no fragments larger than a buffer.
const parsed = (data: RawData): unknown =>
  JSON.parse(Buffer.isBuffer(data) ? data.toString() : 'null')
