import { untilChange, type Case } from '../domain/case.ts'
import type { Decision, Fields } from '../domain/decision.ts'

/** The case as it will be when these decisions, in their order, have been carried out. */
export function foldCase(base: Case, decisions: readonly Decision[]): Case {
  return decisions.reduce(decided, base)
}

function decided(theCase: Case, { want, issuedAt }: Decision): Case {
  const isMoved =
    want.responsible !== undefined || want.department !== undefined || want.status !== undefined
  // The backend ends «until the case changes» at any change but a deferral.
  const woken = isMoved && theCase.deferredUntil === untilChange ? null : theCase.deferredUntil
  const responsibleId = want.responsible === undefined ? theCase.responsibleId : want.responsible
  return {
    ...theCase,
    ...stageAfter(theCase, want, issuedAt),
    responsibleId,
    departmentId: want.department === undefined ? theCase.departmentId : want.department,
    deferredUntil: want.deferredUntil === undefined ? woken : want.deferredUntil,
    assignedAt:
      responsibleId === theCase.responsibleId
        ? theCase.assignedAt
        : assignedAt(responsibleId, issuedAt),
  }
}

function stageAfter(
  { status: before, statusName, closedAt }: Case,
  want: Fields,
  at: number,
): Pick<Case, 'status' | 'statusName' | 'closedAt'> {
  const status = want.status ?? before
  return {
    status,
    statusName: want.statusName === undefined ? statusName : want.statusName,
    closedAt: status === before ? closedAt : status === 'closed' ? at : null,
  }
}

const assignedAt = (responsibleId: string | null, at: number) =>
  responsibleId === null ? null : at

/** The fields of a case that a decision may name. */
export const fieldsOf = (theCase: Case): Required<Fields> => ({
  responsible: theCase.responsibleId,
  department: theCase.departmentId,
  deferredUntil: theCase.deferredUntil,
  status: theCase.status,
  statusName: theCase.statusName,
})

/** Of `from`, the fields that `named` names. */
export function sameFields(named: Fields, from: Fields): Fields {
  return {
    ...(named.responsible !== undefined &&
      from.responsible !== undefined && { responsible: from.responsible }),
    ...(named.department !== undefined &&
      from.department !== undefined && { department: from.department }),
    ...(named.deferredUntil !== undefined &&
      from.deferredUntil !== undefined && { deferredUntil: from.deferredUntil }),
    ...(named.status !== undefined && from.status !== undefined && { status: from.status }),
    ...(named.statusName !== undefined &&
      from.statusName !== undefined && { statusName: from.statusName }),
  }
}

export const shareField = (one: Fields, other: Fields): boolean =>
  (one.responsible !== undefined && other.responsible !== undefined) ||
  (one.department !== undefined && other.department !== undefined) ||
  (one.deferredUntil !== undefined && other.deferredUntil !== undefined) ||
  (one.status !== undefined && other.status !== undefined)

export const haveSameValues = (one: Fields, other: Fields): boolean =>
  one.responsible === other.responsible &&
  one.department === other.department &&
  one.deferredUntil === other.deferredUntil &&
  one.status === other.status &&
  one.statusName === other.statusName
