import type { Locator, Page } from '@playwright/test'

/** «Настройки». */
export class Settings {
  readonly page: Page
  readonly connection: Locator
  readonly load: Locator
  readonly look: Locator
  readonly keeping: Locator

  constructor(page: Page) {
    this.page = page
    this.connection = page.getByRole('region', { name: 'Подключение' })
    this.load = page.getByRole('region', { name: 'Люди и нагрузка' })
    this.look = page.getByRole('region', { name: /^(Язык и оформление|Language and appearance)$/ })
    this.keeping = page.getByRole('region', { name: 'Данные' })
  }

  points(name: string): Locator {
    return this.load.getByRole('textbox', { name, exact: true })
  }
}
