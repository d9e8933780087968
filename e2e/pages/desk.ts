import { expect, type Locator, type Page } from '@playwright/test'
import { Board } from './board.ts'
import { CaseDrawer } from './case-drawer.ts'
import { FreeBoard } from './free-board.ts'
import { Heat } from './heat.ts'
import { Inbox } from './inbox.ts'
import { Drag } from './mouse.ts'
import { Org } from './org.ts'
import { Plan } from './plan.ts'
import { SyncRoom } from './sync-room.ts'
import { Team } from './team.ts'

export type Room =
  | 'Начало'
  | 'План'
  | 'Команда'
  | 'Загрузка'
  | 'Оргструктура'
  | 'Канбан'
  | 'Кто свободен'
  | 'Синхронизация'
  | 'Настройки'

/** The window of a head with a space open. */
export class Desk {
  readonly page: Page
  readonly inbox: Inbox
  readonly team: Team
  readonly heat: Heat
  readonly org: Org
  readonly board: Board
  readonly free: FreeBoard
  readonly drag: Drag
  readonly case: CaseDrawer
  readonly plan: Plan
  readonly sync: SyncRoom
  /** Below everything: what waits and how old the data is. */
  readonly badge: Locator
  readonly toast: Locator

  constructor(page: Page) {
    this.page = page
    this.inbox = new Inbox(page)
    this.team = new Team(page)
    this.heat = new Heat(page)
    this.org = new Org(page)
    this.board = new Board(page)
    this.free = new FreeBoard(page)
    this.drag = new Drag(page)
    this.case = new CaseDrawer(page)
    this.plan = new Plan(page)
    this.sync = new SyncRoom(page)
    this.badge = page.getByTestId('age-badge')
    // The one said before may still be on its way out, below.
    this.toast = page.locator('.desk-toasts').getByRole('alert').first()
  }

  rail(room: Room): Locator {
    return this.page
      .getByRole('navigation', { name: 'Разделы' })
      .getByRole('button', { name: room })
  }

  async show(room: Room): Promise<void> {
    await this.rail(room).click()
    await expect(this.rail(room)).toHaveAttribute('aria-current', 'page')
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name })
  }

  /** One of the list in «Кому?» or «В какое отделение?». */
  choice(text: string | RegExp): Locator {
    return this.page.getByRole('option').filter({ hasText: text })
  }
}
