import type { ActResult, Arg } from '../contract.ts'
import type { Desk } from './desk.ts'
import { setFields } from './set-fields.ts'

/** Puts cases aside until a time or until they change; null brings them back. */
export function defer(desk: Desk, arg: Arg<'defer'>): ActResult {
  const want = { deferredUntil: arg.until }
  return setFields(desk, { ...arg, verb: 'defer', target: null }, want)
}
