import type { Locator, Page } from '@playwright/test'

/** The passphrase that opens the data where the system keeps no keys. */
export class Unlock {
  readonly newTitle: Locator
  readonly knownTitle: Locator
  readonly passphrase: Locator
  readonly again: Locator
  readonly encrypt: Locator
  readonly open: Locator

  constructor(page: Page) {
    this.newTitle = page.getByRole('heading', { name: 'Придумайте кодовую фразу' })
    this.knownTitle = page.getByRole('heading', { name: 'Введите кодовую фразу' })
    this.passphrase = page.getByRole('textbox', { name: 'Кодовая фраза' })
    this.again = page.getByRole('textbox', { name: 'Ещё раз' })
    this.encrypt = page.getByRole('button', { name: 'Зашифровать и продолжить' })
    this.open = page.getByRole('button', { name: 'Открыть', exact: true })
  }
}
