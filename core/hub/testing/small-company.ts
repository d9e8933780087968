import type { Employee } from '../../domain/org.ts'
import { bareId } from '../bare-id.ts'
import type { Company, CompanyCase, CompanyHistory } from '../company.ts'

/** The moment of every test that does not move its clock: Saturday, 21 November 2026, 12:00 UTC. */
export const noon = Date.UTC(2026, 10, 21, 12)
export const dayMs = 24 * 3_600_000

const department = (id: string, parent: string | null) => ({
  departmentId: bareId('department', id),
  parentId: bareId('department', parent),
  name: `Отделение ${id}`,
  defaultLimit: null,
  hoursPerPoint: null,
  zone: null,
})
const post = (employee: string, of: string, isHead = false) => ({
  postId: bareId('post', `${employee}@${of}`),
  departmentId: bareId('department', of),
  name: 'Пост',
  employeeId: bareId('employee', employee),
  isHead,
})
export const person = (id: string, more: Partial<Employee> = {}): Employee => ({
  employeeId: bareId('employee', id),
  name: `Имя ${id}`,
  isExternal: false,
  isDismissed: false,
  limit: 10,
  kindLimits: {},
  skills: [],
  week: null,
  isDayOpen: null,
  lastAssignedAt: null,
  ...more,
})

export const companyCase = (id: string, more: Partial<CompanyCase> = {}): CompanyCase => ({
  caseId: bareId('case', id),
  number: `Д-${id}`,
  subject: `Предмет ${id}`,
  text: `Текст ${id}`,
  phones: ['+79001234567'],
  emails: ['client@example.com'],
  kindId: bareId('kind', 'deal'),
  source: 'mail',
  departmentId: bareId('department', 'contact'),
  responsibleId: null,
  clientId: bareId('client', 'c1'),
  clientName: 'Клиент 1',
  status: 'open',
  statusName: null,
  deferredUntil: null,
  dueAt: noon + dayMs,
  priority: 1,
  weight: 1,
  effortMs: null,
  requiredSkill: null,
  createdAt: noon - dayMs,
  updatedAt: noon - dayMs,
  closedAt: null,
  assignedAt: null,
  ...more,
})

const created = (id: string): CompanyHistory => ({
  historyId: bareId('history', `h-${id}`),
  caseId: bareId('case', id),
  at: noon - dayMs,
  employeeId: null,
  decisionId: null,
  verb: 'created',
  from: {},
  to: {},
  ruleId: null,
  ruleVersion: null,
  reasons: [],
})

/**
 * top (head director) ⊃ contact (head anna; vera, gleb, external ext, dismissed fired) ⊃ shift (no
 * head; zoya), sales (head boris; dina; dispatcher max of sales), empty (no head, nobody).
 */
export function smallCompany(cases: readonly CompanyCase[] = usualCases()): Company {
  return {
    company: 'Малая',
    zone: 'Europe/Moscow',
    ownerId: bareId('employee', 'anna'),
    departments: [
      department('top', null),
      department('contact', 'top'),
      department('shift', 'contact'),
      department('sales', 'top'),
      department('empty', 'top'),
    ],
    posts: [
      post('director', 'top', true),
      post('anna', 'contact', true),
      post('vera', 'contact'),
      post('gleb', 'contact'),
      post('ext', 'contact'),
      post('fired', 'contact'),
      post('zoya', 'shift'),
      post('boris', 'sales', true),
      post('dina', 'sales'),
      post('vera', 'sales'),
      post('max', 'empty'),
    ],
    employees: [
      person('director'),
      person('anna'),
      person('vera'),
      person('gleb'),
      person('ext', { isExternal: true }),
      person('fired', { isDismissed: true }),
      person('zoya'),
      person('boris'),
      person('dina'),
      person('max'),
    ],
    absences: [],
    substitutions: [],
    kinds: [
      {
        kindId: bareId('kind', 'deal'),
        name: 'Сделка',
        weight: 2,
        departmentId: null,
        doesWaitingStopClock: true,
      },
      {
        kindId: bareId('kind', 'closing'),
        name: 'Закрытие заказа',
        weight: 1,
        departmentId: bareId('department', 'contact'),
        doesWaitingStopClock: true,
      },
    ],
    dispatchers: [
      {
        employeeId: bareId('employee', 'max'),
        departmentId: bareId('department', 'sales'),
        fromAt: null,
        untilAt: null,
      },
    ],
    cases,
    clients: ['c1', 'c2', 'c3'].map(id => ({
      clientId: bareId('client', id),
      name: `Клиент ${id}`,
      responsibleId: bareId('employee', 'vera'),
    })),
    history: cases.map(one => created(one.caseId)),
  }
}

/** Names say what they are: `contact-free` is open, of contact, without a responsible. */
export function usualCases(): readonly CompanyCase[] {
  const of = (id: string) => bareId('department', id)
  const by = (id: string) => bareId('employee', id)
  return [
    companyCase('contact-free'),
    companyCase('contact-vera', { responsibleId: by('vera') }),
    companyCase('contact-ext', { responsibleId: by('ext'), clientId: bareId('client', 'c3') }),
    companyCase('contact-fired', { responsibleId: by('fired') }),
    companyCase('contact-closed', {
      status: 'closed',
      responsibleId: by('vera'),
      closedAt: noon - dayMs,
    }),
    companyCase('contact-ancient', {
      status: 'closed',
      responsibleId: by('vera'),
      closedAt: noon - 500 * dayMs,
    }),
    companyCase('shift-free', { departmentId: of('shift') }),
    companyCase('shift-zoya', { departmentId: of('shift'), responsibleId: by('zoya') }),
    companyCase('sales-free', { departmentId: of('sales'), clientId: bareId('client', 'c2') }),
    companyCase('sales-dina', {
      departmentId: of('sales'),
      responsibleId: by('dina'),
      clientId: bareId('client', 'c2'),
    }),
    companyCase('sales-vera', {
      departmentId: of('sales'),
      responsibleId: by('vera'),
      clientId: bareId('client', 'c2'),
    }),
    companyCase('top-free', { departmentId: of('top') }),
  ]
}
