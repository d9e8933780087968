/** A refusal in the portal's own words: `error` may be empty, "0", or a sentence (bitrix24.md 2.2). */
export class RestError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, description: string) {
    super(description)
    this.name = 'RestError'
    this.status = status
    this.code = code
  }
}

/** Old methods answer every failure with an empty code (bitrix24.md 3.2). */
export const classicError = (description: string): RestError => new RestError(400, '', description)

/** The binder of controllers: a parameter is missing or of another type (bitrix24.md 4.4, 11.4). */
export const missing = (name: string): RestError =>
  new RestError(400, '100', `Could not find value for parameter {${name}}`)

export const mismatched = (name: string, type: string): RestError =>
  new RestError(
    400,
    '100',
    `Invalid value to match with parameter {${name}}. Should be value of type ${type}.`,
  )

export const accessDenied = (): RestError => new RestError(400, 'ACCESS_DENIED', 'Access denied')
