import { expect, type Locator, type Page } from '@playwright/test'

/** What stands beside the tree for an admin: facts, editing, history. */
export class OrgEditor {
  readonly page: Page
  readonly panel: Locator
  readonly history: Locator

  constructor(page: Page, name: string) {
    this.page = page
    this.panel = page.getByRole('complementary', { name, exact: true })
    this.history = this.panel.getByRole('listitem')
  }

  async show(tab: 'Сведения' | 'Правка' | 'История'): Promise<void> {
    await this.panel.getByText(tab, { exact: true }).click()
    await expect(this.panel.getByRole('radio', { name: tab })).toBeChecked()
  }

  field(name: string): Locator {
    return this.panel.getByRole('textbox', { name, exact: true })
  }

  /** A field of the line itself, kept by Enter. */
  async put(name: string, text: string): Promise<void> {
    const field = this.field(name).first()
    await field.fill(text)
    await field.press('Enter')
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true })
  }
}
