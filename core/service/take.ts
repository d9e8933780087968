import type { ActResult, Arg } from '../contract.ts'
import { giveTo } from './assign.ts'
import type { Desk } from './desk.ts'

/** The head takes cases to do them: out of «Начало», onto the head's own load. */
export function take(desk: Desk, arg: Arg<'take'>): ActResult {
  const employeeId = desk.me()?.employeeId ?? null
  return giveTo(desk, { ...arg, verb: 'take' }, employeeId, arg.isOverridden ?? false)
}
