import type { ActResult, Arg } from '../contract.ts'
import { carryOut, refused } from './act.ts'
import type { Desk } from './desk.ts'
import { setFields } from './set-fields.ts'

/** Passes cases to another department, where they wait for its head. */
export function pass(desk: Desk, arg: Arg<'pass'>): ActResult {
  const department = desk.index().departmentById.get(arg.departmentId)
  const gesture = { ...arg, verb: 'pass' as const, target: department?.name ?? null }
  if (!department) return carryOut(desk, gesture, () => refused('unknownDepartment'))
  const want = { department: arg.departmentId, responsible: null }
  return setFields(desk, gesture, want)
}
