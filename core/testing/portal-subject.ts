/** A portal of Bitrix24 for the one suite: the emulator in time that drifts. */
import assert from 'node:assert/strict'
import { openBitrix } from '../backends/bitrix24/backend.ts'
import { createClient, Limiters, webhookAccess } from '../backends/bitrix24/client.ts'
import { factAfter } from '../backends/bitrix24/fact.ts'
import type { Fact } from '../backends/bitrix24/fact.ts'
import { usualRule } from '../backends/bitrix24/rule.ts'
import type { Rule } from '../backends/bitrix24/rule.ts'
import { idOf } from '../domain/id.ts'
import type { WorkspaceId } from '../domain/id.ts'
import { demo } from '../emulators/bitrix24/demo/company.ts'
import type { PortalOptions } from '../emulators/bitrix24/options.ts'
import { createPortal } from '../emulators/bitrix24/portal.ts'
import { monday } from '../emulators/bitrix24/test-portal.ts'
import type { Subject } from './backend-subjects.ts'
import { driftingTime } from './drifting-time.ts'

export const portalSpace = 'bitrix24-22222222' as WorkspaceId
const space = portalSpace
const people = { boss: 1, head: demo.head, anna: 11, oleg: 12, gone: demo.dismissed }
const rooms = { office: 1, sales: demo.sales }

/** What the kinds without a name of their own are called. */
export const names = { leads: 'Лиды', deals: 'Сделки', tasks: 'Задачи' }

const idIn = (ids: Readonly<Record<string, number>>, name: string): number => {
  const id = ids[name]
  assert.ok(id !== undefined, name)
  return id
}
export const person = (name: string) => idOf(space, 'employee', String(idIn(people, name)))
const room = (name: string) => idOf(space, 'department', String(idIn(rooms, name)))

/** The demo company of the emulator, its head with three deals at the first stage, in time that drifts. */
export function openTestPortal(options: PortalOptions = {}, rule: Partial<Rule> = {}) {
  const clock = driftingTime(monday)
  const portal = createPortal({ cases: 0, clock, ...options })
  type Over = (fetching: typeof fetch) => typeof fetch
  const clientOf = (userId: number, over: Over = same => same) => {
    const access = webhookAccess(portal.webhook(userId))
    assert.ok(access.kind === 'webhook')
    const limiters = new Limiters()
    return createClient({ access, onAccess: () => {}, fetch: over(portal.fetch), clock, limiters })
  }
  const connect = (over?: Over) => {
    const client = clientOf(demo.head, over)
    const taken = new Map<string, Fact>()
    return openBitrix({
      client,
      clock,
      workspaceId: space,
      rule: { ...usualRule(demo.head), ...rule },
      epoch: 'portal',
      company: 'Компания',
      zone: 'Europe/Moscow',
      taken: {
        all: taken,
        set: (id, kind) => void taken.set(id, factAfter(taken.get(id), kind)),
        remove: id => void taken.delete(id),
      },
      names,
    })
  }
  return { portal, clock, connect, clientOf }
}

export function portalSubject(): Promise<Subject> {
  const { portal, clock, connect } = openTestPortal()
  const fields = { assignedById: demo.head, stageId: 'NEW', categoryId: 0, comments: 'Текст' }
  const deals = new Map(
    ['1', '2', '3'].map(name => [name, portal.world.createItem(2, { ...fields, title: name })]),
  )
  const deal = (name: string) => deals.get(name) ?? 999_999
  const backend = connect()
  const later = (work: () => void) => {
    // Two changes within one second look alike in everything a portal tells of time.
    clock.leap(2_000)
    work()
    return Promise.resolve()
  }
  return Promise.resolve({
    backend,
    person,
    room,
    numbered: name => idOf(space, 'case', `D_${deal(name)}`),
    giveElsewhere: (name, to) =>
      later(() => portal.world.giveItem(2, deal(name), idIn(people, to), demo.director)),
    close: name => later(() => portal.world.moveStage(2, deal(name), 'WON', demo.director)),
    told: { name: 'Вера Плёсова', now: clock.now, texts: ['Текст', [], []] },
    pause: ms => clock.sleep(ms, new AbortController().signal),
    end: () => Promise.resolve(backend.close()),
  })
}
