/**
 * A hub of its own process that many heads share. Arguments: place (a folder or a `postgres://`
 * address), cases, open, heads, cases of the largest department. Prints `{url, tokens, largest}`.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { largeCompany } from '../demo/large.ts'
import { bareId } from '../hub/bare-id.ts'
import type { Company, CompanyCase } from '../hub/company.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'

const perDepartment = 12
const consolesEach = 4
const [place = '', ...sizes] = process.argv.slice(2)
const [cases = 0, openCases = 0, heads = 0, largest = 0] = sizes.map(Number)
const isAddress = place.startsWith('postgres')
const databasePath = isAddress ? place : join(place, 'hub.db')

/** The first of each department is its head; open cases lie evenly, the largest department's aside. */
function company(): Company {
  const made = largeCompany({
    cases,
    people: heads * perDepartment + 1,
    openCases,
    unassigned: Math.floor(openCases / 5),
    seed: 7,
    now: Date.now(),
    historyPerCase: 1,
  })
  const seen = new Set<string>()
  const isFirst = (departmentId: string) =>
    !seen.has(departmentId) && Boolean(seen.add(departmentId))
  return {
    ...made,
    posts: made.posts.map(post => ({ ...post, isHead: isFirst(post.departmentId) })),
    cases: (function* () {
      let place = 0
      for (const one of made.cases as Iterable<CompanyCase>) {
        const number = place < largest ? 0 : place % heads
        place += 1
        yield { ...one, departmentId: bareId('department', `d-${number}`), responsibleId: null }
      }
    })(),
  }
}

if (isAddress || !existsSync(databasePath)) await writeCompany(databasePath, company())
const limits = { perAddress: 1e9, failuresPerToken: 20, perToken: 1e9 }
const hub = await startHub({ databasePath, host: '127.0.0.1', port: 0, limits })
const { index } = await hub.store.world()
const tokens: string[] = []
for (const [departmentId, headId] of index.headOf)
  for (let console = 0; departmentId !== 'top' && console < consolesEach; console += 1)
    tokens.push(
      (
        await createToken(hub.store, {
          employeeId: headId,
          role: 'person',
          scopes: usualScopes.person,
          label: '',
          expiresAt: null,
        })
      ).token,
    )
process.stdout.write(`${JSON.stringify({ url: hub.url, tokens, consolesEach })}\n`)
process.stdin.resume()
process.stdin.on('end', () => void hub.close())
