/** Why a request is not carried out; the code names the sentence and the HTTP status. */
export type RefusalCode =
  | 'forbidden'
  | 'notFound'
  | 'deleted'
  | 'closed'
  | 'changed'
  | 'unknown'
  | 'employeeDismissed'
  | 'noDepartments'

/** Thrown inside a transaction so that nothing of the request remains; turned into an answer in one place. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly field: string | undefined
  constructor(code: RefusalCode, field?: string) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.field = field
  }
}
