import type { EmployeeId } from '../../domain/id.ts'
import { bareId } from '../bare-id.ts'
import { type Scope, scopes } from '../rights/may.ts'
import type { HubStore } from '../store/hub-store.ts'
import type { TokenRole, TokenRow } from '../store/tables.ts'
import { createToken, isHolding, revokeToken, usualScopes } from '../store/tokens.ts'
import { Misused } from './command-line.ts'
import { type Desk, Stopped, withStore } from './desk.ts'

const dayMs = 24 * 3_600_000

/** `token create | list | revoke NAME` */
export async function tokenCommand(desk: Desk): Promise<void> {
  const [, act, name] = desk.line.words
  if (act === 'create') return withStore(desk, store => create(desk, store))
  if (act === 'list') return withStore(desk, store => list(desk, store))
  if (act === 'revoke' && name) return withStore(desk, store => revoke(desk, store, name))
  throw new Misused(`token ${act ?? ''}`.trim())
}

async function create({ line, t, say }: Desk, store: HubStore): Promise<void> {
  const { employee, isAdmin, isAgent, label, days } = line.token
  const role: TokenRole = isAgent ? 'agent' : isAdmin ? 'admin' : 'person'
  const employeeId = employee === undefined ? null : await workingEmployee(store, employee)
  if (employee !== undefined && employeeId === null)
    throw new Stopped(t('hub.cli.noEmployee', { id: employee }))
  if ((isAdmin && isAgent) || (role === 'person' && employeeId === null))
    throw new Misused('token create')
  const { token } = await createToken(store, {
    employeeId,
    role,
    scopes: wantedScopes(line.token.scopes) ?? usualScopes[role],
    label,
    expiresAt: days === null ? null : store.now() + days * dayMs,
  })
  say(t('hub.cli.tokenCreated'))
  say(token)
}

/** The employee of that id who works here; null: nobody does. */
export async function workingEmployee(store: HubStore, id: string): Promise<EmployeeId | null> {
  const { index } = await store.world()
  const employee = index.employeeById.get(bareId('employee', id))
  return employee && !employee.isDismissed ? employee.employeeId : null
}

function wantedScopes(names: readonly string[] | null): readonly Scope[] | null {
  if (names === null) return null
  const unknown = names.find(name => !scopes.some(scope => scope === name))
  if (unknown !== undefined) throw new Misused(`--scopes ${unknown}`)
  return scopes.filter(scope => names.includes(scope))
}

async function list({ t, say }: Desk, store: HubStore): Promise<void> {
  const rows = await store.db.selectFrom('tokens').selectAll().orderBy('createdAt').execute()
  const { index } = await store.world()
  if (rows.length === 0) say(t('hub.cli.noTokens'))
  for (const row of rows) {
    const who =
      row.employeeId === null
        ? '-'
        : (index.employeeById.get(row.employeeId)?.name ?? row.employeeId)
    say(
      t('hub.cli.tokenRow', {
        prefix: row.prefix,
        who,
        role: row.role,
        state: t(stateOf(row, store.now())),
        label: row.label,
      }),
    )
  }
}

function stateOf(row: TokenRow, now: number): string {
  if (row.revokedAt !== null) return 'hub.cli.tokenRevoked'
  return isHolding(row, now) ? 'hub.cli.tokenHolds' : 'hub.cli.tokenExpired'
}

async function revoke({ t, say }: Desk, store: HubStore, name: string): Promise<void> {
  if (!(await revokeToken(store, name))) throw new Stopped(t('hub.cli.noToken', { name }))
  say(t('hub.cli.tokenGone', { name }))
}
