import type { BitrixClient, Params } from './client.ts'
import { resultOf } from './look.ts'
import { listOf } from './record.ts'
import type { Bag } from './record.ts'

const page = 50
const pagesAtOnce = 20

/** Every row of a list that is paged by offset and small: people, departments (bitrix24.md 2.5). */
export async function readAll(
  client: BitrixClient,
  method: string,
  params: Params,
  { signal, startName = 'start' }: { readonly signal: AbortSignal; readonly startName?: string },
): Promise<Bag[]> {
  const first = await client.call(method, params, { signal })
  const rows = [...listOf(first.result)]
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
    for (const { key } of commands) rows.push(...listOf(resultOf(answers.get(key))))
  }
  return rows
}
