/** Somebody is dismissed while holding cases, at a real hub. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bareId } from '../hub/bare-id.ts'
import { changeOrg } from '../hub/store/change-org.ts'
import { open } from '../service/open.ts'
import { resolveConflict } from '../service/resolve-conflict.ts'
import { readCase } from '../store/cases.ts'
import { readOrg } from '../store/org.ts'
import { outboxCounts, outboxItems } from '../store/outbox.ts'
import { newActId, newDecisionId } from '../testing/desk-world.ts'
import { anEmployee } from '../testing/invented.ts'
import { inOffice, isDrained, person, theCaseId, until } from '../testing/office.ts'

const dismissed = {
  employees: [anEmployee('anna', { name: 'anna', limit: 1000, isDismissed: true })],
}

test('a dismissed person keeps their cases in sight, and nobody loses one', () =>
  inOffice(async ({ open: openConsole, hub }) => {
    const head = await openConsole('head')
    head.give('anna', '1', '2', '3')
    await until(() => isDrained(head), 'the giving out')
    const before = open(head.desk).cases.length
    await changeOrg(hub().store, dismissed)
    await until(
      () => readOrg(head.store).employees.some(one => one.name === 'anna' && one.isDismissed),
      'the news',
    )
    const snapshot = open(head.desk)
    assert.equal(snapshot.cases.length, before)
    for (const name of ['1', '2', '3']) assert.equal(head.responsible(name), person('anna'))
    assert.deepEqual(head.give('anna', '4').done, [])
    assert.deepEqual(head.give('oleg', '1', '2', '3').done.length, 3)
    await until(() => isDrained(head), 'the giving to another')
    assert.deepEqual(outboxCounts(head.store), { waiting: 0, conflicts: 0, rejected: 0 })
    const rows = await hub()
      .store.db.selectFrom('cases')
      .select(['caseId', 'responsibleId'])
      .execute()
    assert.equal(rows.length, before)
    assert.ok(rows.every(row => row.responsibleId !== bareId('employee', 'anna')))
  }))

for (const choice of ['keepTheirs', 'giveTo'] as const)
  test(`a case given to somebody dismissed meanwhile is asked about: ${choice}`, () =>
    inOffice(async ({ open: openConsole, hub, wire }) => {
      const head = await openConsole('head')
      wire.cut()
      assert.deepEqual(head.give('anna', '1').done, [theCaseId('1')])
      await until(() => head.sync.status().link.kind === 'offline', 'the cut')
      await changeOrg(hub().store, dismissed)
      wire.state.isCut = false
      head.sync.wake()
      await until(() => outboxCounts(head.store).conflicts === 1, 'the conflict')
      const [item] = outboxItems(head.store, 10)
      assert.equal(item?.code, 'employeeDismissed')
      assert.equal(readCase(head.store, theCaseId('1'))?.responsibleId, null)
      assert.equal(open(head.desk).pending[theCaseId('1')], 'conflict')
      const said = resolveConflict(head.desk, {
        decisionId: item.decision.decisionId,
        actId: newActId(),
        newDecisionId: newDecisionId(),
        choice:
          choice === 'giveTo' ? { kind: choice, employeeId: person('oleg') } : { kind: choice },
      })
      assert.deepEqual([said.done, said.refused], [[theCaseId('1')], []])
      await until(() => isDrained(head), 'the way out')
      assert.deepEqual(outboxCounts(head.store), { waiting: 0, conflicts: 0, rejected: 0 })
      const row = await hub()
        .store.db.selectFrom('cases')
        .select('responsibleId')
        .where('caseId', '=', bareId('case', '1'))
        .executeTakeFirst()
      assert.equal(row?.responsibleId ?? null, choice === 'giveTo' ? 'oleg' : null)
    }))
