import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const programPath = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Runs a program to its end and reads the one JSON line it prints; rejects with what it complained of. */
export function runProgram<Answer>(path: string, args: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complaint = ''
    child.stdout.on('data', piece => (said += String(piece)))
    child.stderr.on('data', piece => (complaint += String(piece)))
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0 && said !== '') resolve(JSON.parse(said) as Answer)
      else reject(new Error(`${path} ended with ${code}: ${complaint.slice(0, 2_000)}`))
    })
  })
}

/** What `schedule-program.ts` prints. */
export interface ScheduleAnswer {
  readonly runs: number
  readonly acts: number
  readonly decisions: number
  readonly effects: number
  readonly kills: number
  readonly fault: { readonly at: number; readonly why: string; readonly schedule: unknown } | null
}
