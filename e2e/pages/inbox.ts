import { expect, type Locator, type Page } from '@playwright/test'

/** «Начало»: the list of cases nobody is responsible for yet. */
export class Inbox {
  readonly page: Page
  readonly region: Locator
  readonly rows: Locator
  readonly search: Locator
  readonly chips: Locator
  /** «+3 новых». */
  readonly news: Locator
  /** «Отобрано 3 из 40». */
  readonly picked: Locator
  readonly elsewhere: Locator

  constructor(page: Page) {
    this.page = page
    this.region = page.getByRole('region', { name: 'Начало', exact: true })
    this.rows = this.region.locator('.ag-row')
    this.search = page.getByRole('textbox', { name: 'Найти дело: номер, клиент, текст' })
    this.chips = page.getByRole('group', { name: 'Отбор' })
    this.news = this.region.getByRole('button', { name: /^\+\d+ нов/ })
    this.picked = this.region.getByText(/^Отобрано \d+ из \d+$/)
    this.elsewhere = page.getByRole('region', { name: 'Найдено не в Начале' })
  }

  row(number: string): Locator {
    const cell = this.page.getByRole('gridcell', { name: number, exact: true })
    return this.rows.filter({ has: cell })
  }

  /** An open case may lie over the right end of the rows. */
  async click(number: string, modifiers: readonly ('Shift' | 'Control')[] = []): Promise<void> {
    await this.#subject(number).click({ position: { x: 30, y: 12 }, modifiers: [...modifiers] })
  }

  async open(number: string): Promise<void> {
    await this.#subject(number).dblclick({ position: { x: 30, y: 12 } })
  }

  #subject(number: string): Locator {
    return this.row(number).locator('[col-id="subject"]')
  }

  /** The numbers of the rows on the screen, from the top. */
  async numbers(): Promise<string[]> {
    const rows = await this.rows.evaluateAll(all =>
      all.map(row => ({
        top: row.getBoundingClientRect().top,
        number: row.querySelector('[col-id="number"]')?.textContent ?? '',
      })),
    )
    return rows.toSorted((a, b) => a.top - b.top).map(({ number }) => number)
  }

  /** Those on the screen whose best hint has nothing against it. */
  async easyNumbers(): Promise<string[]> {
    const warned = await this.rows
      .filter({ has: this.page.getByRole('img', { name: 'с оговоркой' }) })
      .evaluateAll(rows =>
        rows.map(row => row.querySelector('[col-id="number"]')?.textContent ?? ''),
      )
    return (await this.numbers()).filter(number => !warned.includes(number))
  }

  async first(): Promise<string> {
    await expect(this.rows.first()).toBeVisible()
    return (await this.numbers())[0] ?? ''
  }

  count(): Locator {
    return this.region.getByRole('heading', { level: 1 })
  }

  async expectCount(count: number): Promise<void> {
    await expect(this.count()).toHaveText(`Начало${count}`)
  }

  chip(name: string): Locator {
    return this.chips.getByRole('button', { name })
  }

  checkbox(number: string): Locator {
    return this.row(number).getByRole('checkbox')
  }

  /** The row the keys act on. */
  inFocus(): Locator {
    return this.region.locator('.ag-row:has(.ag-cell-focus)')
  }
}
