/**
 * A hub of its own process that many heads share. Arguments: place (a folder or the `postgres://`
 * address of an empty database), cases, heads, cases of the first head's department. Prints
 * `{url, tokens}`: the largest department's head first, then every head in turn.
 */
import { join } from 'node:path'
import { largeCompany } from '../demo/large.ts'
import { bareId } from '../hub/bare-id.ts'
import type { Company, CompanyCase } from '../hub/company.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import { isPostgres } from '../hub/store/place.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'

const perDepartment = 12
const [place = '', ...sizes] = process.argv.slice(2)
const [cases = 0, heads = 0, largest = 0] = sizes.map(Number)
const databasePath = isPostgres(place) ? place : join(place, 'hub.db')

/** The first of each department is its head; the first cases are the largest department's, all of them open. */
function company(): Company {
  const made = largeCompany({
    cases,
    people: heads * perDepartment + 1,
    openCases: largest + heads * 100,
    unassigned: largest + heads * 100,
    seed: 7,
    now: Date.now(),
    historyPerCase: 0,
  })
  const seen = new Set<string>()
  const posts = made.posts.map(post => {
    const isHead = !seen.has(post.departmentId)
    seen.add(post.departmentId)
    return { ...post, isHead }
  })
  return { ...made, posts, cases: spread(made.cases) }
}

/** Cases over departments; closed ones lie evenly, so do the open ones of all but the first. */
async function* spread(all: Company['cases']): AsyncGenerator<CompanyCase> {
  let count = 0
  for await (const one of all) {
    const number = count < largest ? 0 : 1 + (count % (heads - 1))
    count += 1
    yield { ...one, departmentId: bareId('department', `d-${number}`), responsibleId: null }
  }
}

await writeCompany(databasePath, company())
const limits = { perAddress: 1e9, failuresPerToken: 20, perToken: 1e9 }
const hub = await startHub({ databasePath, host: '127.0.0.1', port: 0, limits })
const { index } = await hub.store.world()
const tokens: string[] = []
for (let number = 0; number < heads; number += 1) {
  const employeeId = index.headOf.get(bareId('department', `d-${number}`)) ?? null
  const wanted = { employeeId, role: 'person', label: '', expiresAt: null } as const
  tokens.push((await createToken(hub.store, { ...wanted, scopes: usualScopes.person })).token)
}
process.stdout.write(`${JSON.stringify({ url: hub.url, tokens })}\n`)
process.stdin.resume()
process.stdin.on('end', () => void hub.close())
