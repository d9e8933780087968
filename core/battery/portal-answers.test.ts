/** A portal whose answers are garbage now and then: nothing of them is half believed. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { demo } from '../emulators/bitrix24/demo/company.ts'
import { openCases } from '../store/cases.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createSync } from '../sync/loop.ts'
import { openTestPortal, portalSpace } from '../testing/portal-subject.ts'
import { randomFrom } from './seed.ts'

/** Some seconds' worth; `NACHALO_ANSWERS=10000` for more. */
const answers = Number(process.env['NACHALO_ANSWERS'] ?? 2_500)

type Draw = () => number
type Spoil = (text: string, draw: Draw) => Response

const html = '<html><body>502 Bad Gateway</body></html>'
const json = (text: string, status = 200) =>
  new Response(text, { status, headers: { 'Content-Type': 'application/json' } })

/** Garbage that can be told from an answer; an answer that only leaves rows out cannot. */
const spoils: readonly Spoil[] = [
  (text, draw) => json(text.slice(0, Math.floor(draw() * text.length))),
  () => json(html),
  () => json(html, 502),
  () => json(''),
  () => json('{}'),
  () => json('null'),
  () => json('[]'),
  () => json('{"error":"","error_description":"Not found"}', 400),
  () => json('{"error":0,"error_description":"Access denied."}', 400),
  () => json('{"error":"QUERY_LIMIT_EXCEEDED"}', 503),
  () => json('{"error":"INTERNAL_SERVER_ERROR"}', 500),
  () =>
    new Response(null, { status: 302, headers: { location: 'https://evil.example/rest/1/a/' } }),
  text => json(text.replaceAll(/"id":\d+/g, '"id":-1')),
  text => json(text.replaceAll(/"id":\d+/g, '"id":"x"')),
  text => json(withOneId(text)),
  text => json(text.replaceAll(/"assignedById":\d+/g, '"assignedById":{"a":1}')),
  text => json(text.replaceAll(/"responsibleId":"\d+"/g, '"responsibleId":"x"')),
  text => json(text.replaceAll(/"updatedTime":"[^"]+"/g, '"updatedTime":"31.12.2026"')),
  text =>
    json(
      text
        .replaceAll(/"changedDate":"[^"]+"/g, '"changedDate":[]')
        .replaceAll(/"createdDate":"[^"]+"/g, '"createdDate":0'),
    ),
  text => json(text.replaceAll(/"title":"[^"]*"/g, '"title":{"__proto__":{"x":1}}')),
  text => json(text.replaceAll(/"title":"[^"]*"/g, `"title":"${'Ы'.repeat(50_000)}"`)),
]

/** Two neighbours with one id; a list of one row has none, and is no answer at all then. */
function withOneId(text: string): string {
  const twice = text.replace(
    /("items":\[\{[^[\]]*?"id":)(\d+)(.*?\},\{[^[\]]*?"id":)\d+/,
    '$1$2$3$2',
  )
  return twice === text ? html : twice
}

function desk(seed: number) {
  const { portal, clock, connect } = openTestPortal({ cases: 12, seed })
  const draw = randomFrom(seed)
  let isHostile = true
  let spoiled = 0
  const backend = connect(fetching => async (url, init) => {
    const response = await fetching(url, init)
    if (!isHostile || draw() < 0.7) return response
    const spoil = spoils[Math.floor(draw() * spoils.length)]
    spoiled += 1
    return spoil ? spoil(await response.text(), draw) : response
  })
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-answers-'))
  const store = openStore({ folder, workspaceId: portalSpace, key: null, now: clock.now })
  const { now, sleep, random } = clock
  const reported: unknown[] = []
  const report = (error: unknown) => reported.push(error)
  const sync = createSync({ store, backend, now, sleep, random, report })
  return {
    portal,
    clock,
    store,
    sync,
    folder,
    reported,
    spoiled: () => spoiled,
    heal: () => void (isHostile = false),
    async close() {
      await sync.stop()
      backend.close()
      store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Open deals of the department as the portal has them, with who is responsible there. */
function truth({ portal }: ReturnType<typeof desk>): Map<string, number> {
  const owners = portal.world.owners(2)
  const open = [...owners].filter(([id]) => portal.world.item(2, id)?.['stageSemanticId'] === 'P')
  const inside = new Set([demo.head, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 40])
  return new Map(
    open.filter(([, owner]) => inside.has(owner)).map(([id, owner]) => [`D_${id}`, owner]),
  )
}

const dealsIn = (store: Store) =>
  new Map(
    openCases(store).flatMap(({ caseId, responsibleId }) => {
      const local = caseId.split(':')[2] ?? ''
      return local.startsWith('D_') ? [[local, responsibleId] as const] : []
    }),
  )

test('answers a third of which are garbage: no page half applied, no cursor past what is not here', async () => {
  let told = 0
  for (let seed = 1; told < answers; seed += 1) {
    const one = desk(seed)
    for (let round = 0; round < 25; round += 1) {
      const { portal, clock, store, sync } = one
      const { kind } = await sync.pullOnce()
      // Whoever says that everything is here must have everything.
      if (kind === 'upToDate') {
        const here = dealsIn(store)
        for (const id of truth(one).keys()) assert.ok(here.has(id), `seed ${seed}: ${id} is lost`)
      }
      const ids = [...portal.world.owners(2).keys()]
      const id = ids[(seed * 7 + round) % ids.length]
      clock.leap(2_000)
      if (id !== undefined && round % 3 === 0) portal.world.giveItem(2, id, 11 + (round % 4), 1)
      // What was just given is not yet here, and need not be.
      await sync.pullOnce()
    }
    one.heal()
    for (let round = 0; round < 3; round += 1) await one.sync.pullOnce()
    const here = dealsIn(one.store)
    const there = truth(one)
    assert.deepEqual([...here.keys()].sort(), [...there.keys()].sort(), `seed ${seed}`)
    assert.deepEqual(one.reported, [])
    told += one.portal.requests()
    await one.close()
  }
})
