import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { demoDoor } from './demo-door.ts'
import { EmbeddedHubError, startEmbeddedHub } from './embedded-client.ts'
import { writeCompany } from './seed.ts'
import { assign, consoleOf, hubWorld } from './testing/hub-world.ts'
import { companyCase, noon, smallCompany } from './testing/small-company.ts'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-embedded-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const worker = new URL('./embedded.ts', import.meta.url)

test('a hub in a thread serves its owner; at the next start the token before holds no more', async () => {
  const path = join(folder, 'hub.db')
  await writeCompany(path, smallCompany())
  const hub = await startEmbeddedHub(worker, path, { isDemo: true })
  const anna = consoleOf(hub.url, hub.token)
  assert.equal(Object((await anna.ask('GET', '/v1/me')).body).employeeId, 'anna')
  assert.equal((await anna.decide(assign('anna', 'contact-free', 'vera')))[0]?.outcome, 'applied')
  await hub.stop()
  await assert.rejects(fetch(hub.url))
  const again = await startEmbeddedHub(worker, path, { isDemo: false })
  assert.notEqual(again.token, hub.token)
  assert.equal((await consoleOf(again.url, hub.token).ask('GET', '/v1/me')).status, 401)
  const pulled = await consoleOf(again.url, again.token).pull()
  assert.ok(
    pulled.records.some(
      one => one.entity === 'case' && one.id === 'contact-free' && one.responsibleId === 'vera',
    ),
  )
  await again.stop()
})

test('what does not start says why', async () => {
  const failed = (code: string) => (error: unknown) =>
    error instanceof EmbeddedHubError && error.code === code
  await assert.rejects(
    startEmbeddedHub(worker, join(folder, 'none.db'), { isDemo: false }),
    failed('missing'),
  )
  const path = join(folder, 'nobody.db')
  await writeCompany(path, { ...smallCompany(), ownerId: null })
  await assert.rejects(startEmbeddedHub(worker, path, { isDemo: false }), failed('noOwner'))
  const held = join(folder, 'hub.db')
  const first = await startEmbeddedHub(worker, held, { isDemo: false })
  await assert.rejects(startEmbeddedHub(worker, held, { isDemo: false }), failed('busy'))
  await first.stop()
})

test('invented clients come in by the ordinary way, and one who waits may answer', async () => {
  const waiting = companyCase('waits', {
    status: 'waiting',
    statusName: 'Ждёт клиента',
    updatedAt: noon - 1,
  })
  const world = await hubWorld(smallCompany([waiting]))
  const door = demoDoor(world.hub.store)
  assert.equal(await door.countUnassigned(), 1)
  await door.create({
    requestId: crypto.randomUUID(),
    subject: 'Новое',
    kindId: 'closing',
    clientId: 'c1',
  })
  assert.equal(await door.countUnassigned(), 2)
  assert.equal(await door.answer(0.5, 'Да, верно'), true)
  assert.equal(await door.answer(0.5, 'Да, верно'), false)
  const director = await world.as('director')
  const cases = (await director.pull()).records.filter(one => one.entity === 'case')
  const answered = cases.find(one => one.id === 'waits')
  assert.deepEqual([answered?.status, answered?.text], ['open', 'Текст waits\n\nДа, верно'])
  assert.equal(cases.find(one => one.subject === 'Новое')?.departmentId, 'contact')
  await world.close()
})
