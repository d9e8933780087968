/** Reading a department of an emulated portal: everything by id, then what changed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demo } from '../../emulators/bitrix24/demo/company.ts'
import type { PortalOptions } from '../../emulators/bitrix24/options.ts'
import { openTestPortal, person } from '../../testing/portal-subject.ts'
import type { Backend, Page } from '../backend.ts'
import type { Rule } from './rule.ts'

const signal = new AbortController().signal
const limit = 20

/** Pages from a cursor to the end of what there is. */
async function pagesFrom(backend: Backend, from: string | null): Promise<Page[]> {
  const pages: Page[] = []
  for (let cursor = from; pages.at(-1)?.isUpToDate !== true;) {
    const page = await backend.pull(cursor, limit, signal)
    assert.equal(page.mustRestart, false)
    pages.push(page)
    cursor = page.nextCursor
  }
  return pages
}
const casesOf = (pages: readonly Page[]) =>
  new Map(pages.flatMap(page => page.cases).map(one => [one.caseId.split(':')[2] ?? '', one]))
const cursorOf = (pages: readonly Page[]) => pages.at(-1)?.nextCursor ?? ''
const goneOf = (pages: readonly Page[]) =>
  pages.flatMap(page => page.gone).map(({ id, reason }) => [id.split(':')[2], reason])

function opened(options: PortalOptions = {}, rule: Partial<Rule> = {}) {
  const desk = openTestPortal({ cases: 60, ...options }, rule)
  return { ...desk, backend: desk.connect() }
}

test('a first load that was killed goes on where it stood', async () => {
  const { backend, connect } = opened()
  const whole = casesOf(await pagesFrom(backend, null))
  const first = await backend.pull(null, limit, signal)
  const second = await backend.pull(first.nextCursor, limit, signal)
  const third = await backend.pull(second.nextCursor, limit, signal)
  const rest = await pagesFrom(connect(), third.nextCursor)
  const together = casesOf([first, second, third, ...rest])
  assert.deepEqual([...together.keys()].sort(), [...whole.keys()].sort())
  assert.ok(first.remaining > second.remaining && second.remaining > third.remaining)
  assert.ok(third.cases.length > 0 && rest.some(page => page.cases.length > 0))
})

test('what goes to another department is gone, what comes is here', async () => {
  const { backend, portal, clock } = opened()
  const before = await pagesFrom(backend, null)
  const mine = [...casesOf(before).keys()].find(id => id.startsWith('D_'))
  const theirs = [...portal.world.owners(2)].find(([, owner]) => owner === 30 || owner === 31)
  assert.ok(mine && theirs)
  clock.leap(5_000)
  portal.world.giveItem(2, Number(mine.slice(2)), 30)
  portal.world.giveItem(2, theirs[0], 11)
  const later = await pagesFrom(backend, cursorOf(before))
  assert.equal(casesOf(later).get(`D_${theirs[0]}`)?.responsibleId, person('anna'))
  // A head does not see what is another department's now, only that it is no longer here.
  clock.leap(5 * 60_000)
  const [swept] = await pagesFrom(backend, cursorOf(later))
  const open = new Set(swept?.openIds?.map(id => id.split(':')[2]))
  assert.deepEqual([open.has(mine), open.has(`D_${theirs[0]}`)], [false, true])
  assert.equal((await pagesFrom(backend, swept?.nextCursor ?? null))[0]?.openIds, undefined)
})

test('whoever sees everything is told at once what went to another department', async () => {
  const { backend, portal, clock } = opened({ quirks: { rights: 'all' } })
  const before = await pagesFrom(backend, null)
  const mine = [...casesOf(before).keys()].find(id => id.startsWith('D_'))
  assert.ok(mine)
  clock.leap(5_000)
  portal.world.giveItem(2, Number(mine.slice(2)), 30)
  const later = await pagesFrom(backend, cursorOf(before))
  assert.ok(goneOf(later).some(([id, reason]) => id === mine && reason === 'outOfScope'))
})

test('what was deleted is not among the open cases, and everything is read anew every six hours', async () => {
  const { backend, portal, clock } = opened()
  const before = await pagesFrom(backend, null)
  const mine = [...casesOf(before).keys()].find(id => id.startsWith('D_'))
  assert.ok(mine)
  portal.world.deleteItem(2, Number(mine.slice(2)))
  clock.leap(5 * 60_000)
  const soon = await pagesFrom(backend, cursorOf(before))
  assert.ok(soon[0]?.openIds && !soon[0].openIds.some(id => id.endsWith(`:${mine}`)))
  clock.leap(6 * 3_600_000)
  const late = await backend.pull(cursorOf(soon), limit, signal)
  assert.equal(late.mustRestart, true)
})

test('another rule reads everything anew', async () => {
  const { backend } = opened()
  const before = await pagesFrom(backend, null)
  const other = opened({}, { hasTasks: false })
  const page = await other.backend.pull(cursorOf(before), limit, signal)
  assert.equal(page.mustRestart, true)
  const cases = casesOf(await pagesFrom(other.backend, null))
  assert.ok(![...cases.keys()].some(id => id.startsWith('TASK_')))
})

test('two changes within one second are told apart', async () => {
  const { backend, portal, clock } = opened()
  const before = await pagesFrom(backend, null)
  const id = [...casesOf(before).keys()].find(one => one.startsWith('D_'))
  assert.ok(id)
  clock.leap(5_000)
  portal.world.giveItem(2, Number(id.slice(2)), 11)
  const first = await pagesFrom(backend, cursorOf(before))
  portal.world.giveItem(2, Number(id.slice(2)), 12)
  const second = await pagesFrom(backend, cursorOf(first))
  const [one, other] = [casesOf(first).get(id), casesOf(second).get(id)]
  assert.equal(one?.updatedAt, other?.updatedAt)
  assert.ok(one && other && other.version > one.version)
})

test('who is away and whose day is open is told; who is not tracked is unknown', async () => {
  const { backend } = opened()
  const [page] = await pagesFrom(backend, null)
  const day = new Map(page?.employees.map(one => [one.employeeId, one.isDayOpen]))
  assert.deepEqual(
    page?.absences.map(one => one.employeeId.split(':')[2]),
    [String(demo.onLeave)],
  )
  const of = (id: number) => day.get(person('head').replace(/\d+$/, String(id)) as never)
  assert.deepEqual([of(11), of(14), of(15), of(18)], [true, false, null, null])
})

test('a portal that was renamed is followed, and is still the same', async () => {
  const { backend, portal } = opened({ address: 'https://verf.bitrix24.ru' })
  const before = await pagesFrom(backend, null)
  portal.rename('https://rechnaya-verf.bitrix24.ru')
  const later = await pagesFrom(backend, cursorOf(before))
  assert.equal(later.at(-1)?.epoch, before.at(-1)?.epoch)
})

test('a poll with nothing new costs one request', async () => {
  const { backend, portal, clock } = opened()
  const before = await pagesFrom(backend, null)
  clock.leap(20 * 60_000)
  await pagesFrom(backend, cursorOf(before))
  const settled = await pagesFrom(backend, cursorOf(await pagesFrom(backend, cursorOf(before))))
  const asked = portal.requests()
  const quiet = await pagesFrom(backend, cursorOf(settled))
  assert.deepEqual([casesOf(quiet).size, portal.requests() - asked], [0, 1])
})
