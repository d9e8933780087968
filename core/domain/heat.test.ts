import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { arbitraryCases, arbitraryKinds, arbitraryOrg, nearInstant } from '../testing/arbitrary.ts'
import {
  aCase,
  aDepartment,
  aKind,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  day,
  employeeId,
  hour,
  kindId,
  mondayNoon,
} from '../testing/invented.ts'
import { agendaOf, type AgendaWorld } from './agenda.ts'
import { noCalendar, ordinaryWeek } from './calendar.ts'
import { isCounted } from './case-state.ts'
import { dayCellsOf, heatOf, kindCellOf, workingDays } from './heat.ts'
import { loadOf } from './load.ts'
import { indexOrg } from './org-index.ts'
import type { Absence } from './org.ts'

const ann = employeeId('ann')
const now = mondayNoon

const worldWith = (absences: readonly Absence[] = []): AgendaWorld => ({
  now,
  index: indexOrg(
    anOrg({
      departments: [aDepartment('centre')],
      posts: [aPost('centre', 'ann')],
      employees: [anEmployee('ann', { week: ordinaryWeek, limit: 10, kindLimits: { call: 2 } })],
      absences,
    }),
  ),
  kinds: new Map([[kindId('call'), aKind('call')]]),
  calendar: noCalendar,
  zone: 'Europe/Moscow',
})
const work = (id: string, hours: number, dueAt: number | null = null) =>
  aCase(id, { responsibleId: ann, effortMs: hours * hour, dueAt })

test('the heat of a cell follows what is in it against what there is room for', () => {
  assert.deepEqual(
    [
      heatOf(0, 0),
      heatOf(1, 0),
      heatOf(0, 8),
      heatOf(3.9, 8),
      heatOf(4, 8),
      heatOf(6.8, 8),
      heatOf(8, 8),
      heatOf(8.1, 8),
    ],
    ['off', 'over', 'idle', 'idle', 'good', 'high', 'high', 'over'],
  )
})

test('a case of two days stands in both, and what follows begins where it ends', () => {
  const cells = dayCellsOf([work('1', 7, now + day), work('2', 2)], ann, worldWith(), 3)
  assert.deepEqual(
    cells.map(({ day: text, hours, shiftHours, caseIds }) => [text, hours, shiftHours, caseIds]),
    [
      ['2026-11-23', 5, 5, ['1']],
      ['2026-11-24', 4, 8, ['1', '2']],
      ['2026-11-25', 0, 8, []],
    ],
  )
})

test('work that begins at the end of a day stands in the next one only', () => {
  const cells = dayCellsOf([work('1', 5, now + day), work('2', 1)], ann, worldWith(), 2)
  assert.deepEqual(
    cells.map(({ caseIds }) => caseIds),
    [['1'], ['2']],
  )
})

test('a case done after its due marks the day it is done on', () => {
  const [monday, tuesday] = dayCellsOf([work('1', 6, now + hour)], ann, worldWith(), 2)
  assert.deepEqual([monday?.lateCaseIds, monday?.heat], [[], 'high'])
  assert.deepEqual([tuesday?.lateCaseIds, tuesday?.heat], [['1'], 'over'])
})

test('a day of leave says why, a day off says nothing, and both hold no work', () => {
  const tuesday = now - 12 * hour + day
  const away = anAbsence('ann', tuesday - 3 * hour, tuesday + 21 * hour, 'sick')
  const cells = dayCellsOf([work('1', 6)], ann, worldWith([away]), 6)
  assert.deepEqual(
    cells.map(({ heat, absence, caseIds }) => [heat, absence, caseIds.length]),
    [
      ['high', null, 1],
      ['off', 'sick', 0],
      ['idle', null, 1],
      ['idle', null, 0],
      ['idle', null, 0],
      ['off', null, 0],
    ],
  )
  assert.deepEqual(workingDays([cells], 4), [
    '2026-11-23',
    '2026-11-24',
    '2026-11-25',
    '2026-11-26',
  ])
  assert.deepEqual(workingDays([cells], 9).at(-1), '2026-11-27', 'nobody works on Saturday')
})

test('a kind is held against its own limit, all kinds together against the limit of the person', () => {
  const held = [
    aCase('1', { responsibleId: ann, kindId: kindId('call'), weight: 3, dueAt: now + day }),
    aCase('2', { responsibleId: ann, dueAt: now + hour }),
    aCase('3', { responsibleId: ann, status: 'waiting', kindId: kindId('call') }),
  ]
  const world = worldWith()
  const load = loadOf(ann, held, { ...world, defaultLimit: 10, closed: {} })
  assert.deepEqual(kindCellOf(load, held, kindId('call'), now), {
    points: 3,
    limit: 2,
    heat: 'over',
    caseIds: ['1'],
  })
  assert.deepEqual(kindCellOf(load, held, null, now), {
    points: 4,
    limit: 10,
    heat: 'idle',
    caseIds: ['2', '1'],
  })
})

test('cells hold the hours of the agenda, every planned case within sight, and no other', () => {
  fc.assert(
    fc.property(
      arbitraryOrg,
      arbitraryCases,
      arbitraryKinds,
      nearInstant,
      (org, cases, kinds, at) => {
        const world = { ...worldWith(), now: at, index: indexOrg(org), kinds }
        for (const { employeeId: id } of org.employees) {
          const held = cases.filter(one => one.responsibleId === id)
          const agenda = agendaOf(held, id, world, 10)
          const cells = dayCellsOf(held, id, world, 10)
          assert.deepEqual(
            cells.map(({ day: text, hours, shiftHours }) => ({ day: text, hours, shiftHours })),
            agenda.hoursByDay,
          )
          const shown = new Set(cells.flatMap(({ caseIds }) => caseIds))
          const counted = new Set(held.filter(one => isCounted(one, at)).map(one => one.caseId))
          assert.ok([...shown].every(caseId => counted.has(caseId)))
          for (const { hours, caseIds } of cells) if (hours > 0) assert.ok(caseIds.length > 0)
        }
      },
    ),
  )
})
