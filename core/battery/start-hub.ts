import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { programPath } from './run-program.ts'

export interface RunningHub {
  readonly child: ChildProcess
  readonly url: string
  readonly port: number
  /** Tokens of the head and of the head above. */
  readonly head: string
  readonly boss: string
}

/** Starts a hub as a process of its own over the database of the folder, made when it is not there. */
export async function startHub(folder: string, port = 0): Promise<RunningHub> {
  const child = spawn(process.execPath, [programPath('hub-program.ts'), folder, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout }))
    return { child, ...(JSON.parse(line) as Omit<RunningHub, 'child'>) }
  throw new Error('the hub did not begin')
}
