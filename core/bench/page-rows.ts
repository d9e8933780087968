import type { Browser, Page } from '@playwright/test'
import { growthRows } from './growth-rows.ts'
import { openLargeDesk, unassigned } from './large-desk.ts'
import { median, quantile } from './measure.ts'
import type { Row } from './report.ts'

const rounds = 3
const framesEach = 240

/** A head with 10,000 unassigned cases and 200 people: scrolling, the heatmap, memory and its growth. */
export async function* pageRows(folder: string): AsyncGenerator<Row> {
  const desk = await openLargeDesk(folder)
  try {
    yield* scrollRows(desk.page, await emptyPage(desk.browser))
    yield* heatRows(desk.page)
    yield* growthRows(desk)
  } finally {
    await desk.close()
  }
}

/** As tall as the list and as wide, with nothing on it: what the browser itself needs for a frame. */
async function emptyPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.setContent(
    `<div id="list" style="height:800px;overflow:auto"><div style="height:${unassigned * 34}px"></div></div>`,
  )
  return page
}

async function* scrollRows(page: Page, empty: Page): AsyncGenerator<Row> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let turn = 0; turn < rounds; turn += 1) {
    await page.bringToFront()
    ours.push(...(await framesOf(page, '.ag-grid-viewport', turn)))
    await empty.bringToFront()
    theirs.push(...(await framesOf(empty, '#list', turn)))
  }
  await page.bringToFront()
  yield {
    name: 'scrolling 10,000 cases: longest frame',
    value: Math.max(...ours),
    unit: 'ms',
    budget: 100,
    note: `p99 ${quantile(ours, 0.99).toFixed(1)} ms of ${ours.length}`,
  }
  yield {
    name: 'scrolling 10,000 cases: median frame against an empty page',
    value: median(ours) / median(theirs),
    unit: '×',
    budget: 1.2,
    note: `${median(ours).toFixed(1)} against ${median(theirs).toFixed(1)} ms`,
  }
}

/** Scrolls by 90 px a frame, each round from farther down; ms from frame to frame. */
async function framesOf(page: Page, list: string, turn: number): Promise<number[]> {
  const times = await page.evaluate(scrolling(list, turn * 60_000))
  if (!Array.isArray(times)) throw new Error(`nothing was scrolled: ${list}`)
  return times.map(Number)
}

/** Runs in the page. */
const scrolling = (list: string, fromPx: number) => `(async () => {
  const list = document.querySelector('${list}')
  const next = () => new Promise(resolve => requestAnimationFrame(resolve))
  list.scrollTop = ${fromPx}
  for (let warm = 0; warm < 5; warm += 1) await next()
  const times = []
  let before = await next()
  for (let frame = 0; frame < ${framesEach}; frame += 1) {
    list.scrollTop += 90
    const now = await next()
    times.push(now - before)
    before = now
  }
  return times
})()`

/** The heatmap of 200 people × 30 days: until it stands, and while it is scrolled both ways. */
async function* heatRows(page: Page): AsyncGenerator<Row> {
  const times: number[] = []
  const frames: number[] = []
  for (let turn = 0; turn < rounds; turn += 1) {
    times.push(Number(await page.evaluate(openingHeatmap)))
    frames.push(...(await framesOf(page, '[data-heat-grid]', 0)))
    await page.locator('[data-view="inbox"]').click()
    await page.locator('.ag-row[row-id]').first().waitFor()
  }
  yield {
    name: 'heatmap of 200 people × 30 days stands',
    value: median(times),
    unit: 'ms',
    budget: 500,
  }
  yield {
    name: 'scrolling the heatmap: longest frame',
    value: Math.max(...frames),
    unit: 'ms',
    budget: 100,
    note: `median ${median(frames).toFixed(1)} ms`,
  }
}

/** Runs in the page. */
const openingHeatmap = `(async () => {
  const next = () => new Promise(resolve => requestAnimationFrame(resolve))
  const startedAt = performance.now()
  document.querySelector('[data-view="load"]').click()
  while (!document.querySelector('[data-heat-grid] [role=gridcell]')) await next()
  await next()
  return performance.now() - startedAt
})()`
