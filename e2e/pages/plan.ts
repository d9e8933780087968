import { expect, type Locator, type Page } from '@playwright/test'

/** «План»: who would get which case. */
export class Plan {
  readonly page: Page
  readonly region: Locator
  /** Cases with the person each goes to. */
  readonly rows: Locator
  /** Cases that fit nobody. */
  readonly left: Locator
  readonly people: Locator
  readonly apply: Locator
  readonly drop: Locator
  readonly putOff: Locator
  readonly moved: Locator
  readonly leftTab: Locator
  readonly rowsTab: Locator

  constructor(page: Page) {
    this.page = page
    this.region = page.getByRole('region', { name: 'План', exact: true })
    this.rows = this.region.locator('[data-plan-case]:not([data-left])')
    this.left = this.region.locator('[data-plan-case][data-left]')
    this.people = page.getByRole('complementary', { name: 'Загрузка до и после' })
    this.apply = this.region.getByRole('button', { name: /^Применить: / })
    this.drop = this.region.getByRole('button', { name: 'Сбросить' })
    this.putOff = this.region.getByRole('button', { name: 'Отложить черновик' })
    this.moved = page.getByTestId('plan-moved')
    this.leftTab = this.region.getByRole('button', { name: /^Не поместились/ })
    this.rowsTab = this.region.getByRole('button', { name: /^По людям/ })
  }

  row(number: string): Locator {
    return this.region.locator('[data-plan-case]').filter({ hasText: `№${number} ` })
  }

  /** The button that names who gets the case and asks for somebody else. */
  whom(number: string): Locator {
    return this.row(number).getByRole('button', { name: /^Кому №/ })
  }

  /** Numbers of the cases in sight, in the order of the rows. */
  async numbers(): Promise<string[]> {
    const texts = await this.rows.allInnerTexts()
    return texts.flatMap(text => /№(\S+)/.exec(text)?.[1] ?? [])
  }

  /** Everybody whose load stands beside. */
  names(): Promise<string[]> {
    return this.people
      .getByRole('listitem')
      .evaluateAll(all => all.map(one => one.getAttribute('aria-label')?.split(':')[0] ?? ''))
  }

  person(name: string): Locator {
    return this.people.getByRole('listitem', { name: new RegExp(`^${name}: `) })
  }

  /** «Применить: 37 дел» as a number. */
  async count(): Promise<number> {
    await expect(this.apply).toBeEnabled()
    return Number(/\d+/.exec((await this.apply.innerText()).replaceAll(/\s/g, ''))?.[0])
  }

  async leftCount(): Promise<number> {
    const text = (await this.leftTab.count()) === 0 ? '0' : await this.leftTab.innerText()
    return Number(text.replaceAll(/\D/g, ''))
  }

  /** Carries a row of the plan to a person. */
  async carry(number: string, target: Locator): Promise<void> {
    await this.row(number).scrollIntoViewIfNeeded()
    const from = await this.row(number).boundingBox()
    const to = await target.boundingBox()
    if (!from || !to) throw new Error('nothing to carry, or nobody to carry it to')
    await this.page.mouse.move(from.x + 60, from.y + from.height / 2)
    await this.page.mouse.down()
    await this.page.mouse.move(from.x + 90, from.y + from.height / 2 + 4, { steps: 3 })
    await this.page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 6 })
    await expect(target).toHaveAttribute('data-over', 'true')
    await this.page.mouse.up()
  }
}
