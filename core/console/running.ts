import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const schema = z.object({ pid: z.int(), address: z.string(), secret: z.string() })
/** Who works on a data folder now: read by a second start and by the command line. */
export type Running = z.infer<typeof schema>

const pathOf = (dataFolder: string) => join(dataFolder, 'running.json')

export const newSecret = (): string => randomBytes(24).toString('base64url')

export function writeRunning(dataFolder: string, running: Running): void {
  writeFileSync(pathOf(dataFolder), JSON.stringify(running), { mode: 0o600 })
}

export const forgetRunning = (dataFolder: string): void =>
  rmSync(pathOf(dataFolder), { force: true })

export function readRunning(dataFolder: string): Running | null {
  try {
    return schema.parse(JSON.parse(readFileSync(pathOf(dataFolder), 'utf8')))
  } catch {
    return null
  }
}

/** Asks the running core to show itself; its fresh address, or null when it does not answer. */
export async function askToShow(dataFolder: string): Promise<string | null> {
  const running = readRunning(dataFolder)
  if (!running) return null
  try {
    const response = await fetch(`${running.address}/show`, {
      method: 'POST',
      headers: { authorization: `Bearer ${running.secret}` },
      signal: AbortSignal.timeout(3_000),
    })
    const body = z.object({ url: z.string() }).safeParse(await response.json())
    return body.success ? body.data.url : null
  } catch {
    return null
  }
}
