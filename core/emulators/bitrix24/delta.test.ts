import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVirtualTime } from '../../testing/virtual-time.ts'
import { startColleagues } from './colleagues.ts'
import { demo } from './demo/company.ts'
import { createPortal, type Portal } from './portal.ts'
import { answered, jsonPost, monday } from './test-portal.ts'

/** Ids of deals that are changed since, by pages of `>id` within the window (bitrix24.md 4.6 B). */
async function changedSince(portal: Portal, hook: string, since: string): Promise<number[]> {
  const found: number[] = []
  for (;;) {
    const page = await answered(
      await portal.fetch(
        `${hook}crm.item.list`,
        jsonPost({
          entityTypeId: 2,
          select: ['id', 'updatedTime'],
          order: { id: 'ASC' },
          filter: { '>=updatedTime': since, '>id': found.at(-1) ?? 0 },
          start: -1,
        }),
      ),
    )
    const rows = page.at('result', 'items') as { id: number }[]
    found.push(...rows.map(row => row.id))
    if (rows.length < 50) return found
  }
}

test('§4.6: a pass by >=updatedTime and id finds whatever was changed, but not what was deleted', async () => {
  const time = createVirtualTime(monday)
  const portal = createPortal({ clock: time, cases: 150, limits: { rate: null } })
  const hook = portal.webhook(demo.director)
  const stop = new AbortController()
  const colleagues = { clock: time, everyMs: 300, seed: 5 }
  const work = startColleagues(portal, colleagues, stop.signal)
  await time.pass(40_000)
  stop.abort()
  await work
  const { world } = portal
  const touched = new Set(world.writes.filter(each => each.isChanged).map(each => each.id))
  const alive = [...touched].filter(id => world.item(2, id) !== null)
  assert.ok(alive.length > 60 && alive.length < touched.size)
  const found = await changedSince(portal, hook, '2026-11-23T10:00:00+03:00')
  assert.deepEqual(
    found,
    alive.toSorted((one, two) => one - two),
  )
})

test('§4.6: a pass by >updatedTime would lose what changes in the same second after it', async () => {
  const time = createVirtualTime(monday)
  const portal = createPortal({ clock: time, cases: 5 })
  const id = portal.world.createItem(2, { title: 'a', assignedById: demo.head })
  const seen = String(portal.world.item(2, id)?.['updatedTime'])
  await time.pass(400)
  portal.world.giveItem(2, id, 11)
  assert.equal(portal.world.item(2, id)?.['updatedTime'], seen)
})
