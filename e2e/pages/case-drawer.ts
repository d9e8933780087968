import type { Locator, Page } from '@playwright/test'

/** «Дело»: one case in the drawer beside the list. */
export class CaseDrawer {
  readonly region: Locator
  readonly history: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: /^Дело №/ })
    this.history = this.region.getByRole('tabpanel', { name: 'История' }).getByRole('listitem')
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true })
  }

  async showHistory(): Promise<void> {
    await this.region.getByRole('tab', { name: 'История' }).click()
  }

  async close(): Promise<void> {
    await this.button('Закрыть дело').click()
  }
}
