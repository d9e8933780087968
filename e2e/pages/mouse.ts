import { expect, type Locator, type Page } from '@playwright/test'

interface Point {
  readonly x: number
  readonly y: number
}

export async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox()
  if (!box) throw new Error(`nothing to point at: ${target.toString()}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const edge = 60

const isAtEnd = (list: Element, isDown: boolean) =>
  isDown ? list.scrollTop + list.clientHeight >= list.scrollHeight - 1 : list.scrollTop === 0

/** A real mouse that carries cases from the list to a person or a department. */
export class Drag {
  readonly page: Page
  /** What hangs under the pointer. */
  readonly chip: Locator

  constructor(page: Page) {
    this.page = page
    this.chip = page.getByTestId('drag-chip')
  }

  /** Takes a row by its subject and begins to carry it. */
  async lift(row: Locator): Promise<void> {
    const from = await middleOf(row.locator('[col-id="subject"]'))
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(from.x + 12, from.y + 3, { steps: 3 })
    await expect(this.chip).toBeVisible()
  }

  /** Brings what is carried over the target; a list whose edge is near scrolls by itself. */
  async over(target: Locator): Promise<void> {
    await this.#scrollTo(target)
    // The list may still be gliding when its place is read: a hand follows it, and so do we.
    await expect
      .poll(async () => {
        const at = await middleOf(target)
        await this.page.mouse.move(at.x, at.y, { steps: 6 })
        return target.getAttribute('data-over')
      })
      .toBe('true')
  }

  /** Near its edge the list of people moves by itself, and shows more of them as it goes. */
  async #scrollTo(target: Locator): Promise<void> {
    const list = this.page
      .getByRole('complementary', { name: 'Команда' })
      .locator('[data-autoscroll]')
    const { top, bottom, middle } = await list.evaluate(element => {
      const box = element.getBoundingClientRect()
      return { top: box.top, bottom: box.bottom, middle: box.left + box.width / 2 }
    })
    await expect
      .poll(
        async () => {
          const y = (await target.count()) === 0 ? bottom : (await middleOf(target)).y
          const isAbove = y < top + edge
          if (!isAbove && y <= bottom - edge) return true
          if (await list.evaluate(isAtEnd, !isAbove)) return (await target.count()) > 0
          await this.page.mouse.move(middle, isAbove ? top + 20 : bottom - 20, { steps: 2 })
          return false
        },
        { intervals: [30], timeout: 60_000 },
      )
      .toBe(true)
  }

  async release(): Promise<void> {
    await this.page.mouse.up()
    await expect(this.chip).toBeHidden()
  }

  async drop(row: Locator, target: Locator): Promise<void> {
    await this.lift(row)
    await this.over(target)
    await this.release()
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.chip).toBeHidden()
    await this.page.mouse.up()
  }
}
