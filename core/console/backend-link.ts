import type { Abilities, Backend } from '../backends/backend.ts'
import { bitrixAbilities, openBitrix } from '../backends/bitrix24/backend.ts'
import { readChoices, type Choices } from '../backends/bitrix24/choices.ts'
import { createClient } from '../backends/bitrix24/client.ts'
import { systemClock } from '../backends/bitrix24/clock.ts'
import { factAfter } from '../backends/bitrix24/fact.ts'
import type { Fact } from '../backends/bitrix24/fact.ts'
import type { Taken } from '../backends/bitrix24/taken.ts'
import { hubAbilities, openHub } from '../backends/hub/backend.ts'
import type { SpaceInfo } from '../contract.ts'
import type { EmbeddedHub } from '../hub/embedded-client.ts'
import type { Store } from '../store/open-store.ts'
import { readNamed } from '../store/preferences.ts'
import { createWords, type Language } from '../words/words.ts'
import { readPortal, writePortal } from './portal-settings.ts'

export const abilitiesOf = ({ kind }: SpaceInfo): Abilities =>
  kind === 'bitrix24' ? bitrixAbilities : hubAbilities

/** A backend within reach. */
export interface LinkedBackend {
  readonly backend: Backend & { close(): void }
  /** Without what opens it. */
  readonly address: () => string
  /** What a portal offers for its rule; null: it is no portal. */
  readonly choices: ((typeIds: readonly number[], signal: AbortSignal) => Promise<Choices>) | null
}

/** null: nobody has said yet where the backend of this space is. */
export function linkBackend(
  info: SpaceInfo,
  store: Store,
  { embedded, language }: { readonly embedded: EmbeddedHub | null; readonly language: Language },
): LinkedBackend | null {
  return info.kind === 'bitrix24'
    ? linkPortal(info, store, language)
    : linkHub(info, store, embedded)
}

function linkHub(
  { workspaceId }: SpaceInfo,
  store: Store,
  embedded: EmbeddedHub | null,
): LinkedBackend | null {
  const access = embedded
    ? { address: embedded.url, token: embedded.token }
    : readNamed(store, 'access')
  if (!access) return null
  const backend = openHub({ url: access.address, token: access.token, workspaceId })
  return { backend, address: () => access.address, choices: null }
}

function linkPortal(
  { workspaceId }: SpaceInfo,
  store: Store,
  language: Language,
): LinkedBackend | null {
  let portal = readPortal(store)
  if (!portal) return null
  const change = (changed: Partial<typeof portal>) => {
    if (portal) portal = { ...portal, ...changed }
    if (portal) writePortal(store, portal)
  }
  const { t } = createWords(language)
  const client = createClient({ access: portal.access, onAccess: access => change({ access }) })
  const { rule, epoch, company, zone } = portal
  const names = { leads: t('portal.leads'), deals: t('portal.deals'), tasks: t('portal.tasks') }
  const backend = openBitrix({
    client,
    clock: systemClock,
    workspaceId,
    rule,
    epoch,
    company,
    zone,
    taken: takenIn(portal.taken, taken => change({ taken })),
    names,
  })
  return {
    backend,
    address: () => client.address(),
    // By the same client: another one would renew the same tokens.
    choices: (typeIds, signal) => readChoices({ client, names, rule }, typeIds, signal),
  }
}

function takenIn(
  kept: Readonly<Record<string, Fact>>,
  keep: (taken: Record<string, Fact>) => void,
): Taken {
  const all = new Map(Object.entries(kept))
  const save = () => keep(Object.fromEntries(all))
  return {
    all,
    set(localId, standing) {
      all.set(localId, factAfter(all.get(localId), standing))
      save()
    },
    remove(localId) {
      all.delete(localId)
      save()
    },
  }
}
