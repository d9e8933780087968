import type { BitrixClient, Params } from './client.ts'
import { resultOf } from './look.ts'
import { listOf } from './record.ts'
import type { Bag } from './record.ts'

const page = 50
const pagesAtOnce = 20

interface Reading {
  readonly signal: AbortSignal
  readonly startName?: string
  /** Where the rows lie in a result. */
  readonly rowsOf?: (result: unknown) => readonly Bag[]
}

/** Every row of a list that is paged by offset and small: people, departments (bitrix24.md 2.5). */
export async function readAll(
  client: BitrixClient,
  method: string,
  params: Params,
  { signal, startName = 'start', rowsOf = listOf }: Reading,
): Promise<Bag[]> {
  const first = await client.call(method, params, { signal })
  const rows = [...rowsOf(first.result)]
  // A total of 0 says nothing (bitrix24.md 11.3): whether there is more is said by `next`.
  if (first.next === null) return rows
  const total = first.total ?? 0
  for (let start = page; start < total; start += page * pagesAtOnce) {
    const count = Math.min(pagesAtOnce, Math.ceil((total - start) / page))
    const commands = Array.from({ length: count }, (_unused, at) => ({
      key: `page${at}`,
      method,
      params: { ...params, [startName]: start + at * page },
    }))
    const answers = await client.batch(commands, { signal })
    for (const { key } of commands) rows.push(...rowsOf(resultOf(answers.get(key))))
  }
  return rows
}
