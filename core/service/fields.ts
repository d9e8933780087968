import type { Case } from '../domain/case.ts'
import type { Fields } from '../domain/decision.ts'

/** The named fields as the case has them. */
export function fieldsOf(theCase: Case, named: Fields): Fields {
  return {
    ...(named.responsible === undefined ? {} : { responsible: theCase.responsibleId }),
    ...(named.department === undefined ? {} : { department: theCase.departmentId }),
    ...(named.deferredUntil === undefined ? {} : { deferredUntil: theCase.deferredUntil }),
  }
}

/** Does the case have each named field so? */
export function isSo(theCase: Case, fields: Fields): boolean {
  const has = fieldsOf(theCase, fields)
  return (
    has.responsible === fields.responsible &&
    has.department === fields.department &&
    has.deferredUntil === fields.deferredUntil
  )
}

export function withFields(theCase: Case, fields: Fields): Case {
  const { responsible, department, deferredUntil } = fields
  return {
    ...theCase,
    ...(responsible === undefined ? {} : { responsibleId: responsible }),
    ...(department === undefined ? {} : { departmentId: department }),
    ...(deferredUntil === undefined ? {} : { deferredUntil }),
  }
}
