import type { HubStore } from '../store/hub-store.ts'
import { allIdentities, setIdentity } from '../store/identities.ts'
import { Misused } from './command-line.ts'
import { type Desk, Stopped, withStore } from './desk.ts'
import { workingEmployee } from './token-command.ts'

/** `identity set NAME --employee ID | list | remove NAME`: who signs in at the provider under which name. */
export async function identityCommand(desk: Desk): Promise<void> {
  const [, act, identity] = desk.line.words
  if (act === 'list') return withStore(desk, store => list(desk, store))
  if (act === 'set' && identity) return withStore(desk, store => set(desk, store, identity))
  if (act === 'remove' && identity) return withStore(desk, store => remove(desk, store, identity))
  throw new Misused(`identity ${act ?? ''}`.trim())
}

async function set({ line, t, say }: Desk, store: HubStore, identity: string): Promise<void> {
  const { employee } = line.token
  if (employee === undefined) throw new Misused('--employee')
  const employeeId = await workingEmployee(store, employee)
  if (employeeId === null) throw new Stopped(t('hub.cli.noEmployee', { id: employee }))
  await setIdentity(store, identity, employeeId)
  const { index } = await store.world()
  const who = index.employeeById.get(employeeId)?.name ?? employee
  say(t('hubDatabase.signIn.identityKnown', { identity, who }))
}

async function list({ t, say }: Desk, store: HubStore): Promise<void> {
  const rows = await allIdentities(store.db)
  const { index } = await store.world()
  if (rows.length === 0) say(t('hubDatabase.signIn.noIdentities'))
  for (const { identity, employeeId } of rows) {
    const who = index.employeeById.get(employeeId)?.name ?? employeeId
    say(t('hubDatabase.signIn.identityRow', { identity, who }))
  }
}

async function remove({ t, say }: Desk, store: HubStore, identity: string): Promise<void> {
  await setIdentity(store, identity, null)
  say(t('hubDatabase.signIn.identityGone', { identity }))
}
