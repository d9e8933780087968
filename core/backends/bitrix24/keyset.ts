/**
 * Reading a list by ascending id (bitrix24.md 2.5): stable under changes and cheap, for the portal
 * does not count. Several pages come in one request, each beginning where the one before ended.
 */
import { BackendError } from '../errors.ts'
import { fieldsOf } from './envelope.ts'
import type { Answer, BitrixClient, CallOptions, Command, CommandAnswer, Params } from './shapes.ts'

const pageSize = 50
const firstPages = 5
const mostPages = 20
/** A request is cut at 60 s; half of that is left for a portal that is slower than it was. */
const plannedMs = 20_000

export interface ListOf<Row> {
  readonly method: string
  /** Without `start` and `order`; a `filter` of its own is kept. Not looked at with `paramsAfter`. */
  readonly params: Params
  /** Where the rows are in a result; null when it is not a list. */
  readonly rowsOf: (result: unknown) => readonly Row[] | null
  readonly idOf: (row: Row) => number | null
  /** The id as filters and orders call it (`ID` of tasks); `id` when not given. */
  readonly idField?: string
  /** The way to the rows in a result, `['items']` when not given, and the id's name in a row. */
  readonly rowsPath?: readonly string[]
  readonly rowIdField?: string
  /** For methods that filter and order in their own way, such as `user.get`; `start` included. */
  readonly paramsAfter?: (after: number | string) => Params
}

export interface PagingOptions extends CallOptions {
  /** Rows with a greater id; from the beginning when not given. */
  readonly after?: number
  /** Monotonic ms. */
  readonly elapsed?: () => number
  /** How many pages a request asks for, learnt here and kept by the caller for the next time. */
  readonly pace?: Pace
}

export interface Pace {
  pages: number
}

export const newPace = (): Pace => ({ pages: firstPages })

/** Rows of one page and the portal's clock when it was asked, UTC ms. */
export interface IdPage<Row> {
  readonly rows: readonly Row[]
  readonly at: number | null
}

/**
 * Pages in order, none of them empty but perhaps the only one. Throws BackendError: what the first
 * failed command says, `broken` with `badAnswer` when ids do not rise. Stop and go on with `after`.
 */
export async function* pagesByIds<Row>(
  client: Pick<BitrixClient, 'batch'>,
  list: ListOf<Row>,
  options: PagingOptions,
): AsyncGenerator<IdPage<Row>, void, void> {
  const elapsed = options.elapsed ?? (() => performance.now())
  let cursor = options.after ?? 0
  let isFirst = true
  const pace = options.pace ?? newPace()
  for (;;) {
    const { pages } = pace
    const startedAt = elapsed()
    const answers = await client.batch(chainOf(list, { after: cursor, pages }), {
      signal: options.signal,
      isHalting: true,
    })
    const tookMs = elapsed() - startedAt
    const came = answersOf(answers, pages, list.method)
    for (const answer of came) {
      const rows = rowsIn(answer, list, cursor)
      cursor = lastIdOf(rows, list) ?? cursor
      if (rows.length > 0 || isFirst) yield { rows, at: answer.at }
      // What the chained pages after a short one brought was asked for with a broken filter.
      if (rows.length < pageSize) return
      isFirst = false
    }
    pace.pages = pagesAfter(came, tookMs, pages)
  }
}

/**
 * Commands `c0`, `c1`…, one a page; each after the first takes the last id of the one before. When
 * that one was short the reference resolves to something else, and the page is worth nothing.
 */
export function chainOf<Row>(
  list: ListOf<Row>,
  { after, pages }: { readonly after: number; readonly pages: number },
): readonly Command[] {
  const { method, idField = 'id', rowsPath = ['items'], rowIdField = idField } = list
  const lastId = [...rowsPath, String(pageSize - 1), rowIdField].map(step => `[${step}]`).join('')
  const paramsAfter = list.paramsAfter ?? usualParams(list.params, idField)
  return Array.from({ length: pages }, (_none, index) => ({
    key: `c${index}`,
    method,
    params: paramsAfter(index === 0 ? after : `$result[c${index - 1}]${lastId}`),
  }))
}

const usualParams = (params: Params, idField: string) => (after: number | string) => ({
  ...params,
  order: { [idField]: 'ASC' },
  filter: { ...fieldsOf(params['filter']), [`>${idField}`]: after },
  start: -1,
})

/**
 * As many pages as came, from the first on; the next request begins with the one that did not.
 * Throws what the first failed with.
 */
function answersOf(
  answers: ReadonlyMap<string, CommandAnswer>,
  pages: number,
  method: string,
): readonly Answer[] {
  const came: Answer[] = []
  for (let index = 0; index < pages; index += 1) {
    const found = answers.get(`c${index}`)
    if (found?.kind === 'failed' && index === 0) throw found.error
    if (found?.kind !== 'answered') break
    came.push(found.answer)
  }
  if (came.length === 0) throw senseless(method, 'the first page did not come')
  return came
}

function rowsIn<Row>(answer: Answer, list: ListOf<Row>, after: number): readonly Row[] {
  const rows = list.rowsOf(answer.result)
  if (!rows) throw senseless(list.method, 'no list came')
  let last = after
  for (const row of rows) {
    const id = list.idOf(row)
    if (id === null || !Number.isSafeInteger(id) || id <= last)
      throw senseless(list.method, 'the ids do not rise')
    last = id
  }
  return rows
}

function lastIdOf<Row>(rows: readonly Row[], list: ListOf<Row>): number | null {
  const last = rows.at(-1)
  return last === undefined ? null : list.idOf(last)
}

const senseless = (method: string, words: string): BackendError =>
  new BackendError('broken', `${method}: ${words}`, { code: 'badAnswer' })

/** As many as fit the planned time at the pace of these, growing to twice as many at most. */
function pagesAfter(came: readonly Answer[], tookMs: number, before: number): number {
  const fitting = Math.floor(plannedMs / Math.max(1, pageMs(came, tookMs)))
  const most = Math.min(mostPages, came.length < before ? came.length : before * 2)
  return Math.max(1, Math.min(most, fitting))
}

/** By the portal's clock, of whole seconds, where it tells: ours has also waited for its turn. */
function pageMs(came: readonly Answer[], tookMs: number): number {
  const [first, last] = [came[0]?.at ?? null, came.at(-1)?.at ?? null]
  const byUs = tookMs / came.length
  if (first === null || last === null || last < first || came.length < 2) return byUs
  return Math.min(byUs, (last - first + 1000) / (came.length - 1))
}
