import { expect, type Page } from '@playwright/test'
import type { Played } from '../nachalo.ts'
import type { Desk } from '../pages/desk.ts'
import { type Dump, isUnassigned, rowsOf, type StoryWorld } from '../worlds.ts'
import { type Journal } from './journal.ts'
import { Ledger } from './ledger.ts'

/** One head, one morning: what is on the screen, what was done, and how many cases are left. */
export interface Story {
  readonly page: Page
  readonly desk: Desk
  readonly hub: Played['hub']
  readonly world: StoryWorld
  readonly journal: Journal
  readonly ledger: Ledger
  /** Decisions taken back before they left. */
  readonly cancelled: string[]
  left: number
}

export function beginStory(
  page: Page,
  { desk, hub }: Played,
  world: StoryWorld,
  journal: Journal,
): Story {
  const { dump } = world
  return {
    page,
    desk,
    hub,
    world,
    journal,
    ledger: new Ledger(dump),
    cancelled: [],
    left: unassignedOf(world),
  }
}

/** What comes to the head: of the demo, the own department and the one that has no head of its own. */
function unassignedOf({ name, dump }: StoryWorld): number {
  const own = new Set<unknown>(['contact', 'papers'])
  return rowsOf(dump, 'cases').filter(
    row => isUnassigned(row) && (name === 'log' || own.has(row['departmentId'])),
  ).length
}

/** The head's own name. */
export const headName = ({ dump }: StoryWorld): string => {
  const ownerId = rowsOf(dump, 'meta').find(row => row['key'] === 'ownerId')?.['value']
  return String(rowsOf(dump, 'employees').find(row => row['employeeId'] === ownerId)?.['name'])
}

/** A colleague the rival may give a case to, other than these. */
export function somebodyElse(
  dump: Dump,
  others: readonly string[],
): { readonly id: string; readonly name: string } {
  const posted = new Set(rowsOf(dump, 'posts').map(row => row['employeeId']))
  const found = rowsOf(dump, 'employees').find(
    row =>
      posted.has(row['employeeId'] ?? null) &&
      row['isDismissed'] === 0 &&
      !others.includes(String(row['name'])),
  )
  return { id: String(found?.['employeeId']), name: String(found?.['name']) }
}

/** So many cases have left «Начало», and it says so. */
export async function expectGone(story: Story, ...numbers: readonly string[]): Promise<void> {
  for (const number of numbers) await expect(story.desk.inbox.row(number)).toHaveCount(0)
  story.left -= numbers.length
  await story.desk.inbox.expectCount(story.left)
}

/** They are in «Начало» again. */
export async function expectBack(story: Story, number: string): Promise<void> {
  story.left += 1
  await story.desk.inbox.expectCount(story.left)
  await expect(story.desk.inbox.row(number)).toHaveCount(1)
}

/** «Анна Полякова» as toasts and chips say it. */
export function shortName(name: string): string {
  const [first = '', second] = name.split(' ')
  if (second === undefined) return first
  return /^\p{L}/u.test(second) ? `${first} ${second.slice(0, 1)}.` : name
}
