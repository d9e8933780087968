/**
 * Where a pull stands: everything up to `version` was told. `base` is the greatest version when
 * the pull began: nothing is held of a later state, so what left a viewer's sight left it after
 * `base`. A pull begins from nothing and anew whenever one has come to its end.
 */
export interface Cursor {
  readonly epoch: string
  readonly scopeHash: string
  readonly version: number
  readonly base: number
}

export const cursorText = ({ epoch, scopeHash, version, base }: Cursor): string =>
  `${epoch}.${scopeHash}.${version}.${base}`

const shape = /^([0-9a-f-]{36})\.([0-9a-f]{16})\.(\d{1,15})\.(\d{1,15})$/

/** null: this was never a cursor of ours. */
export function parseCursor(text: string): Cursor | null {
  const [, epoch, scopeHash, version, base] = shape.exec(text) ?? []
  if (epoch === undefined || scopeHash === undefined) return null
  return { epoch, scopeHash, version: Number(version), base: Number(base) }
}
