import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { startColleagues } from '../emulators/bitrix24/colleagues.ts'
import { demo, people } from '../emulators/bitrix24/demo/company.ts'
import { type FaultPlan, faultPlanOf } from '../emulators/bitrix24/faults.ts'
import { createPortal, type Portal } from '../emulators/bitrix24/portal.ts'
import { type PortalServer, startPortalServer } from '../emulators/bitrix24/server.ts'
import { realClock } from '../emulators/bitrix24/time.ts'
import type { EmulatorLine } from './command-line.ts'
import { type ExitCode, printable, type Terminal } from './terminal.ts'

interface Place {
  /** Relative paths mean this folder. */
  readonly from: string
  readonly signal: AbortSignal
}

/** A portal of Bitrix24 on this machine until it is interrupted. */
export async function emulatorCommand(
  line: EmulatorLine,
  { from, signal }: Place,
  io: Terminal,
): Promise<ExitCode> {
  const faults = line.faults === null ? () => null : planIn(resolve(from, line.faults), io)
  if (faults === null) return 1
  const portal = createPortal({ ...line, faults })
  const server = await served(portal, line.port)
  if (server === null) {
    io.err(io.t('cli.emulator.portTaken', { port: line.port }))
    return 1
  }
  announce(portal, line.isJson, io)
  const everyMs = line.busy * 1000
  if (everyMs > 0)
    await startColleagues(portal, { clock: realClock, everyMs, seed: line.seed }, signal)
  else await aborted(signal)
  await server.close()
  return 0
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(end => {
    if (signal.aborted) end()
    signal.addEventListener('abort', () => end())
  })

function planIn(file: string, io: Terminal): FaultPlan | null {
  try {
    return faultPlanOf(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    io.err(io.t('cli.emulator.badFaults', { file: printable(file), reason: printable(reason) }))
    return null
  }
}

async function served(portal: Portal, port: number): Promise<PortalServer | null> {
  try {
    return await startPortalServer(portal, { port })
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (isTaken) return null
    throw error
  }
}

/** The head whose desk it is first, then the director, who may make custom fields. */
const shown = [demo.head, demo.director]

function announce(portal: Portal, isJson: boolean, io: Terminal): void {
  const address = portal.address()
  const webhooks = shown.map(userId => ({ userId, webhook: portal.webhook(userId) }))
  if (isJson) return io.out(JSON.stringify({ address, webhooks }))
  io.out(io.t('cli.emulator.ready', { address }))
  for (const { userId, webhook } of webhooks) {
    const person = people.find(each => each.id === userId)
    const name = `${person?.name} ${person?.lastName}`
    io.out(io.t('cli.emulator.webhook', { name, post: person?.post, webhook }))
  }
  io.out(io.t('cli.emulator.stop'))
}
