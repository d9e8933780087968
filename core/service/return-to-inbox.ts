import type { ActResult, Arg } from '../contract.ts'
import type { Desk } from './desk.ts'
import { setFields } from './set-fields.ts'

/** Takes cases back from whoever has them: they are in «Начало» again. */
export function returnToInbox(desk: Desk, arg: Arg<'returnToInbox'>): ActResult {
  return setFields(desk, { ...arg, verb: 'return', target: null }, { responsible: null })
}
