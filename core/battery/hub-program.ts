/** A hub of its own process with a small company. Arguments: folder, port. Prints `{url, port, head, boss}`; ends with its input. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bareId } from '../hub/bare-id.ts'
import type { Company } from '../hub/company.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'
import { aCase, aDepartment, anEmployee, aPost, departmentId } from '../testing/invented.ts'
import { hubCaseCount } from './company.ts'

const databasePath = join(process.argv[2] ?? '', 'hub.db')

const company: Company = {
  company: 'Компания',
  zone: 'Europe/Moscow',
  ownerId: null,
  departments: [
    aDepartment('office'),
    aDepartment('sales', 'office'),
    aDepartment('shift', 'sales'),
  ],
  posts: [
    aPost('office', 'boss', true),
    aPost('sales', 'head', true),
    aPost('sales', 'anna'),
    aPost('sales', 'oleg'),
    aPost('shift', 'zoya'),
  ],
  employees: ['boss', 'head', 'anna', 'oleg', 'zoya'].map(name =>
    anEmployee(name, { name, limit: 1_000_000 }),
  ),
  absences: [],
  substitutions: [],
  kinds: [],
  clients: [],
  history: [],
  cases: Array.from({ length: hubCaseCount }, (_, n) => {
    const { isMasked: _masked, version: _version, ...rest } = aCase(String(n))
    return {
      ...rest,
      departmentId: departmentId('sales'),
      text: 'слово '.repeat(40),
      phones: [],
      emails: [],
    }
  }),
}
if (!existsSync(databasePath)) await writeCompany(databasePath, company)

const limits = { perAddress: 1e9, failuresPerToken: 1e9, perToken: 1e9 }
const hub = await startHub({
  databasePath,
  host: '127.0.0.1',
  port: Number(process.argv[3] ?? 0),
  limits,
})
const tokenOf = async (name: string) =>
  (
    await createToken(hub.store, {
      employeeId: bareId('employee', name),
      role: 'person',
      scopes: usualScopes.person,
      label: name,
      expiresAt: null,
    })
  ).token
process.stdout.write(
  `${JSON.stringify({ url: hub.url, port: hub.port, head: await tokenOf('head'), boss: await tokenOf('boss') })}\n`,
)
process.stdin.resume()
process.stdin.on('end', () => void hub.close())
