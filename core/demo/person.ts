import type { AbsenceKind, Week } from '../domain/org.ts'

/** `load`: points to hold at the start; `away` in days from today, the end exclusive. */
export interface DemoPerson {
  readonly id: string
  readonly name: string
  readonly department: string
  readonly post: string
  readonly isHead?: boolean
  readonly isExternal?: boolean
  readonly isDismissed?: boolean
  readonly limit?: number
  readonly kindLimits?: Readonly<Record<string, number>>
  readonly skills?: readonly string[]
  readonly week?: Week
  readonly isDayOpen?: boolean
  readonly load: number
  readonly away?: { readonly kind: AbsenceKind; readonly from: number; readonly until: number }
}
