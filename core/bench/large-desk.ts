import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { readRunning } from '../console/running.ts'
import { executablePath } from './browser.ts'
import { type HubAt, startLargeHub } from './replica-rows.ts'
import { connect, startCore } from './window-rows.ts'
import { addressOf } from './wire.ts'

export const unassigned = 10_000
const size = { cases: 15_000, people: 200, openCases: 15_000, unassigned }

/** The window of a head with 10,000 unassigned cases and 200 people. */
export interface LargeDesk {
  readonly hub: HubAt
  readonly browser: Browser
  readonly page: Page
  /** What the page's own heap holds after a collection. */
  heapMb(): Promise<number>
  /** What the largest process of the browser's pages holds, as the system counts it. */
  pageMb(): Promise<number>
  /** What the core holds, as the system counts it. */
  coreMb(): number
  close(): Promise<void>
}

export async function openLargeDesk(folder: string): Promise<LargeDesk> {
  mkdirSync(folder, { recursive: true })
  const hub = await startLargeHub(folder, size)
  const dataFolder = join(folder, 'console')
  const core = await startCore(hub, dataFolder)
  await connect(core, hub)
  const browser = await chromium.launch({
    executablePath: executablePath(),
    args: ['--no-sandbox'],
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ru-RU' })
  await page.goto(await addressOf(dataFolder))
  await page.locator('.ag-row[row-id]').first().waitFor()
  return {
    hub,
    browser,
    page,
    heapMb: () => heapMb(page),
    pageMb: () => pageMb(browser),
    coreMb: () => residentMb(readRunning(dataFolder)?.pid),
    async close() {
      await browser.close()
      await core.stop()
      await hub.program.end()
    },
  }
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 2 ** 20
}

async function pageMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => residentMb(id))
  return Math.max(...sizes)
}

const residentMb = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
