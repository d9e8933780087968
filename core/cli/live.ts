import { readRunning } from '../console/running.ts'

/** The address of the core that works on this folder now, or null: it alone may write there. */
export async function liveAddress(dataFolder: string): Promise<string | null> {
  const running = readRunning(dataFolder)
  if (running === null || !isAlive(running.pid)) return null
  return (await answers(running.address)) ? running.address : null
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A number is given again to another process; a core that lives listens, however busy it is. */
async function answers(address: string): Promise<boolean> {
  if (!URL.canParse(address)) return true
  try {
    await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(3_000) })
    return true
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED')
  }
}
