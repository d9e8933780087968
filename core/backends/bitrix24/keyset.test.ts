import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, reply, signal, worldOf } from '../../testing/bitrix-wire.ts'
import { BackendError } from '../errors.ts'
import type { Answer, Command, CommandAnswer } from './client.ts'
import { commandOf } from './encode.ts'
import { chainOf, pagesByIds } from './keyset.ts'
import type { ListOf } from './keyset.ts'

interface Row {
  readonly id: number
}
const list: ListOf<Row> = {
  method: 'crm.item.list',
  params: { entityTypeId: 2, filter: { '>=updatedTime': '2026-11-21T00:00:00+00:00' } },
  rowsOf: result => (result as { items?: Row[] }).items ?? null,
  idOf: row => row.id,
}

const answered = (items: unknown, at: number | null = null): CommandAnswer => ({
  kind: 'answered',
  answer: { result: { items }, next: null, total: null, at } satisfies Answer,
})
const rowsAfter = (after: number, count: number, end: number): Row[] =>
  Array.from({ length: Math.max(0, Math.min(count, end - after)) }, (_none, index) => ({
    id: after + index + 1,
  }))

/** A portal with the ids 1 to `end` that carries chains out as the real one does. */
function portalOf(end: number, more: { failsAt?: number; pageMs?: number } = {}) {
  const batches: number[] = []
  let elapsedMs = 0
  const batch = (commands: readonly Command[]) => {
    batches.push(commands.length)
    const answers = new Map<string, CommandAnswer>()
    let before: Row[] = []
    for (const { key, params } of commands) {
      const asked = (params['filter'] as Record<string, unknown>)['>id']
      const after = typeof asked === 'number' ? asked : before[49]?.id
      if (after !== undefined && more.failsAt !== undefined && after >= more.failsAt) {
        const error = new BackendError('busy', 'enough', { code: 'methodBlocked' })
        answers.set(key, { kind: 'failed', error })
        break
      }
      // A reference that leads nowhere makes a filter that means nothing.
      before = after === undefined ? rowsAfter(0, 50, end) : rowsAfter(after, 50, end)
      answers.set(key, answered(before, 1_000_000_000 + Math.floor(elapsedMs / 1000) * 1000))
      elapsedMs += more.pageMs ?? 10
    }
    return Promise.resolve(answers)
  }
  return { client: { batch }, batches, elapsed: () => elapsedMs }
}

async function idsOf(portal: ReturnType<typeof portalOf>, after = 0): Promise<number[]> {
  const ids: number[] = []
  const options = { signal: signal(), after, elapsed: portal.elapsed }
  for await (const { rows } of pagesByIds(portal.client, list, options))
    ids.push(...rows.map(({ id }) => id))
  return ids
}

test('every row comes once whatever the number of pages', async () => {
  for (const end of [0, 1, 49, 50, 51, 99, 100, 249, 250, 251, 749, 750, 751, 3_000]) {
    const ids = await idsOf(portalOf(end))
    assert.deepEqual(
      ids,
      Array.from({ length: end }, (_none, index) => index + 1),
      String(end),
    )
  }
})

test('reading goes on from where it stopped', async () => {
  assert.deepEqual(await idsOf(portalOf(305), 300), [301, 302, 303, 304, 305])
})

test('an empty list is one empty page, which tells the time', async () => {
  const pages: unknown[] = []
  for await (const page of pagesByIds(portalOf(0).client, list, { signal: signal() }))
    pages.push(page)
  assert.deepEqual(pages, [{ rows: [], at: 1_000_000_000 }])
})

test('chains grow to twenty pages and shrink on a slow portal', async () => {
  const fast = portalOf(10_000)
  await idsOf(fast)
  assert.deepEqual(fast.batches.slice(0, 5), [5, 10, 20, 20, 20])
  const slow = portalOf(2_000, { pageMs: 4_000 })
  await idsOf(slow)
  assert.ok(
    slow.batches.slice(1).every(pages => pages === 4 || pages === 5),
    String(slow.batches),
  )
  const slowest = portalOf(500, { pageMs: 30_000 })
  await idsOf(slowest)
  assert.ok(
    slowest.batches.slice(1).every(pages => pages === 1),
    String(slowest.batches),
  )
})

test('a page that fails ends the chain; what came before it is kept', async () => {
  const portal = portalOf(10_000, { failsAt: 150 })
  const ids: number[] = []
  const error = await failureOf(
    (async () => {
      for await (const { rows } of pagesByIds(portal.client, list, { signal: signal() }))
        ids.push(...rows.map(({ id }) => id))
    })(),
  )
  assert.deepEqual([error.code, ids.length, portal.batches], ['methodBlocked', 150, [5, 3]])
})

test('ids that do not rise, and what is no list, are senseless', async () => {
  const full = rowsAfter(0, 50, 50)
  const bad: CommandAnswer[] = [
    answered([{ id: 2 }, { id: 2 }]),
    answered([{ id: 3 }, { id: 2 }]),
    answered([{ id: 0 }]),
    answered([{ id: Number.NaN }]),
    answered([{ id: '7' }]),
    answered(undefined),
    { kind: 'absent' },
  ]
  for (const answer of bad) {
    const batch = () => Promise.resolve(new Map([['c0', answer]]))
    const error = await failureOf(pagesByIds({ batch }, list, { signal: signal() }).next())
    assert.deepEqual([error.kind, error.code], ['broken', 'badAnswer'])
  }
  const twice = new Map([
    ['c0', answered(full)],
    ['c1', answered(full)],
  ])
  const pages = pagesByIds({ batch: () => Promise.resolve(twice) }, list, { signal: signal() })
  assert.equal((await pages.next()).done, false)
  assert.equal((await failureOf(pages.next())).code, 'badAnswer')
})

test('a chain names the last id of the page before', () => {
  const [first, second] = chainOf(list, { after: 7, pages: 2 })
  assert.equal(
    decodeURIComponent(commandOf(first!.method, first!.params)),
    'crm.item.list?entityTypeId=2&filter[>=updatedTime]=2026-11-21T00:00:00+00:00&filter[>id]=7&order[id]=ASC&start=-1',
  )
  assert.ok(
    decodeURIComponent(commandOf(second!.method, second!.params)).includes(
      'filter[>id]=$result[c0][items][49][id]&order',
    ),
  )
  const users = chainOf(
    {
      ...list,
      method: 'user.get',
      rowsPath: [],
      rowIdField: 'ID',
      paramsAfter: after => ({ sort: 'ID', order: 'ASC', FILTER: { '>ID': after }, start: -1 }),
    },
    { after: 0, pages: 3 },
  )
  assert.deepEqual(
    users.map(({ params }) => params['FILTER']),
    [{ '>ID': 0 }, { '>ID': '$result[c0][49][ID]' }, { '>ID': '$result[c1][49][ID]' }],
  )
  const tasks = chainOf(
    { ...list, method: 'tasks.task.list', rowsPath: ['tasks'], idField: 'ID', rowIdField: 'id' },
    { after: 0, pages: 2 },
  )
  assert.deepEqual(tasks[1]?.params, {
    entityTypeId: 2,
    order: { ID: 'ASC' },
    filter: { ...(list.params['filter'] as object), '>ID': '$result[c0][tasks][49][id]' },
    start: -1,
  })
})

test('a chain goes through the client as one halting batch', async () => {
  const { client, seen } = worldOf(() =>
    reply({
      result: {
        result: { c0: { items: [{ id: 1 }] }, c1: { items: [{ id: 1 }] } },
        result_error: [],
        result_total: [],
        result_next: [],
        result_time: [],
      },
    }),
  )
  const rows: Row[] = []
  for await (const page of pagesByIds(client, list, { signal: signal() })) rows.push(...page.rows)
  assert.deepEqual([rows, seen.length], [[{ id: 1 }], 1])
  assert.equal((JSON.parse(seen[0]!.body) as { halt: number }).halt, 1)
})
