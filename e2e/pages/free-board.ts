import type { Locator, Page } from '@playwright/test'

/** «Кто свободен»: who has how much, at what they are, when they are free. */
export class FreeBoard {
  readonly region: Locator
  readonly departments: Locator
  readonly people: Locator
  readonly search: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Кто свободен', exact: true })
    this.departments = this.region.getByRole('table')
    this.people = this.region.locator('tbody tr')
    this.search = this.region.getByRole('textbox', { name: 'Найти сотрудника' })
  }

  /** The line of a person; the first where they stand in several departments. */
  person(name: string): Locator {
    return this.people.filter({ has: this.region.page().getByText(name, { exact: true }) }).first()
  }

  freeAt(name: string): Locator {
    return this.person(name).getByRole('cell').nth(2)
  }

  behind(name: string): Locator {
    return this.person(name).getByRole('cell').nth(3)
  }
}
