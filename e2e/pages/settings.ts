import type { Locator, Page } from '@playwright/test'

/** «Настройки». */
export class Settings {
  readonly page: Page
  readonly connection: Locator
  /** Only of a portal. */
  readonly incoming: Locator
  readonly load: Locator
  readonly look: Locator
  readonly keeping: Locator

  constructor(page: Page) {
    this.page = page
    this.connection = page.getByRole('region', { name: 'Подключение' })
    this.incoming = page.getByRole('region', { name: 'Что приходит с портала' })
    this.load = page.getByRole('region', { name: 'Люди и нагрузка' })
    this.look = page.getByRole('region', { name: /^(Язык и оформление|Language and appearance)$/ })
    this.keeping = page.getByRole('region', { name: 'Данные' })
  }

  /** One of the kinds that come from a portal. */
  kind(name: string): Locator {
    return this.incoming.getByRole('switch', { name })
  }

  /** A stage of a funnel. */
  stage(funnel: string, name: string): Locator {
    const group = this.incoming.getByRole('group', { name: funnel, exact: true })
    return group.getByRole('checkbox', { name, exact: true })
  }

  incomingField(name: string): Locator {
    return this.incoming.getByRole('combobox', { name })
  }

  async saveIncoming(): Promise<void> {
    await this.incoming.getByRole('button', { name: 'Сохранить' }).click()
  }

  points(name: string): Locator {
    return this.load.getByRole('textbox', { name, exact: true })
  }
}
