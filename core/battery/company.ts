import { idOf } from '../domain/id.ts'
import type { WorkspaceId } from '../domain/id.ts'

/** What the hub program and those who ask it agree upon. */
export const hubCaseCount = 300
export const hubSpace = 'hub-77777777' as WorkspaceId
export const hubPerson = (name: string) => idOf(hubSpace, 'employee', name)
export const hubRoom = (name: string) => idOf(hubSpace, 'department', name)
export const hubCase = (number: number) => idOf(hubSpace, 'case', String(number))
/** The data key of the consoles under test. */
export const hubKey = Buffer.alloc(32, 9)
export const people = ['anna', 'oleg', 'zoya', 'head'] as const
