/** Faults of a carrier, planted from outside the product; every one of them must be caught. */
import type { KeepWitnesses } from '../../backends/backend.ts'
import type { BitrixClient, Command, CommandAnswer } from '../../backends/bitrix24/client.ts'
import { BackendError } from '../../backends/errors.ts'
import type { DecisionId } from '../../domain/id.ts'
import { logEvent } from '../../store/decision-rows.ts'
import type { Store } from '../../store/open-store.ts'
import { recover } from '../../store/recover.ts'
import type { Answered, Bug } from './machine.ts'
import { field } from './office.ts'

export interface Planted {
  readonly name: string
  /** Made anew for each process of a life. */
  readonly make: () => Bug
}

/** What is kept before a write, changed. */
const keeping =
  (change: (witness: Record<string, unknown>) => Record<string, unknown>) =>
  (keep: KeepWitnesses): KeepWitnesses =>
  witnesses =>
    keep(
      new Map(
        [...witnesses].map(([id, text]) => [
          id,
          JSON.stringify(change(JSON.parse(text) as Record<string, unknown>)),
        ]),
      ),
    )

const withBatch = (
  client: BitrixClient,
  batch: (...asked: Parameters<BitrixClient['batch']>) => ReturnType<BitrixClient['batch']>,
): BitrixClient => ({ ...client, batch })

const isBag = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The fields of a write, changed. */
const writing =
  (change: (fields: Record<string, unknown>) => Record<string, unknown>) =>
  (client: BitrixClient): BitrixClient =>
    withBatch(client, (commands, options) =>
      client.batch(
        commands.map((one): Command => {
          const { fields } = one.params
          return isBag(fields) ? { ...one, params: { ...one.params, fields: change(fields) } } : one
        }),
        options,
      ),
    )

/** An error of a write, changed. */
const failing =
  (change: (error: BackendError) => BackendError) =>
  (client: BitrixClient): BitrixClient =>
    withBatch(client, (commands, options) =>
      client.batch(commands, options).catch((error: unknown) => {
        throw error instanceof BackendError && options.isWrite ? change(error) : error
      }),
    )

function forgetfulRecover(store: Store): void {
  const rows = store.all<{ decisionId: DecisionId }>({
    sql: `SELECT decisionId FROM decisions WHERE state = 'sending'`,
    parameters: [],
  })
  const sql = `UPDATE decisions SET state = 'queued' WHERE state = 'sending'`
  store.run({ sql, parameters: [] })
  for (const { decisionId } of rows)
    logEvent(store, decisionId, { from: 'sending', to: 'queued', why: 'restart', at: store.now() })
  recover(store)
}

/** Only what the last look at a task showed counts as known of its history. */
function withoutLastTurn(): Bug {
  let seen = 0
  return {
    client: client =>
      withBatch(client, async (commands, options) => {
        const answers = await client.batch(commands, options)
        const history = answers.get('turns0')
        if (!options.isWrite && history?.kind === 'answered') seen = lastLineIn(history)
        return answers
      }),
    keep: keeping(witness =>
      witness['lastTurn'] === null ? witness : { ...witness, lastTurn: seen },
    ),
  }
}

const lastLineIn = ({ answer }: Extract<CommandAnswer, { kind: 'answered' }>): number => {
  const list = isBag(answer.result) ? answer.result['list'] : null
  const last: unknown = Array.isArray(list) ? list.at(-1) : null
  return isBag(last) ? Number(last['id']) : 0
}

const withoutOrder = (store: Store): Store => ({
  ...store,
  all: query =>
    store.all({ ...query, sql: query.sql.replace('earlier.seq < decisions.seq', '1 = 0') }),
})

const done = (decisionId: DecisionId): Answered => ({
  decisionId,
  outcome: 'applied',
  code: null,
  current: null,
  changedBy: null,
  changedAt: null,
})

export const planted: readonly Planted[] = [
  {
    name: 'no witness is kept before a write',
    make: () => ({ keep: () => () => {} }),
  },
  {
    name: 'a quarantine of 30 s',
    make: () => ({ manners: usual => ({ ...usual, quarantineMs: 30_000 }) }),
  },
  {
    name: 'a quarantine of 40 s',
    make: () => ({ manners: usual => ({ ...usual, quarantineMs: 40_000 }) }),
  },
  {
    name: 'no quarantine after a restart',
    make: () => ({
      manners: (usual, life) => (life === 0 ? usual : { ...usual, quarantineMs: 0 }),
    }),
  },
  {
    name: 'one look instead of three, as soon as the portal has given up',
    make: () => ({
      manners: usual => ({ ...usual, quarantineMs: 58_000, looksNeeded: 1 }),
    }),
  },
  {
    name: 'the first look that speaks against a write is believed',
    make: () => ({ manners: usual => ({ ...usual, staleMs: 0 }) }),
  },
  {
    name: 'no mark is left in a deal',
    make: () => ({
      client: writing(({ [field]: _mark, ...fields }) => fields),
    }),
  },
  {
    name: 'the responsible is believed although there is a mark',
    make: () => ({ keep: keeping(witness => ({ ...witness, marker: null })) }),
  },
  {
    name: 'any line of the history counts, however old',
    make: () => ({ keep: keeping(witness => ({ ...witness, lastTurn: 0 })) }),
  },
  {
    name: 'the own last line of a history is forgotten',
    make: withoutLastTurn,
  },
  {
    name: 'an answer without a line of the history is the end',
    make: () => ({
      answers: all =>
        all.map((one): Answered =>
          one.outcome === 'unknown' && one.code === 'noLineYet' ? done(one.decisionId) : one,
        ),
    }),
  },
  {
    name: 'what was on its way when the process died counts as unsent',
    make: () => ({ recover: forgetfulRecover }),
  },
  {
    name: 'a write whose answer was lost is repeated at once',
    make: () => ({
      answers: all =>
        all.map((one): Answered =>
          one.outcome === 'unknown' && one.code !== 'noLineYet'
            ? { ...one, outcome: 'notDone', againAfterMs: 0 }
            : one,
        ),
    }),
  },
  {
    name: 'an answer that never came counts as a request that never left',
    make: () => ({
      client: failing(error =>
        error.kind === 'ambiguous' ? new BackendError('offline', 'no answer') : error,
      ),
    }),
  },
  {
    name: 'decisions about one case go together',
    make: () => ({ store: withoutOrder }),
  },
  {
    name: 'nobody is told whose decision was replaced',
    make: () => ({
      answers: all =>
        all.map((one): Answered =>
          'current' in one && one.code === 'overwrote' ? { ...one, code: null } : one,
        ),
    }),
  },
]
