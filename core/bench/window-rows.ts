import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Locator, type Page } from '@playwright/test'
import { readRunning } from '../console/running.ts'
import { executablePath } from './browser.ts'
import { median, quantile } from './measure.ts'
import { largeCases, type HubAt } from './replica-rows.ts'
import type { Row } from './report.ts'
import { startConsole, type StartedConsole } from './start-console.ts'
import { addressOf, windowOf } from './wire.ts'

const navigations = 7
const drops = 40
const warmUps = 3

/** The built console on 100,000 cases (5,000 open) in a real browser with a real mouse. */
export async function* windowRows(hub: HubAt): AsyncGenerator<Row> {
  const dataFolder = join(hub.folder, 'console')
  const core = await startCore(hub, dataFolder)
  await connect(core, hub)
  yield {
    name: 'memory of the core, at most, 100,000 cases loaded',
    value: peakMb(dataFolder),
    unit: 'MB',
    budget: 300,
  }
  const browser = await chromium.launch({
    executablePath: executablePath(),
    args: ['--no-sandbox'],
  })
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'ru-RU',
    })
    const page = await context.newPage()
    await page.goto(await addressOf(dataFolder))
    yield await navigationRow(page)
    yield await dropRow(page)
  } finally {
    await browser.close()
    await core.stop()
  }
}

export async function startCore(hub: HubAt, dataFolder: string): Promise<StartedConsole> {
  const keyFile = join(hub.folder, 'key')
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(keyFile, 'b3'.repeat(32), { mode: 0o600 })
  return startConsole(dataFolder, [], { NACHALO_KEY_FILE: keyFile })
}

/** Connects as a head would and waits until everything has come. */
export async function connect(core: StartedConsole, hub: HubAt): Promise<void> {
  const window = await windowOf(core.url)
  await window.calls.connectHub({ url: hub.url, token: hub.tokens[0] ?? '' })
  for (;;) {
    const { sync, cases } = await window.calls.open({})
    if (
      sync.freshAt !== null &&
      sync.load === null &&
      sync.link.kind === 'idle' &&
      cases.length > 0
    )
      return
    // Asking more often would itself be a load.
    await new Promise(resolve => setTimeout(resolve, 1_000))
  }
}

/** The most memory the process ever had, as the system counts it. */
function peakMb(dataFolder: string): number {
  const status = readFileSync(`/proc/${readRunning(dataFolder)?.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

const firstRow = '.ag-row[row-id]'

async function navigationRow(page: Page): Promise<Row> {
  const times: number[] = []
  const home = page.url()
  for (let turn = 0; turn < navigations; turn += 1) {
    await page.goto('about:blank')
    await page.goto(home)
    await page.locator(firstRow).first().waitFor()
    times.push(await page.evaluate(() => performance.now()))
  }
  return {
    name: `navigation to first row, ${largeCases} cases`,
    value: median(times) / 1000,
    unit: 's',
    budget: 1.5,
  }
}

/** From the release of the button to the frame in which the row is gone. */
async function dropRow(page: Page): Promise<Row> {
  await page.evaluate(watchDrops)
  const times: number[] = []
  for (let turn = 0; turn < warmUps + drops; turn += 1) times.push(await dropOne(page))
  times.splice(0, warmUps)
  return {
    name: 'mouse drop to painted, p95',
    value: quantile(times, 0.95),
    unit: 'ms',
    budget: 100,
    note: `median ${median(times).toFixed(0)} ms`,
  }
}

async function dropOne(page: Page): Promise<number> {
  const row = page.locator(firstRow).nth(1)
  const id = await row.getAttribute('row-id')
  const from = await middleOf(row)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y + 40, { steps: 4 })
  // With a case in hand the people are put in the order of the hints.
  const target = page.locator('[data-drop^="employee:"]').nth(2)
  const to = await middleOf(target)
  await page.keyboard.down('Shift')
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.evaluate(
    rowId => Object.assign(globalThis, { droppedRow: rowId, paintedAfter: null }),
    id,
  )
  await page.mouse.up()
  await page.keyboard.up('Shift')
  const painted = await page.waitForFunction(() => Reflect.get(globalThis, 'paintedAfter'), null, {
    timeout: 10_000,
  })
  return Number(await painted.jsonValue())
}

async function middleOf(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await target.boundingBox()
  if (!box) throw new Error(`nothing to point at: ${target.toString()}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Runs in the page: marks the release and the first frame after the row has left. */
const watchDrops = `
  const isThere = () => document.querySelector('.ag-row[row-id="' + CSS.escape(window.droppedRow) + '"]:not(.ag-opacity-zero)')
  const look = releasedAt => () => {
    if (isThere()) return requestAnimationFrame(look(releasedAt))
    // This frame is handed over after this callback: whichever comes first knows.
    const painted = () => { window.paintedAfter ??= performance.now() - releasedAt }
    const after = new MessageChannel()
    after.port1.onmessage = painted
    after.port2.postMessage(0)
    requestAnimationFrame(painted)
  }
  document.addEventListener('pointerup', () => requestAnimationFrame(look(performance.now())), { capture: true })
`
