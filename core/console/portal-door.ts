import { createHash } from 'node:crypto'
import { webhookAccess } from '../backends/bitrix24/client.ts'
import { useMarker } from '../backends/bitrix24/marker-field.ts'
import { openPortal, probeOf, type Found } from '../backends/bitrix24/probe.ts'
import { usualRule } from '../backends/bitrix24/rule.ts'
import { BackendError } from '../backends/errors.ts'
import type { Probe } from '../contract.ts'
import type { Reason } from '../domain/decision.ts'
import type { WorkspaceId } from '../domain/id.ts'
import { createWords, type Language } from '../words/words.ts'
import { refused, wrong } from './hub-door.ts'
import type { PortalSettings } from './portal-settings.ts'
import { workspaceId } from './spaces.ts'

const patienceMs = 30_000

export interface FoundPortal {
  readonly workspaceId: WorkspaceId
  readonly title: string
  readonly found: Found
}

/** Asks a portal whose rights a webhook has and what they allow; what stands in the way is a finding. */
export async function probePortal(
  webhook: string,
): Promise<{ readonly probe: Probe; readonly space: FoundPortal | null }> {
  const access = webhookAccess(webhook)
  if (access.kind === 'refused') {
    const code = access.code === 'badAddress' ? 'badWebhook' : access.code
    return { probe: refused([{ code, level: 'wrong' }], false), space: null }
  }
  try {
    const found = await probeOf(access, AbortSignal.timeout(patienceMs))
    return told(found)
  } catch (error) {
    if (!(error instanceof BackendError)) throw error
    return { probe: refused([portalTrouble(access.address, error)], false), space: null }
  }
}

function told(found: Found) {
  const isAllowed = found.departments > 0 && found.missing.length === 0
  const host = new URL(found.access.address).host
  const findings: Reason[] = [
    { code: 'portalReached', level: 'allowed', address: host },
    { code: 'webhookOf', level: 'allowed', name: found.name },
    ...found.missing.map(scope => ({ code: 'scopeMissing', level: 'wrong', scope })),
    ...found.lacking.map(scope => ({ code: 'scopeLacking', level: 'missing', scope })),
    ...(found.missing.includes('department') ? [] : [headFinding(found)]),
    ...(found.missing.includes('crm') ? [] : [markerFinding(found)]),
    { code: 'portalLimits', level: 'missing' },
  ]
  const probe: Probe = { isAllowed, canSignIn: false, me: null, company: host, findings }
  const title = `${host} · ${found.name}`
  const space = isAllowed ? { workspaceId: nameOf(found), title, found } : null
  return { probe, space }
}

const headFinding = ({ departments: count }: Found): Reason =>
  count > 0 ? { code: 'headed', level: 'allowed', count } : { code: 'notHead', level: 'wrong' }

const markerFinding = ({ marker }: Found): Reason =>
  ({
    there: { code: 'marked', level: 'allowed' },
    possible: { code: 'canMark', level: 'allowed' },
    impossible: { code: 'cannotMark', level: 'missing' },
  })[marker]

/** The same person on the same portal is the same space. */
const nameOf = ({ epoch }: Found): WorkspaceId =>
  workspaceId(`bitrix24-${createHash('sha256').update(epoch).digest('hex').slice(0, 8)}`)

/** What stands in the way of a portal, as a finding. */
export function portalTrouble(address: string, error: BackendError): Reason {
  const level = 'wrong'
  switch (error.code) {
    case 'authLost':
      return { code: 'wrongWebhook', level }
    case 'planBlocked':
    case 'portalGone':
      return { code: error.code, level }
    case 'scopeMissing':
      return { code: 'scopeMissing', level, scope: 'crm' }
    case 'badAnswer':
      return { code: 'notAPortal', level }
    default:
      return error.kind === 'broken' || error.kind === 'refused'
        ? { code: 'notAPortal', level }
        : wrong(address, error)
  }
}

/** Makes the field where decisions leave their mark, when it is wanted and may be made. */
export async function portalSettings(
  { found }: Pick<FoundPortal, 'found'>,
  isMarked: boolean,
  language: Language,
): Promise<PortalSettings> {
  const { access, epoch, zone } = found
  // What the webhook may not read would keep everything else from being read.
  const rule = { ...usualRule(found.me), hasTasks: !found.lacking.includes('task') }
  const client = openPortal(access)
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const marker =
      isMarked || found.marker === 'there'
        ? await useMarker(client, createWords(language).t('portal.field'), signal)
        : null
    const company = new URL(access.address).host
    return { access, rule: { ...rule, marker }, epoch, company, zone, taken: {} }
  } finally {
    client.close()
  }
}

/** What a webhook may do that is known to hold. Throws BackendError and RangeError. */
export async function foundPortal(webhook: string): Promise<Found> {
  const access = webhookAccess(webhook)
  if (access.kind === 'refused') throw new RangeError('not a webhook')
  return probeOf(access, AbortSignal.timeout(patienceMs))
}

/** Makes the field for marks with the rights of another webhook. */
export async function markPortal(webhook: string, language: Language): Promise<void> {
  const { access } = await foundPortal(webhook)
  const client = openPortal(access)
  const label = createWords(language).t('portal.field')
  await useMarker(client, label, AbortSignal.timeout(patienceMs)).finally(() => client.close())
}
