import { expect, type Locator, type Page } from '@playwright/test'
import { FreeBoard } from './free-board.ts'
import { Inbox } from './inbox.ts'

/** Three doors and no account; what lies behind each. */
export class FirstRun {
  readonly page: Page
  readonly heading: Locator
  readonly demo: Locator
  readonly import: Locator
  readonly connectDoor: Locator
  readonly address: Locator
  readonly token: Locator
  readonly check: Locator
  readonly enter: Locator
  readonly signIn: Locator
  readonly cancelSignIn: Locator
  /** What the hub answered. */
  readonly answer: Locator
  readonly file: Locator
  readonly asOf: Locator
  readonly look: Locator
  /** What was understood of the file. */
  readonly understood: Locator

  constructor(page: Page) {
    this.page = page
    this.heading = page.getByRole('heading', { name: 'С чего начнём?' })
    this.demo = page.getByRole('button', { name: 'Открыть пример' })
    this.import = page.getByRole('button', { name: 'Выбрать файл' })
    this.connectDoor = page.getByRole('button', { name: 'Ввести адрес' })
    this.address = page.getByRole('textbox', { name: 'Адрес хаба' })
    this.token = page.getByRole('textbox', { name: 'Токен' })
    this.check = page.getByRole('button', { name: 'Проверить' })
    this.enter = page.getByRole('button', { name: 'Подключить' })
    this.signIn = page.getByRole('button', { name: 'Войти через компанию' })
    this.cancelSignIn = page.getByRole('button', { name: 'Отменить вход' })
    this.file = page.getByLabel('Выберите файл CSV')
    this.asOf = page.getByRole('textbox', { name: 'На какой момент' })
    this.look = page.getByRole('button', { name: 'Посмотреть, что внутри' })
    this.understood = page.getByRole('region', { name: 'Что мы поняли' })
    this.answer = page.getByRole('region', { name: 'Ответ хаба' })
  }

  /** Presses what opens the sign-in page of the company; that page. */
  async openSignIn(): Promise<Page> {
    const opened = this.page.context().waitForEvent('page')
    await this.signIn.click()
    return opened
  }

  /** By a webhook of a portal of Bitrix24 to the desk. */
  async connectPortal(webhook: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Вставить вебхук' }).click()
    await this.page.getByLabel('Входящий вебхук', { exact: true }).fill(webhook)
    await this.check.click()
    await this.enter.click()
    await expect(new Inbox(this.page).region).toBeVisible()
  }

  /** Through the third door to the end: the desk. */
  async connect(url: string, token: string): Promise<void> {
    await this.connectDoor.click()
    await this.address.fill(url)
    await this.token.fill(token)
    await this.check.click()
    await this.enter.click()
    await expect(new Inbox(this.page).region.or(new FreeBoard(this.page).region)).toBeVisible()
  }
}
