import type { Decision } from '../../domain/decision.ts'
import type { WorkspaceId } from '../../domain/id.ts'
import { plainStages } from '../../domain/stage.ts'
import { protocolVersion } from '../../hub/protocol.ts'
import type { Abilities, Backend } from '../backend.ts'
import { BackendError } from '../errors.ts'
import { openHubClient } from './client.ts'
import { hubAddressOf, hubTimeouts } from './http.ts'
import type { Timeouts } from './http.ts'
import { orgMapFor, wireEditOf } from './map-org.ts'
import { mapFor, wireDecisionOf } from './map.ts'

export interface HubOptions {
  /** As typed by a person; see `hubAddressOf` for what is refused. */
  readonly url: string
  readonly token: string
  readonly workspaceId: WorkspaceId
  readonly timeouts?: Timeouts
}

export const hubAbilities: Abilities = {
  hasDelta: true,
  hasNotices: true,
  hasHistory: true,
  canDefer: true,
  canPass: true,
  stages: plainStages,
  isIdempotent: true,
  canEditOrg: true,
}

/** A hub as a backend. `close` drops the kept connections; throws BackendError on a bad address. */
export function openHub({
  url,
  token,
  workspaceId,
  timeouts = hubTimeouts,
}: HubOptions): HubBackend {
  const client = openHubClient(hubAddressOf(url), token, timeouts)
  const map = mapFor(workspaceId)
  const orgMap = orgMapFor(workspaceId)
  return {
    abilities: hubAbilities,
    fields: ['responsible', 'department', 'deferredUntil', 'status', 'statusName'],
    async me(signal) {
      const me = await client.me(signal)
      if (me.protocol === protocolVersion) return map.meOf(me)
      const message = `the hub speaks protocol ${me.protocol}, this console ${protocolVersion}`
      throw new BackendError('broken', message, { code: 'otherProtocol' })
    },
    pull: async (cursor, limit, signal) => map.pageOf(await client.changes(cursor, limit, signal)),
    async push(sendings, _keep, signal) {
      const decisions = sendings.map(({ decision }) => decision)
      const outcomes = await client.decide(decisions.map(wireDecisionOf), signal)
      return decisions.map((sent, at) => map.outcomeOf(answerTo(sent, outcomes[at]), sent))
    },
    async editOrg(edit, signal) {
      const outcome = await client.editOrg(wireEditOf(edit), signal)
      if (outcome?.editId === edit.editId) return orgMap.outcomeOf(outcome, edit)
      throw new BackendError('ambiguous', 'the hub did not answer the edit', {
        code: 'senselessAnswer',
      })
    },
    orgHistory: async (limit, signal) => orgMap.historyOf(await client.orgHistory(limit, signal)),
    listen: (onNotice, signal) => client.events(onNotice, signal),
    close: () => client.close(),
  }
}

export interface HubBackend extends Backend {
  close(): void
}

/** Outcomes come in the order of the question; anything else leaves us not knowing. */
function answerTo<T extends { readonly decisionId: string }>(
  sent: Decision,
  outcome: T | undefined,
): T {
  if (outcome?.decisionId === sent.decisionId) return outcome
  const message = 'the hub did not answer every decision'
  throw new BackendError('ambiguous', message, { code: 'senselessAnswer' })
}
