import { expect, type Locator, type Page } from '@playwright/test'
import { middleOf } from './mouse.ts'

/** «Оргструктура»: the tree of departments, posts and people. */
export class Org {
  readonly page: Page
  readonly tree: Locator
  /** «Начало» beside the tree. */
  readonly strip: Locator

  constructor(page: Page) {
    this.page = page
    this.tree = page.getByRole('treegrid', { name: 'Отделения, посты и люди' })
    this.strip = page.getByRole('complementary', { name: 'Начало' })
  }

  /** A department or a person. */
  line(name: string): Locator {
    return this.tree.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  details(name: string): Locator {
    return this.page.getByRole('complementary', { name, exact: true })
  }

  stripRow(place: number): Locator {
    return this.strip.locator(`.ag-row[row-index="${place}"]`)
  }

  async numberAt(place: number): Promise<string> {
    return (await this.stripRow(place).locator('[col-id="number"]').textContent()) ?? ''
  }

  /** Carries a case of the strip by a real mouse. */
  async carry(place: number, name: string, isForced = false): Promise<void> {
    const from = await middleOf(this.stripRow(place).locator('[col-id="subject"]'))
    const to = await middleOf(this.line(name))
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(from.x - 12, from.y + 3, { steps: 3 })
    await expect(this.page.getByTestId('drag-chip')).toBeVisible()
    await this.page.mouse.move(to.x, to.y, { steps: 6 })
    await expect(this.line(name)).toHaveAttribute('data-over', 'true')
    if (isForced) await this.page.keyboard.down('Shift')
    await this.page.mouse.up()
    if (isForced) await this.page.keyboard.up('Shift')
  }
}
