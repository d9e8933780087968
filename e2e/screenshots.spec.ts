import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { incidentLog } from './incident-log.ts'
import { expect, type Played, test } from './nachalo.ts'
import { FirstRun } from './pages/first-run.ts'
import { type Keys, keysOf } from './pages/keys.ts'
import { Settings } from './pages/settings.ts'
import { entersList, givesByDigit } from './story/by-keys.ts'
import { keepJournal } from './story/journal.ts'
import { isRaced, losesTheHub } from './story/offline.ts'
import { beginStory, type Story } from './story/story.ts'

/** Every view in both languages and both themes, to be looked at; those of the README are kept. */
const album = join(import.meta.dirname, '.results', 'screenshots')
const kept = join(import.meta.dirname, '..', 'resources', 'pictures')
const looks = [
  { language: 'ru', theme: 'light' },
  { language: 'ru', theme: 'dark' },
  { language: 'en', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const
type Look = (typeof looks)[number]

const ofReadme: ReadonlySet<string> = new Set(['desk', 'drag', 'load-days', 'plan', 'conflict'])

async function shoot(page: Page, name: string, { language, theme }: Look): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const file = `${name}-${language}-${theme}.png`
  const isKept = theme === 'light' && ofReadme.has(name)
  for (const folder of isKept ? [album, kept] : [album]) {
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, file), animations: 'disabled' })
  }
}

const languageNames = { ru: 'Русский', en: 'English' } as const
const themeNames = { light: /^(Светлое|Light)$/, dark: /^(Тёмное|Dark)$/ } as const

/** The rooms by what they are: their names change with the language. */
async function goTo(page: Page, room: string): Promise<void> {
  const stop = page.getByRole('navigation').locator(`[data-view="${room}"]`)
  await stop.click()
  await expect(stop).toHaveAttribute('aria-current', 'page')
}

async function putOn(page: Page, { language, theme }: Look): Promise<void> {
  await goTo(page, 'settings')
  const { look } = new Settings(page)
  await look.getByText(languageNames[language], { exact: true }).click()
  await look.getByText(themeNames[theme]).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

const dialogs = [
  { name: 'whom', code: 'KeyA' },
  { name: 'pass', code: 'KeyD' },
  { name: 'defer', code: 'KeyH' },
  { name: 'keys', code: 'Slash', shift: true },
  { name: 'palette', code: 'KeyK', ctrl: true },
] as const

async function shootDesk(page: Page, keys: Keys, look: Look): Promise<void> {
  await goTo(page, 'inbox')
  const rows = page.locator('.ag-row[row-id]')
  await rows.nth(3).locator('[col-id="subject"]').click()
  await expect(page.getByRole('complementary').getByRole('listitem').first()).toBeVisible()
  await shoot(page, 'desk', look)
  await keys.press('Space')
  await keys.times(2, 'ArrowDown', { shift: true })
  await shoot(page, 'selected', look)
  for (const { name, code, ...held } of dialogs) {
    await keys.press(code, held)
    await expect(page.getByRole('dialog')).toBeVisible()
    await shoot(page, name, look)
    await keys.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await shootDrag(page, look)
  await shootCase(page, look)
  await shootPlan(page, keys, look)
  await goTo(page, 'team')
  await shoot(page, 'team', look)
  await shootLoad(page, look)
  await goTo(page, 'tree')
  await page.locator('[data-kind="department"]').nth(3).click()
  await shoot(page, 'tree', look)
  await shootBoards(page, look)
  await goTo(page, 'settings')
  await shoot(page, 'settings', look)
}

async function shootLoad(page: Page, look: Look): Promise<void> {
  await goTo(page, 'load')
  const cells = page.getByRole('gridcell')
  await expect(cells.first()).toBeVisible()
  await shoot(page, 'load-days', look)
  await page.locator('[data-heat="over"][role="gridcell"]').first().click()
  await shoot(page, 'load-cell', look)
  await page.getByRole('radiogroup').locator('label').nth(1).click()
  await shoot(page, 'load-kinds', look)
  await page.getByRole('radiogroup').locator('label').nth(0).click()
}

/** A plan of everything with one row chosen, and what did not fit. */
async function shootPlan(page: Page, keys: Keys, look: Look): Promise<void> {
  await goTo(page, 'plan')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await shoot(page, 'no-plan', look)
  await goTo(page, 'inbox')
  await page.locator('.ag-row[row-id]').first().locator('[col-id="subject"]').click()
  await keys.press('KeyP')
  const rows = page.locator('[data-plan-case]')
  await expect(rows.first()).toBeVisible()
  await rows.nth(1).focus()
  await keys.press('KeyR')
  await expect(page.locator('[data-kept]')).toHaveCount(1)
  await shoot(page, 'plan', look)
  await keys.press('KeyA')
  await expect(page.getByRole('dialog')).toBeVisible()
  await shoot(page, 'plan-whom', look)
  await keys.press('Escape')
  await page.locator('button[aria-pressed="false"]').click()
  await expect(page.locator('[data-left]').first()).toBeVisible()
  await shoot(page, 'plan-left', look)
  await page.getByRole('button', { name: /^(Сбросить|Discard)$/ }).click()
}

async function shootDrag(page: Page, look: Look): Promise<void> {
  const row = page.locator('.ag-row[row-id]').nth(4).locator('[col-id="subject"]')
  const from = await row.boundingBox()
  if (!from) throw new Error('there is no row to lift')
  await page.mouse.move(from.x + 60, from.y + 12)
  await page.mouse.down()
  await page.mouse.move(from.x + 90, from.y + 20, { steps: 4 })
  const target = page.locator('[data-drop^="employee:"]').nth(2)
  const to = await target.boundingBox()
  if (!to) throw new Error('there is nobody to drop on')
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 })
  await expect(target).toHaveAttribute('data-over', 'true')
  await shoot(page, 'drag', look)
  await page.keyboard.press('Escape')
  await page.mouse.up()
}

/** A card over a column, two selected, and who is free. */
async function shootBoards(page: Page, look: Look): Promise<void> {
  await goTo(page, 'board')
  const card = page.locator('[data-stage="open"] [role="option"]')
  await card.nth(1).click()
  await card.nth(2).click({ modifiers: ['Shift'] })
  await shoot(page, 'board', look)
  const from = await card.nth(2).boundingBox()
  const to = await page.locator('[data-stage="awaitingApproval"]').boundingBox()
  if (!from || !to) throw new Error('there is nothing to carry')
  await page.mouse.move(from.x + 60, from.y + 30)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + 300, { steps: 8 })
  await expect(page.locator('[data-stage="awaitingApproval"]')).toHaveAttribute('data-over', 'true')
  await shoot(page, 'board-drag', look)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await goTo(page, 'free')
  await expect(page.getByRole('table').first()).toBeVisible()
  await shoot(page, 'free', look)
}

async function shootCase(page: Page, look: Look): Promise<void> {
  await page.locator('.ag-row[row-id]').nth(2).locator('[col-id="subject"]').dblclick()
  const tabs = page.getByRole('tab')
  await expect(tabs.first()).toBeVisible()
  await shoot(page, 'case', look)
  await tabs.nth(1).click()
  await shoot(page, 'history', look)
  await page.keyboard.press('Escape')
  await expect(tabs.first()).toBeHidden()
}

/** The network is gone, two decisions wait, two were met by another head's. */
async function getsIntoTrouble(story: Story & { readonly keys: Keys }): Promise<void> {
  await losesTheHub(story)
  await entersList(story)
  const [one = '', two = '', three = '', four = ''] = await story.desk.inbox.easyNumbers()
  const raced = []
  for (const number of [one, two]) raced.push({ number, name: await givesByDigit(story, number) })
  await isRaced(story, raced)
  await goTo(story.page, 'sync')
  await expect(story.desk.sync.conflict(one)).toBeVisible()
  await expect(story.desk.sync.conflict(two)).toBeVisible()
  await losesTheHub(story)
  await goTo(story.page, 'inbox')
  await entersList(story)
  for (const number of [three, four]) await givesByDigit(story, number)
}

test('the desk', async ({ page, play, worlds }) => {
  const journal = keepJournal(page)
  const world = await worlds.demo()
  const played: Played = await play(world)
  const keys = await keysOf(page, 'latin')
  for (const look of looks) {
    await putOn(page, look)
    await shootDesk(page, keys, look)
  }
  await putOn(page, looks[0])
  await goTo(page, 'inbox')
  await getsIntoTrouble({ ...beginStory(page, played, world, journal), keys })
  for (const look of looks) {
    await putOn(page, look)
    await goTo(page, 'sync')
    await expect(page.getByRole('article').first()).toBeVisible()
    await shoot(page, 'conflict', look)
    await goTo(page, 'inbox')
    await shoot(page, 'offline', look)
  }
})

for (const look of looks)
  test(`the doors: ${look.language}, ${look.theme}`, async ({ page, stageAt, enter }) => {
    await page.emulateMedia({ colorScheme: look.theme })
    const stage = stageAt(Date.parse('2026-11-18T08:03:00Z'))
    await enter(stage, ['--lang', look.language])
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await shoot(page, 'doors', look)
    if (look.language === 'ru') await shootImport(page, look)
  })

async function shootImport(page: Page, look: Look): Promise<void> {
  const door = new FirstRun(page)
  await door.import.click()
  await door.file.setInputFiles({
    name: 'incidents.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(incidentLog()),
  })
  await page.getByRole('radio', { name: 'Журнал обращений ServiceNow' }).check()
  await door.asOf.fill('2016-03-01T10:00')
  await door.look.click()
  await expect(page.getByRole('button', { name: /^Импортировать \d+/ })).toBeVisible()
  await shoot(page, 'import', look)
}
