import type { Case } from '../domain/case.ts'
import type { Fields } from '../domain/decision.ts'
import { fieldsOf, haveSameValues, sameFields } from '../store/fold.ts'

/** The fields that `named` names, as the case has them. */
export const asTheyAre = (theCase: Case, named: Fields): Fields =>
  sameFields(named, fieldsOf(theCase))

/** Does the case have each named field so? */
export const isSo = (theCase: Case, fields: Fields): boolean =>
  haveSameValues(asTheyAre(theCase, fields), fields)
