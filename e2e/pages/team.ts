import { expect, type Locator, type Page } from '@playwright/test'

export interface Numbers {
  readonly before: number
  readonly after: number
  readonly limit: number
}

/** The column of people beside the list; with cases in hand it says what giving would mean. */
export class Team {
  readonly page: Page
  readonly panel: Locator
  readonly title: Locator
  readonly hints: Locator

  constructor(page: Page) {
    this.page = page
    this.panel = page.getByRole('complementary', { name: 'Команда' })
    this.title = this.panel.getByRole('heading', { level: 2 })
    this.hints = this.panel.getByRole('list', { name: 'Кому отдать' }).getByRole('listitem')
  }

  person(name: string): Locator {
    return this.panel.getByRole('listitem', { name, exact: true })
  }

  department(name: string): Locator {
    return this.panel.locator('[data-drop^="department:"]').filter({ hasText: name })
  }

  /** The person whose hint has this key. */
  byKey(digit: number): Locator {
    return this.hints.nth(digit - 1)
  }

  /** «1 → 2/8» as numbers. */
  async numbers(person: Locator): Promise<Numbers> {
    // A row that has just come has text before it has been painted.
    const text = (await person.getByRole('img', { name: /^Загрузка / }).textContent()) ?? ''
    const found = /^(?:([\d,]+) →)?\s*([\d,]+)\/([\d,]+)$/.exec(text.replaceAll('\n', ' ').trim())
    expect(found, text).not.toBeNull()
    const [, before, after = '', limit = ''] = found ?? []
    const number = (digits: string) => Number(digits.replace(',', '.'))
    return { before: number(before ?? after), after: number(after), limit: number(limit) }
  }

  async nameOf(person: Locator): Promise<string> {
    return (await person.getAttribute('aria-label')) ?? ''
  }
}
