/**
 * A hub of its own process with an invented large company. Arguments: folder, cases, people, open,
 * unassigned. Prints `{url, tokens}`; a line `touch N` on standard input gives N cases to others.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { largeCompany } from '../demo/large.ts'
import { bareId } from '../hub/bare-id.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import { writeCase } from '../hub/store/cases.ts'
import type { HubStore } from '../hub/store/hub-store.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'

const [folder = '', ...sizes] = process.argv.slice(2)
const [cases = 0, people = 0, openCases = 0, unassigned = 0] = sizes.map(Number)
const databasePath = join(folder, 'hub.db')
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

if (!existsSync(databasePath)) {
  const company = largeCompany({
    cases,
    people,
    openCases,
    unassigned,
    seed: 7,
    now: Date.now(),
    historyPerCase: 0,
  })
  await writeCompany(databasePath, company)
}
const hub = await startHub({ databasePath, host: '127.0.0.1', port: 0 })
const newToken = async (employeeId: string) =>
  (
    await createToken(hub.store, {
      employeeId: bareId('employee', employeeId),
      role: 'person',
      scopes: usualScopes.person,
      label: '',
      expiresAt: null,
    })
  ).token
say({ url: hub.url, tokens: [await newToken('p-0'), await newToken('p-0')] })

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, count] = line.split(' ')
  if (verb === 'touch') say({ touched: await touch(hub.store, Number(count)) })
}
await hub.close()

/** One transaction per case, as decisions come; only the responsible changes, and nobody's stay nobody's. */
async function touch(store: HubStore, count: number): Promise<number> {
  const { db } = store
  const rows = await db
    .selectFrom('cases')
    .selectAll()
    .where('status', '<>', 'closed')
    .where('responsibleId', 'is not', null)
    .limit(count)
    .execute()
  const more = await db
    .selectFrom('cases')
    .selectAll()
    .where('status', '=', 'closed')
    .limit(count - rows.length)
    .execute()
  const employees = [...(await store.world()).index.employeeById.keys()]
  for (const [place, row] of [...rows, ...more].entries()) {
    const responsibleId = employees[(place * 7 + 1) % employees.length] ?? null
    // One after another, each with a version of its own.
    await store.write(writing =>
      writeCase(
        writing,
        row,
        { ...row, responsibleId, updatedAt: writing.at },
        {
          historyId: randomUUID(),
          verb: 'assign',
          employeeId: null,
          decisionId: null,
          from: { responsible: row.responsibleId },
          to: { responsible: responsibleId },
          ruleId: null,
          ruleVersion: null,
          reasons: [],
        },
      ),
    )
  }
  return rows.length + more.length
}
