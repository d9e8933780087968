import type { Page } from '@playwright/test'
import { type LargeDesk, openLargeDesk, unassigned } from './large-desk.ts'
import type { Row } from './report.ts'

const acts = 300
const warmUpActs = 60
/** A head who never rests: a case given out and taken back, and a look elsewhere now and then. */
const breathMs = 4_000
const actsToALook = 8
const views = ['load', 'plan', 'tree', 'board', 'free', 'sync', 'inbox']

/** Giving and taking back by keys as fast as it goes: more acts than an hour of work has. */
export async function* growthRows(desk: LargeDesk): AsyncGenerator<Row> {
  await pickFirst(desk.page)
  await actTimes(desk.page, warmUpActs)
  const before = await desk.heapMb()
  await actTimes(desk.page, acts)
  yield growthRow(`heap of the page after ${acts} acts`, before, await desk.heapMb())
  yield memoryRow(await desk.pageMb())
}

/** So many minutes of work at a person's pace, other people changing cases meanwhile. */
export async function* hourRows(folder: string, minutes: number): AsyncGenerator<Row> {
  const desk = await openLargeDesk(folder)
  try {
    await pickFirst(desk.page)
    // What is made once (a view, a cache) is no growth: each view is visited before the first look.
    for (let look = 0; look < 3; look += 1) await lookAround(desk.page)
    await actTimes(desk.page, warmUpActs)
    const before = { heap: await desk.heapMb(), core: desk.coreMb() }
    let done = 0
    for (const until = Date.now() + minutes * 60_000; Date.now() < until; done += 1) {
      await actTimes(desk.page, 1)
      if (done % actsToALook === 0) await lookAround(desk.page)
      await changeElsewhere(desk, done)
      await desk.page.waitForTimeout(breathMs)
    }
    const after = { heap: await desk.heapMb(), core: desk.coreMb() }
    const what = `after ${minutes} min, ${done} acts`
    yield growthRow(`heap of the page ${what}`, before.heap, after.heap)
    yield growthRow(`memory of the core ${what}`, before.core, after.core)
    yield memoryRow(await desk.pageMb())
  } finally {
    await desk.close()
  }
}

const growthRow = (what: string, before: number, after: number): Row => ({
  name: `${what} against before`,
  value: after / before,
  unit: '×',
  budget: 1.1,
  note: `${before.toFixed(1)} → ${after.toFixed(1)} MB`,
})

const memoryRow = (value: number): Row => ({
  name: 'memory of the page after all of it',
  value,
  unit: 'MB',
  budget: 350,
})

const firstSubject = '.ag-row[row-id] [col-id="subject"]'
const pickFirst = (page: Page) => page.locator(firstSubject).first().click()

async function actTimes(page: Page, count: number): Promise<void> {
  const isCounted = (cases: number) =>
    page.getByRole('heading', { level: 1, name: new RegExp(`\\D${cases}$`) }).waitFor()
  for (let act = 0; act < count; act += 1) {
    await page.keyboard.press('Shift+Digit1')
    await isCounted(unassigned - 1)
    await page.keyboard.press('Control+z')
    await isCounted(unassigned)
  }
}

/** Every view, an open case, and back to the list. */
async function lookAround(page: Page): Promise<void> {
  for (const view of views) {
    await page.locator(`[data-view="${view}"]`).click()
    await page.waitForTimeout(300)
  }
  await pickFirst(page)
  await page.keyboard.press('Enter')
  await page.waitForTimeout(500)
  await page.keyboard.press('Escape')
  await pickFirst(page)
}

/** Somebody makes a case more or less urgent. */
async function changeElsewhere({ hub, page }: LargeDesk, turn: number): Promise<void> {
  const id = await page
    .locator('.ag-row[row-id]')
    .nth(3 + (turn % 10))
    .getAttribute('row-id')
  const answer = await fetch(
    `${hub.url}/v1/cases/${encodeURIComponent(id?.split(':').at(-1) ?? '')}`,
    {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${hub.tokens[0] ?? ''}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ priority: turn % 3 }),
    },
  )
  if (!answer.ok) throw new Error(`no case was changed: ${answer.status}`)
}
