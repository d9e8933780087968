import type { ActResult, Arg } from '../contract.ts'
import type { Desk } from './desk.ts'
import { setFields } from './set-fields.ts'

/** Puts cases aside until a time or until they change; null brings them back. Not every backend can. */
export function defer(desk: Desk, arg: Arg<'defer'>): ActResult {
  if (!desk.canDefer) {
    const refused = arg.orders.map(({ caseId }) => ({ caseId, reasons: [{ code: 'cannotHere' }] }))
    return { actId: arg.actId, done: [], refused, label: null }
  }
  const want = { deferredUntil: arg.until }
  return setFields(desk, { ...arg, verb: 'defer', target: null }, want)
}
