import { expect, type Locator, type Page } from '@playwright/test'
import { middleOf } from './mouse.ts'

/** «Загрузка»: people × days and people × kinds. */
export class Heat {
  readonly page: Page
  readonly grid: Locator
  /** «Начало» beside the table. */
  readonly strip: Locator
  /** What the cell of the keys says in words. */
  readonly status: Locator

  constructor(page: Page) {
    this.page = page
    this.grid = page.getByRole('grid', { name: 'Загрузка людей' })
    this.strip = page.getByRole('complementary', { name: 'Начало' })
    this.status = page.getByRole('region', { name: 'Загрузка' }).locator('footer [role=status]')
  }

  line(name: string): Locator {
    return this.grid.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  /** `column` from 0: the first day, or all kinds together. */
  cell(name: string, column: number): Locator {
    return this.line(name).first().getByRole('gridcell').nth(column)
  }

  points(name: string): Locator {
    return this.line(name).first().getByRole('rowheader')
  }

  /** The panel of an opened cell. */
  cases(name: string | RegExp): Locator {
    return this.page.getByRole('complementary', { name })
  }

  stripRow(number: string): Locator {
    const cell = this.page.getByRole('gridcell', { name: number, exact: true })
    return this.strip.locator('.ag-row').filter({ has: cell })
  }

  async firstOfStrip(): Promise<string> {
    const number = this.strip.locator('.ag-row[row-index="0"] [col-id="number"]')
    return (await number.textContent()) ?? ''
  }

  async showKinds(): Promise<void> {
    await this.page.getByText('По видам', { exact: true }).click()
    await expect(this.grid.getByRole('columnheader').nth(1)).toHaveText('Всего')
  }

  /** Carries by a real mouse; `isForced`: Shift is held at the end. */
  async carry(what: Locator, name: string, column: number, isForced = false): Promise<void> {
    const from = await middleOf(what)
    const to = await middleOf(this.cell(name, column))
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(from.x + 8, from.y + 3, { steps: 3 })
    await expect(this.page.getByTestId('drag-chip')).toBeVisible()
    await this.page.mouse.move(to.x, to.y, { steps: 6 })
    await expect(this.line(name).first()).toHaveAttribute('data-over', 'true')
    if (isForced) await this.page.keyboard.down('Shift')
    await this.page.mouse.up()
    if (isForced) await this.page.keyboard.up('Shift')
    await expect(this.page.getByTestId('drag-chip')).toBeHidden()
  }
}
