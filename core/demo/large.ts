import { bareId } from '../hub/bare-id.ts'
import type { CompanyCase, CompanyHistory, Company } from '../hub/company.ts'
import { kinds } from './kinds.ts'
import { filled } from './letters.ts'
import { type Chance, chanceOf } from './random.ts'
import { demoZone } from './timetable.ts'

export interface LargeOptions {
  /** All of them, open and closed. */
  readonly cases: number
  readonly people: number
  readonly openCases: number
  /** Of the open ones. */
  readonly unassigned: number
  readonly seed: number
  readonly now: number
  /** Lines of history of each case, 1 by default; 0 to 3. */
  readonly historyPerCase?: number
}

const perDepartment = 12
const hourMs = 3_600_000
const closedDays = 390

/**
 * A company of any size for measuring: cases, clients and history are made while they are read and
 * the same options give the same company. The owner `p-0` heads the top and so sees everything.
 * A case's text has about 600 bytes. Unassigned cases come first, then the open, then the closed.
 */
export function largeCompany(options: LargeOptions): Company {
  const departments = Math.max(1, Math.ceil((options.people - 1) / perDepartment))
  const clientCount = Math.max(1, Math.floor(options.cases / 8))
  const letters = letterPool(options)
  const caseAt = (index: number) => largeCase(index, options, { departments, clientCount, letters })
  return {
    company: `Большая компания: ${options.cases}`,
    zone: demoZone,
    ownerId: bareId('employee', 'p-0'),
    ...largeStaff(options, departments),
    absences: [],
    substitutions: [],
    kinds: kinds.map(({ id, name, weight }) => ({
      kindId: bareId('kind', id),
      name,
      weight,
      departmentId: null,
      doesWaitingStopClock: true,
    })),
    cases: (function* () {
      for (let index = 0; index < options.cases; index += 1) yield caseAt(index)
    })(),
    clients: (function* () {
      for (let index = 0; index < clientCount; index += 1)
        yield {
          clientId: bareId('client', `c-${index}`),
          name: clientName(index),
          responsibleId: null,
        }
    })(),
    history: (function* () {
      for (let index = 0; index < options.cases; index += 1)
        yield* largeHistory(caseAt(index)).slice(0, options.historyPerCase ?? 1)
    })(),
  }
}

interface Made {
  readonly departments: number
  readonly clientCount: number
  readonly letters: readonly { readonly subject: string; readonly text: string }[]
}

const poolSize = 600

/** Filled once: a hundred thousand letters would take longer than writing them. */
function letterPool({ seed, now }: LargeOptions): Made['letters'] {
  const chance = chanceOf(seed)
  return Array.from({ length: poolSize }, () =>
    filled(chance.oneOf(chance.oneOf(kinds).letters), chance, now),
  )
}

function largeCase(index: number, options: LargeOptions, made: Made): CompanyCase {
  const chance = chanceOf(options.seed * 1_000_003 + index)
  const { now } = options
  const isClosed = index >= options.openCases
  const isUnassigned = index < options.unassigned
  const person = 1 + chance.between(0, Math.max(0, options.people - 2))
  const kind = chance.oneOf(kinds)
  const closedAt = isClosed ? now - Math.floor(chance.next() * closedDays * 24) * hourMs : null
  const createdAt = (closedAt ?? now) - chance.between(1, 400) * hourMs
  const client = chance.between(0, made.clientCount - 1)
  const department = isUnassigned ? chance.between(0, made.departments - 1) : departmentOf(person)
  const letter = chance.oneOf(made.letters)
  const others = Array.from({ length: 3 }, () => chance.oneOf(made.letters).text).join(' ')
  return {
    caseId: bareId('case', String(index + 1)),
    number: String(index + 1),
    subject: letter.subject,
    text: `${letter.text} ${others}`.slice(0, 335),
    kindId: bareId('kind', kind.id),
    source: chance.oneOf(kind.sources),
    departmentId: bareId('department', `d-${department}`),
    responsibleId: isUnassigned ? null : bareId('employee', `p-${person}`),
    clientId: bareId('client', `c-${client}`),
    clientName: clientName(client),
    ...standing(chance, isClosed),
    deferredUntil: null,
    dueAt: chance.isLucky(0.1) ? null : (closedAt ?? now) + chance.between(-48, 240) * hourMs,
    priority: chance.between(0, 3),
    weight: kind.weight,
    effortMs: null,
    requiredSkill: null,
    createdAt,
    updatedAt: closedAt ?? createdAt,
    closedAt,
    assignedAt: isUnassigned ? null : createdAt + hourMs / 2,
    phones: [`+7 (900) 000-${String(client % 10_000).padStart(4, '0')}`],
    emails: [`client${client}@example.ru`],
  }
}

function standing(chance: Chance, isClosed: boolean): Pick<CompanyCase, 'status' | 'statusName'> {
  if (isClosed) return { status: 'closed', statusName: 'Закрыто' }
  return chance.isLucky(0.1)
    ? { status: 'waiting', statusName: 'Ждём ответа клиента' }
    : { status: 'open', statusName: 'В работе' }
}

function largeHistory(theCase: CompanyCase): CompanyHistory[] {
  const { caseId, departmentId, responsibleId, createdAt, assignedAt, closedAt } = theCase
  const line = (
    at: number | null,
    verb: string,
    from: CompanyHistory['from'],
    to: CompanyHistory['to'],
  ) =>
    at === null
      ? []
      : [
          {
            historyId: bareId('history', `${caseId}-${verb}`),
            caseId,
            at,
            employeeId: null,
            decisionId: null,
            verb,
            from,
            to,
            ruleId: null,
            ruleVersion: null,
            reasons: [],
          },
        ]
  return [
    ...line(createdAt, 'created', {}, { department: departmentId, responsible: null }),
    ...line(assignedAt, 'assign', { responsible: null }, { responsible: responsibleId }),
    ...line(closedAt, 'closed', { status: 'open' }, { status: 'closed' }),
  ]
}

const departmentOf = (person: number): number => Math.floor((person - 1) / perDepartment)
const clientName = (index: number): string => `ООО «Клиент ${index}»`

/** Nobody but person 0 is a head, so every unassigned case comes to them. */
function largeStaff(
  { people, seed }: LargeOptions,
  departments: number,
): Pick<Company, 'departments' | 'posts' | 'employees'> {
  const chance = chanceOf(seed)
  const numbers = Array.from({ length: people }, (_, index) => index)
  const place = { defaultLimit: null, hoursPerPoint: null, zone: null }
  const top = bareId('department', 'top')
  return {
    departments: [
      { departmentId: top, parentId: null, name: 'Большая компания', ...place },
      ...Array.from({ length: departments }, (_, index) => ({
        departmentId: bareId('department', `d-${index}`),
        parentId: top,
        name: `Отдел ${index + 1}`,
        ...place,
      })),
    ],
    posts: numbers.map(person => ({
      postId: bareId('post', `post-${person}`),
      departmentId: person === 0 ? top : bareId('department', `d-${departmentOf(person)}`),
      name: person === 0 ? 'Директор' : 'Специалист',
      employeeId: bareId('employee', `p-${person}`),
      isHead: person === 0,
    })),
    employees: numbers.map(person => ({
      employeeId: bareId('employee', `p-${person}`),
      name: `${chance.oneOf(givenNames)} ${chance.oneOf(familyNames)}-${person}`,
      isExternal: false,
      isDismissed: false,
      limit: chance.oneOf([null, 20, 30, 40]),
      kindLimits: {},
      skills: chance.isLucky(0.3) ? ['документы'] : [],
      week: null,
      isDayOpen: null,
      lastAssignedAt: null,
    })),
  }
}

const givenNames = [
  'Анна',
  'Борис',
  'Вера',
  'Глеб',
  'Дарья',
  'Егор',
  'Жанна',
  'Захар',
  'Инна',
  'Кирилл',
] as const
const familyNames = [
  'Коваленко',
  'Левченко',
  'Мороз',
  'Нестер',
  'Олейник',
  'Петренко',
  'Рудь',
  'Савченко',
] as const
