import type { Locator, Page } from '@playwright/test'

/** «Синхронизация»: the connection, what waits, what was decided twice. */
export class SyncRoom {
  readonly page: Page
  readonly link: Locator
  readonly tryNow: Locator
  /** When the token no longer holds. */
  readonly comeInAgain: Locator
  readonly waiting: Locator
  readonly finished: Locator
  readonly rejected: Locator

  constructor(page: Page) {
    this.page = page
    this.link = page.getByRole('region', { name: 'Связь' })
    this.tryNow = page.getByRole('button', { name: 'Попробовать сейчас' })
    this.comeInAgain = page.getByRole('button', { name: 'Войти снова' })
    this.waiting = page.getByRole('region', { name: /^Жд(ёт|ут) отправки/ })
    this.finished = page.getByRole('region', { name: 'Недавно отправленные' })
    this.rejected = page.getByRole('region', { name: /решени[ея] не принят/ })
  }

  conflict(number: string): Locator {
    return this.page.getByRole('article', { name: `Конфликт по делу №${number}` })
  }

  /** «Было», «Вы решили», «Сейчас» of a conflict. */
  side(number: string, name: 'Было' | 'Вы решили' | 'Сейчас'): Locator {
    return this.conflict(number)
      .locator('dl > div')
      .filter({ has: this.page.getByText(name) })
      .locator('dd')
  }
}
