import type { GridApi } from 'ag-grid-community'
import type { TFunction } from 'i18next'
import { useContext, useEffect, useRef, type RefObject } from 'react'
import type { Case } from '../../core/domain/case.ts'
import type { Place } from '../../core/words/say.ts'
import { type Replica, useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { usePlace } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { NextWorld } from './next-world.ts'

/** What the cells of the list are drawn with besides their case. */
export interface Drawing {
  readonly t: TFunction
  readonly place: Place
  readonly pending: Replica['pending']
  readonly kinds: Replica['kinds']
  /** null: nobody's load is known yet. */
  readonly world: World | null
}

/** The cells know nothing of React: whatever has changed since they were drawn is drawn anew from here. */
export function useDrawing(api: GridApi<Case> | null): RefObject<Drawing> {
  const t = useWords()
  const place = usePlace()
  const pending = useReplica(replica => replica.pending)
  const kinds = useReplica(replica => replica.kinds)
  const world = useContext(NextWorld)
  const next = { t, place, pending, kinds, world }
  const drawing = useRef<Drawing>(next)
  // It may change while the grid is still being made.
  const drawn = useRef<Drawing>(next)
  useEffect(() => {
    drawing.current = next
    if (!api) return
    const columns = outdated(drawn.current, next)
    drawn.current = next
    if (columns.length > 0) api.refreshCells({ force: true, columns })
  })
  return drawing
}

/** The columns that show something that has changed. */
function outdated(before: Drawing, after: Drawing): string[] {
  const grounds: readonly (readonly [boolean, readonly string[]])[] = [
    [before.t !== after.t, ['subject', 'source', 'age', 'due', 'hint']],
    [before.pending !== after.pending, ['subject']],
    [before.place.now !== after.place.now, ['age', 'due']],
    [before.kinds !== after.kinds, ['kind', 'weight']],
    [before.world !== after.world, ['hint']],
  ]
  return [...new Set(grounds.flatMap(([isSo, columns]) => (isSo ? columns : [])))]
}
