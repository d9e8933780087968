import type { HistoryId } from '../domain/id.ts'
import type { HistoryEntry } from '../store/records.ts'
import { aDepartment, aKind, anAbsence, anEmployee, aPost, aSubstitution } from './invented.ts'
import { aPage, aWholeCase, caseIdOf, clientOf, personOf } from './store-world.ts'

/** A line of the history of case 1. */
export const aLine = (id: string, over: Partial<HistoryEntry> = {}): HistoryEntry => ({
  historyId: id as HistoryId,
  caseId: caseIdOf('1'),
  at: 5,
  employeeId: personOf('head'),
  decisionId: null,
  verb: 'assign',
  from: { responsible: null },
  to: { responsible: personOf('anna') },
  ruleId: null,
  ruleVersion: null,
  reasons: [{ code: 'load', after: 7, limit: 10 }],
  ...over,
})

/** One of everything, with long words where they are kept apart. */
export const wholeWorld = aPage({
  cases: [
    aWholeCase('1', {
      text: 'Привет',
      phones: ['+7 495 1'],
      emails: ['a@b.ru'],
      isMasked: true,
      weight: 1.5,
    }),
    aWholeCase('2', { effortMs: 0.5 }),
  ],
  departments: [aDepartment('sales', null, { zone: 'Europe/Moscow', hoursPerPoint: 0.5 })],
  posts: [aPost('sales', 'e1', true)],
  employees: [
    anEmployee('e1', { isDayOpen: false, skills: ['ЕГАИС'], kindLimits: { k1: 2 }, limit: 0 }),
    anEmployee('e2', { week: null, isExternal: true }),
  ],
  absences: [anAbsence('e1', 1, 2)],
  substitutions: [aSubstitution('e1', 'e2', 1, 9)],
  kinds: [aKind('k1', { doesWaitingStopClock: false })],
  clients: [{ clientId: clientOf('c'), name: 'ООО', responsibleId: personOf('anna') }],
  history: [aLine('h2', { at: 9 }), aLine('h1')],
})
