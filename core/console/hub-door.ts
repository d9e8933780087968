import { createHash } from 'node:crypto'
import type { Me } from '../backends/backend.ts'
import { BackendError } from '../backends/errors.ts'
import { openHub } from '../backends/hub/backend.ts'
import { openEntrance } from '../backends/hub/sign-in.ts'
import type { Probe } from '../contract.ts'
import type { Reason } from '../domain/decision.ts'
import type { WorkspaceId } from '../domain/id.ts'
import { workspaceId } from './spaces.ts'

const patienceMs = 15_000
const slowMs = 5_000

export interface ProbedHub {
  readonly probe: Probe
  /** null when it cannot be connected. */
  readonly space: { readonly workspaceId: WorkspaceId; readonly title: string } | null
}

/**
 * Asks a hub who I am there, or without a token (`''`) how to come in; everything that stands in
 * the way becomes a finding.
 */
export async function probeHub(url: string, token: string): Promise<ProbedHub> {
  if (token === '') return { probe: await probeEntrance(url), space: null }
  const startedAt = performance.now()
  try {
    const backend = openHub({ url, token, workspaceId: workspaceId('hub-probe') })
    const me = await backend.me(AbortSignal.timeout(patienceMs)).finally(() => backend.close())
    return found(url, me, performance.now() - startedAt)
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    // Only of a hub that answered: the others are not waited for twice.
    const hasAnswered = error.kind === 'unauthorised' || error.kind === 'forbidden'
    const canSignIn = hasAnswered && (await probeEntrance(url)).canSignIn
    return { probe: refused([wrong(url, error)], canSignIn), space: null }
  }
}

async function probeEntrance(url: string): Promise<Probe> {
  try {
    const entrance = openEntrance(url)
    const at = await entrance
      .signInAt(AbortSignal.timeout(patienceMs))
      .finally(() => entrance.close())
    const reached = { code: 'reached', level: 'allowed', address: hostOf(url) }
    return at
      ? refused([reached, { code: 'canSignIn', level: 'allowed' }], true)
      : refused([reached, { code: 'tokenNeeded', level: 'missing' }], false)
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    return refused([wrong(url, error)], false)
  }
}

export const refused = (findings: readonly Reason[], canSignIn: boolean): Probe => ({
  isAllowed: false,
  canSignIn,
  me: null,
  company: null,
  findings,
})

function found(url: string, me: Me, spentMs: number): ProbedHub {
  const isAdmin = me.role === 'admin'
  const canGiveOut = (me.role === 'head' || me.role === 'dispatcher') && me.departmentIds.length > 0
  // Who only does cases sees them and who is free; an administrator decides nothing but the structure.
  const isAllowed = isAdmin || canGiveOut || me.role === 'employee' || me.role === 'external'
  const findings: Reason[] = [
    { code: 'reached', level: 'allowed', address: hostOf(url) },
    { code: 'signedIn', level: 'allowed', name: me.name },
    { code: 'role', level: 'allowed', role: me.role },
  ]
  if (isAdmin) findings.push({ code: 'canEditOrg', level: 'allowed' })
  else if (me.departmentIds.length > 0)
    findings.push({ code: 'departments', level: 'allowed', count: me.departmentIds.length })
  else if (!isAllowed) findings.push({ code: 'noDepartments', level: 'missing' })
  findings.push(
    canGiveOut
      ? { code: 'canGiveOut', level: 'allowed' }
      : { code: 'cannotGiveOut', level: 'missing' },
  )
  if (spentMs > slowMs) findings.push({ code: 'slow', level: 'missing' })
  const probe = { isAllowed, canSignIn: false, me, company: me.company, findings }
  return { probe, space: isAllowed ? { workspaceId: hubName(me), title: me.company } : null }
}

/** The same person in the same hub is the same space, whatever the address; as an admin another one. */
const hubName = (me: Me): WorkspaceId =>
  workspaceId(
    `hub-${createHash('sha256')
      .update(`${me.epoch}\n${me.employeeId}${me.role === 'admin' ? '\nadmin' : ''}`)
      .digest('hex')
      .slice(0, 8)}`,
  )

const hostOf = (url: string) => URL.parse(url.trim())?.host ?? ''

/** What stands in the way of a hub, as a finding. */
export function wrong(url: string, error: BackendError): Reason {
  const level = 'wrong'
  const address = hostOf(url)
  if (error.code === 'badAddress') return { code: 'badAddress', level }
  if (error.code === 'insecureAddress') return { code: 'plainHttp', level }
  if (error.code === 'otherProtocol')
    return { code: 'otherProtocol', level, theirs: '?', ours: '1' }
  // A refusal that is not in a hub's own words is another server's.
  const isForeign = error.code === null || /^http\d+$/.test(error.code)
  if (isForeign && (error.kind === 'unauthorised' || error.kind === 'forbidden'))
    return { code: 'notAHub', level }
  switch (error.kind) {
    case 'unauthorised':
      return { code: 'wrongToken', level }
    case 'forbidden':
      return { code: 'noRight', level }
    case 'busy':
      return { code: 'slow', level }
    case 'offline':
    case 'ambiguous':
      return {
        code: /certificate|tls|ssl/i.test(error.message) ? 'tlsFailed' : 'unreachable',
        level,
        address,
      }
    case 'refused':
    case 'broken':
      return { code: 'notAHub', level }
  }
}
