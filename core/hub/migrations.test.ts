/** A hub of an older program, on whichever database the tests run. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { writeCompany } from './seed.ts'
import { openHubStore } from './store/hub-store.ts'
import { NewerDatabase, newestSchema } from './store/migrations.ts'
import { openDatabase } from './store/open-database.ts'
import { openSqlite } from './store/sqlite.ts'
import { smallCompany, usualCases } from './testing/small-company.ts'
import { postgresOfTests, type TestPlace, testPlace, backToFirst } from './testing/test-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-hub-schema-'))
const places: TestPlace[] = []
after(async () => {
  for (const place of places) await place.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function oldHub(name: string): Promise<TestPlace> {
  const place = await testPlace(join(folder, name))
  places.push(place)
  await writeCompany(place.address, smallCompany())
  await place.meddle(backToFirst)
  return place
}

const namesOf = (cases: readonly { readonly caseId: string }[]) =>
  cases.map(({ caseId }) => caseId).toSorted()
const allCases = namesOf(usualCases())

/** The copies made before a migration, each as its schema and the cases in it. */
async function copiesOf(place: TestPlace, name: string) {
  if (!postgresOfTests())
    return Promise.all(
      readdirSync(join(folder, name))
        .filter(file => file.startsWith('hub.db.schema-'))
        .map(async file => {
          const copy = openSqlite(join(folder, name, file), { mustExist: true })
          const meta = await copy.db.selectFrom('meta').selectAll().execute()
          const cases = await copy.db.selectFrom('cases').select('caseId').execute()
          await copy.close()
          return { schema: meta.find(row => row.key === 'schema')?.value, cases: namesOf(cases) }
        }),
    )
  const { db, close } = await openDatabase(place.address)
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname like 'backup_%'`.execute(db)
  const copies = []
  for (const { name: schema } of rows) {
    const copy = db.withSchema(schema)
    const meta = await copy.selectFrom('meta').selectAll().execute()
    const cases = await copy.selectFrom('cases').select('caseId').execute()
    copies.push({ schema: meta.find(row => row.key === 'schema')?.value, cases: namesOf(cases) })
  }
  await close()
  return copies
}

test('an older hub is brought forward, with a copy of what it was', async () => {
  const place = await oldHub('older')
  const store = await openHubStore(place.address)
  const row = await store.db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'schema')
    .executeTakeFirstOrThrow()
  assert.equal(row.value, String(newestSchema))
  assert.equal((await store.world()).index.employeeById.size, 10)
  assert.deepEqual(namesOf(await store.db.selectFrom('cases').select('caseId').execute()), allCases)
  await store.close()
  assert.deepEqual(await copiesOf(place, 'older'), [{ schema: '1', cases: allCases }])
  await (await openHubStore(place.address)).close()
  assert.equal((await copiesOf(place, 'older')).length, 1, 'once is enough')
})

test('a hub of a newer program is left as it is', async () => {
  const place = await oldHub('newer')
  await place.meddle("update meta set value = '99' where key = 'schema'")
  await assert.rejects(openHubStore(place.address), NewerDatabase)
  assert.deepEqual(await copiesOf(place, 'newer'), [])
})
