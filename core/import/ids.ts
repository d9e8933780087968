import { hash } from 'node:crypto'
import type {
  CaseId,
  ClientId,
  DepartmentId,
  EmployeeId,
  HistoryId,
  KindId,
  PostId,
} from '../domain/id.ts'
import { bareId } from '../hub/bare-id.ts'

// The same file gives the same ids again: a case is called by its number where that is safe in an
// address, everything else by a hash of its name, so that apostrophes and smileys survive.

/** The department at the top and the person who imports. */
export const rootId: DepartmentId = bareId('department', 'import')
export const ownerId: EmployeeId = bareId('employee', 'me')

/** `n-` is kept for hashes, so that a number cannot pass for one. */
const isPlain = /^(?!n-)[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u

export function caseIdOf(number: string): CaseId {
  return bareId('case', isPlain.test(number) ? number : `n-${digest(number)}`)
}

export function employeeIdOf(name: string): EmployeeId {
  return bareId('employee', `e-${digest(name)}`)
}

export function departmentIdOf(name: string): DepartmentId {
  return bareId('department', `d-${digest(name)}`)
}

export function clientIdOf(name: string): ClientId {
  return bareId('client', `c-${digest(name)}`)
}

export function kindIdOf(name: string): KindId {
  return bareId('kind', `k-${digest(name)}`)
}

export function postIdOf(departmentId: DepartmentId, employeeId: EmployeeId): PostId {
  return bareId('post', `p-${departmentId}-${employeeId}`)
}

export function historyIdOf(caseId: CaseId, index: number): HistoryId {
  return bareId('history', `${caseId}-${index}`)
}

function digest(text: string): string {
  return hash('sha256', text).slice(0, 20)
}
