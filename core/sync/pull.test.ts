import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCases, readCase } from '../store/cases.ts'
import { readMe, readOrg } from '../store/org.ts'
import { readCursor } from '../store/write.ts'
import { aWholeCase, createSyncWorld, person, theCaseId } from '../testing/sync-world.ts'
import type { SyncWorld, SyncWorldOptions } from '../testing/sync-world.ts'

async function inWorld(work: (world: SyncWorld) => Promise<void>, options: SyncWorldOptions = {}) {
  const world = createSyncWorld(options)
  try {
    await work(world)
    assert.deepEqual(world.reported, [])
  } finally {
    await world.close()
  }
}

const many = (count: number) => Array.from({ length: count }, (_, n) => aWholeCase(String(n + 1)))

/** Starts a round and lets virtual time run until it has ended. */
async function pulled(world: SyncWorld) {
  const round = world.sync.pullOnce()
  await world.time.pass(120_000)
  return round
}

test('the first pull brings the world and says who I am', () =>
  inWorld(
    async world => {
      assert.deepEqual([openCases(world.store).length, readMe(world.store)], [0, null])
      assert.equal((await pulled(world)).kind, 'upToDate')
      assert.equal(openCases(world.store).length, 120)
      assert.equal(readMe(world.store)?.employeeId, person('head'))
      assert.equal(readOrg(world.store).employees.length, 3)
      assert.equal(world.backend.asked.pull, 3)
      assert.deepEqual(world.differences(), [])
    },
    { cases: many(120) },
  ))

test('the next page is asked for before the one before it is written', () =>
  inWorld(
    async world => {
      const cursors: (string | null)[] = []
      world.backend.faults = question => {
        if (question === 'pull') cursors.push(readCursor(world.store).cursor)
        return 'none'
      }
      await pulled(world)
      assert.deepEqual(cursors, [null, null, '50'])
    },
    { cases: many(120) },
  ))

test('a pull that breaks goes on from the last page written', () =>
  inWorld(
    async world => {
      let pulls = 0
      world.backend.faults = question =>
        question === 'pull' && ++pulls === 3 ? 'lostAnswer' : 'none'
      assert.equal((await pulled(world)).kind, 'failed')
      assert.equal(openCases(world.store).length, 100)
      assert.equal((await pulled(world)).kind, 'upToDate')
      assert.equal(world.backend.asked.pull, 4)
      assert.deepEqual(world.differences(), [])
    },
    { cases: many(120) },
  ))

test('a change elsewhere is seen at once through a notice and without one within the poll', () =>
  inWorld(async world => {
    world.sync.start()
    await world.time.pass(5_000)
    world.backend.world.change(aWholeCase('1', { responsibleId: person('oleg'), version: 2 }))
    await world.time.pass(500)
    assert.equal(readCase(world.store, theCaseId('1'))?.responsibleId, person('oleg'))
    const before = world.backend.asked.pull
    await world.time.pass(60_000)
    assert.equal(world.backend.asked.pull, before + 2)
  }))

test('many notices at once ask for few pulls', () =>
  inWorld(async world => {
    world.sync.start()
    await world.time.pass(5_000)
    world.backend.world.pageSize = 1_000
    const before = world.backend.asked.pull
    for (let n = 2; n <= 200; n += 1) world.backend.world.change(aWholeCase('1', { version: n }))
    await world.time.pass(2_000)
    assert.ok(world.backend.asked.pull - before <= 3, `${world.backend.asked.pull - before} pulls`)
    assert.equal(readCase(world.store, theCaseId('1'))?.version, 200)
  }))

test('a cursor that no longer fits begins again and drops what did not come', () =>
  inWorld(async world => {
    await pulled(world)
    world.backend.world.remove(theCaseId('2'))
    world.backend.world.restarts = 1
    assert.equal((await pulled(world)).kind, 'upToDate')
    assert.deepEqual(
      openCases(world.store)
        .map(({ number }) => number)
        .sort(),
      ['1', '3'],
    )
    assert.equal(readCursor(world.store).isRestarting, false)
  }))

test('another backend behind the same address stops both ways until the head agrees', () =>
  inWorld(async world => {
    world.sync.start()
    await world.time.pass(1_000)
    world.backend.world.epoch = 'second'
    world.decide('1', { responsible: person('anna') })
    await world.time.pass(3_600_000)
    world.decide('2', { responsible: person('anna') })
    await world.time.pass(3_600_000)
    assert.equal(world.sync.status().link.kind, 'epochChanged')
    const before = { ...world.backend.asked }
    await world.time.pass(3_600_000)
    assert.deepEqual(world.backend.asked, before)
    world.sync.acceptEpoch()
    await world.time.pass(60_000)
    assert.equal(world.sync.status().link.kind, 'idle')
    assert.deepEqual(world.differences(), [])
    assert.equal(readMe(world.store)?.epoch, 'second')
  }))

test('another backend met after a break gets no decision', () =>
  inWorld(async world => {
    await pulled(world)
    let isBroken = true
    world.backend.faults = () => (isBroken ? 'offline' : 'none')
    world.sync.start()
    world.decide('1', { responsible: person('anna') })
    await world.time.pass(60_000)
    world.backend.world.epoch = 'second'
    isBroken = false
    await world.time.pass(600_000)
    assert.deepEqual(
      [world.backend.world.effects.length, world.backend.world.arrived.length],
      [0, 0],
    )
    assert.equal(world.sync.status().link.kind, 'epochChanged')
  }))

test('the status tells a slow answer, a lost network and the return', () =>
  inWorld(async world => {
    world.sync.start()
    await world.time.pass(40_000)
    world.backend.faults = () => 'slow'
    world.sync.wake()
    await world.time.pass(6_000)
    assert.equal(world.sync.status().link.kind, 'slow')
    await world.time.pass(3_000)
    assert.equal(world.sync.status().link.kind, 'idle')
    world.backend.faults = () => 'offline'
    await world.time.pass(35_000)
    const lost = world.sync.status()
    assert.equal(lost.link.kind, 'offline')
    assert.ok(lost.retryAt !== null && lost.retryAt > world.time.now())
    assert.ok(lost.freshAt !== null && lost.freshAt < world.time.now())
    world.backend.faults = () => 'none'
    await world.time.pass(300_000)
    assert.equal(world.sync.status().link.kind, 'idle')
    assert.equal(world.sync.status().retryAt, null)
  }))

test('a load of many pages says how far it has come, not more than four times a second', () =>
  inWorld(
    async world => {
      world.sync.start()
      await world.time.pass(60_000)
      const loads = world.statuses.flatMap(({ load }) => (load === null ? [] : [load]))
      assert.ok(loads.length > 0)
      assert.ok(loads.every(({ done, total }) => done <= total))
      assert.ok(loads.some(({ leftMs }) => leftMs !== null && leftMs > 0))
      const whileLoading = world.statuses.filter(({ link }) => link.kind === 'loading').length
      const pages = 4_000 / 50
      assert.ok(whileLoading <= (pages * 20) / 250 + 2, `${whileLoading} statuses`)
      assert.deepEqual(world.sync.status().load, null)
    },
    { cases: many(4_000) },
  ))

test('the clock of the backend is compared with ours', () =>
  inWorld(async world => {
    world.backend.clockOffsetMs = -180_000
    await pulled(world)
    const offset = world.sync.status().clockOffsetMs
    assert.ok(offset !== null && Math.abs(offset + 180_000) < 100, String(offset))
  }))

test('a status that cannot be told stops nothing', async () => {
  const world = createSyncWorld({
    onStatus: () => {
      throw new Error('nobody listens')
    },
  })
  try {
    world.sync.start()
    await world.time.pass(1_000)
    world.decide('1', { responsible: person('anna') })
    await world.time.pass(1_000)
    assert.equal(world.backend.world.effects.length, 1)
    assert.ok(world.reported.length > 0)
  } finally {
    await world.close()
  }
})
