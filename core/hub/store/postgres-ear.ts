import { Client, type ClientConfig } from 'pg'

const patienceMs = 1000

/**
 * Hears what is notified on a channel until closed. A connection that breaks is made anew; then
 * `hear('')` is called, for something may have been said meanwhile. Rejects when the first fails.
 */
export async function listenOn(
  config: ClientConfig,
  channel: string,
  hear: (said: string) => void,
): Promise<{ close(): Promise<void> }> {
  let isClosed = false
  let waiting: NodeJS.Timeout | null = null
  let client = await connected()
  return {
    close: async () => {
      isClosed = true
      if (waiting) clearTimeout(waiting)
      await client.end().catch(() => undefined)
    },
  }

  async function connected(): Promise<Client> {
    const made = new Client(config)
    made.on('notification', ({ payload }) => hear(payload ?? ''))
    // What breaks is told by `end` as well.
    made.on('error', () => undefined)
    await made.connect()
    made.once('end', later)
    await made.query(`listen ${made.escapeIdentifier(channel)}`)
    return made
  }

  function later(): void {
    if (!isClosed) waiting ??= setTimeout(() => void anew(), patienceMs)
  }

  async function anew(): Promise<void> {
    waiting = null
    try {
      client = await connected()
      if (isClosed) await client.end()
      else hear('')
    } catch {
      // The server is away: every request says so, this only waits.
      later()
    }
  }
}
