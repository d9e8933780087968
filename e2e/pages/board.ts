import { expect, type Locator, type Page } from '@playwright/test'

export type StageName = 'Открыто' | 'Ждёт' | 'На утверждении' | 'Закрыто'

/** «Канбан»: the cases by stage. */
export class Board {
  readonly page: Page
  readonly region: Locator
  readonly cards: Locator
  readonly picked: Locator

  constructor(page: Page) {
    this.page = page
    this.region = page.getByRole('region', { name: 'Канбан', exact: true })
    this.cards = this.region.getByRole('option')
    this.picked = this.region.getByText(/^Отобрано \d+ из \d+$/)
  }

  column(stage: StageName): Locator {
    return this.region.getByRole('region', { name: new RegExp(`^${stage}: `) })
  }

  card(number: string): Locator {
    return this.region.getByRole('option', { name: new RegExp(`^№${number} `) })
  }

  cardIn(stage: StageName, number: string): Locator {
    return this.column(stage).getByRole('option', { name: new RegExp(`^№${number} `) })
  }

  /** The numbers of the cards drawn in a column, from the top. */
  async numbers(stage: StageName): Promise<string[]> {
    await expect(this.column(stage).getByRole('option').first()).toBeVisible()
    const names = await this.column(stage)
      .getByRole('option')
      .evaluateAll(cards => cards.map(card => (card instanceof HTMLElement ? card.innerText : '')))
    return names.map(name => /^№(\S+)/.exec(name)?.[1] ?? '')
  }

  async count(stage: StageName): Promise<number> {
    const name = await this.column(stage).getAttribute('aria-label')
    return Number(/\d+$/.exec(name ?? '')?.[0])
  }

  /** Takes a card and carries it over a column; the button stays pressed. */
  async carry(number: string, stage: StageName): Promise<void> {
    const from = await this.card(number).boundingBox()
    const to = await this.column(stage).boundingBox()
    if (!from || !to) throw new Error(`nothing to carry: ${number}`)
    await this.page.mouse.move(from.x + 60, from.y + 30)
    await this.page.mouse.down()
    await this.page.mouse.move(from.x + 80, from.y + 40, { steps: 3 })
    await this.page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 6 })
    await expect(this.column(stage)).toHaveAttribute('data-over', 'true')
  }

  async move(number: string, stage: StageName): Promise<void> {
    await this.carry(number, stage)
    await this.page.mouse.up()
  }
}
