import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { demoCompany } from '../demo/company.ts'
import { writeCompany } from '../hub/seed.ts'
import { hubFile } from './spaces.ts'

/** The invented company lies on this computer from its first use on; made once. */
export async function prepareDemo(dataFolder: string): Promise<void> {
  const path = hubFile(dataFolder, 'demo')
  if (existsSync(path)) return
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const now = Date.now()
  await writeCompany(path, demoCompany({ now, seed: 1 }))
}
