import { z } from 'zod'

const time = z.number().int().nonnegative()

/** Where a pull stands; times by the portal's clock, UTC ms. */
const cursorSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('load'),
    /** The deltas begin here when everything has been read. */
    startedAt: time,
    /** Place in `sourcesOf`, and the last id read of it. */
    source: z.number().int().nonnegative(),
    after: z.number().int().nonnegative(),
    remaining: z.number().int().nonnegative(),
    rule: z.string(),
  }),
  z.object({
    kind: z.literal('delta'),
    since: time,
    /** When everything was read last: what only a whole pull shows is as old as this. */
    wholeAt: time,
    /** When it was last asked which open cases there are. */
    openAt: time,
    rule: z.string(),
  }),
])
export type Cursor = z.infer<typeof cursorSchema>

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor)

/** null: written by another version; everything is pulled anew then. */
export function readCursor(text: string): Cursor | null {
  try {
    return cursorSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
