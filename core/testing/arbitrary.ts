/** Organisations and cases of any quality, as fast-check makes and shrinks them. */
import * as fc from 'fast-check'
import type { Case, Kind } from '../domain/case.ts'
import type { Org, Week } from '../domain/org.ts'
import {
  aCase,
  aDepartment,
  aKind,
  anAbsence,
  anEmployee,
  anOrg,
  aPost,
  aSubstitution,
  clientId,
  day,
  departmentId,
  employeeId,
  hour,
  kindId,
  mondayNoon,
} from './invented.ts'

const departments = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']
const people = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7']
const kinds = ['k1', 'k2', 'k3']
const clients = ['c1', 'c2']

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
/** An instant within two weeks of the moment the tests take for now. */
export const nearInstant = fc
  .integer({ min: -14 * 24, max: 14 * 24 })
  .map(n => mondayNoon + n * hour)

const limit = orNull(fc.integer({ min: 0, max: 12 }))

const anyEmployee = (id: string) =>
  fc
    .record({
      name: fc.constantFrom('Анна', 'Борис', 'Ёлкин', 'Ежов', 'Zoe'),
      isExternal: fc.boolean(),
      isDismissed: fc.boolean(),
      limit,
      kindLimits: fc.dictionary(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 5 })),
      skills: fc.subarray(['egais', 'english']),
      isDayOpen: orNull(fc.boolean()),
      lastAssignedAt: orNull(nearInstant),
    })
    .map(over => anEmployee(id, over))

const anyDepartment = (id: string) =>
  fc
    .tuple(orNull(fc.constantFrom(...departments, 'unknown')), limit)
    .map(([parent, defaultLimit]) => aDepartment(id, parent, { defaultLimit }))

const span = fc
  .tuple(nearInstant, fc.integer({ min: 0, max: 20 }))
  .map(([from, days]) => [from, from + days * day] as const)

/** Parents may form cycles or be unknown, heads may be missing, away or dismissed. */
export const arbitraryOrg: fc.Arbitrary<Org> = fc
  .record({
    departments: fc.tuple(...departments.map(anyDepartment)),
    employees: fc.tuple(...people.map(anyEmployee)),
    posts: fc.uniqueArray(
      fc
        .tuple(
          fc.constantFrom(...departments, 'unknown'),
          orNull(fc.constantFrom(...people, 'stranger')),
          fc.boolean(),
        )
        .map(([department, employee, isHead]) => aPost(department, employee, isHead)),
      { selector: post => post.postId, maxLength: 14 },
    ),
    absences: fc.array(
      fc.tuple(fc.constantFrom(...people), span).map(([id, at]) => anAbsence(id, at[0], at[1])),
      { maxLength: 6 },
    ),
    substitutions: fc.array(
      fc
        .tuple(fc.constantFrom(...people), fc.constantFrom(...people, 'stranger'), span)
        .map(([id, substitute, at]) => aSubstitution(id, substitute, at[0], at[1])),
      { maxLength: 4 },
    ),
  })
  .map(anOrg)

export const arbitraryCase: fc.Arbitrary<Case> = fc
  .record({
    id: fc.uuid(),
    kindId: orNull(fc.constantFrom(...kinds).map(kindId)),
    departmentId: orNull(fc.constantFrom(...departments, 'unknown').map(departmentId)),
    responsibleId: orNull(fc.constantFrom(...people).map(employeeId)),
    clientId: orNull(fc.constantFrom(...clients).map(clientId)),
    status: fc.constantFrom('open', 'open', 'open', 'waiting', 'awaitingApproval', 'closed'),
    deferredUntil: orNull(nearInstant),
    dueAt: orNull(nearInstant),
    priority: fc.integer({ min: 0, max: 3 }),
    weight: fc.constantFrom(0, 0.5, 1, 1, 2, 5),
    effortMs: orNull(fc.integer({ min: 0, max: 8 }).map(hours => hours * hour)),
    requiredSkill: orNull(fc.constantFrom('egais', 'chinese')),
    isMasked: fc.boolean(),
  })
  .map(({ id, ...over }) => aCase(id, over as Partial<Case>))

export const arbitraryCases = fc.uniqueArray(arbitraryCase, {
  selector: theCase => theCase.caseId,
  maxLength: 30,
})

export const arbitraryKinds: fc.Arbitrary<ReadonlyMap<Kind['kindId'], Kind>> = fc
  .tuple(
    ...kinds.map(id =>
      fc
        .tuple(orNull(fc.constantFrom(...departments)), fc.option(fc.integer({ min: 0, max: 4 })))
        .map(([department, localWeight]) =>
          aKind(id, {
            departmentId: department === null ? null : departmentId(department),
            ...(localWeight === null ? {} : { localWeight }),
          }),
        ),
    ),
  )
  .map(list => new Map(list.map(kind => [kind.kindId, kind])))

/** Any week, spans in quarters of an hour; some run past midnight, some overlap. */
export const arbitraryWeek: fc.Arbitrary<Week> = fc.array(
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 0, max: 60 }))
      .map(([from, length]) => ({ fromMinute: from * 15, toMinute: (from + length) * 15 })),
    { maxLength: 3 },
  ),
  { minLength: 7, maxLength: 7 },
)

/** Zones that change by an hour, by half an hour, at midnight, twice a year around Ramadan, once by a whole day. */
export const arbitraryZone = fc.constantFrom(
  'UTC',
  'Europe/Moscow',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
)

/** To the minute; before this a zone changed a minute after midnight, so that a day began twice. */
export const arbitraryInstant = fc
  .integer({ min: Date.UTC(2011, 11) / 60_000, max: Date.UTC(2035, 0) / 60_000 })
  .map(minutes => minutes * 60_000)
