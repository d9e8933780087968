import { useEffect, useMemo, useState } from 'react'
import { type Column, columnsOf } from '../../core/domain/stage.ts'
import { useKnownCases, watchClosed } from '../state/closed-lately.ts'
import { useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { useDrag } from '../ui/drag/drag-state.ts'
import { shownOf, useFilter } from './filter.ts'

/** The columns of the board as they are now; while a case is carried they stand still. */
export function useColumns(world: World): readonly Column[] {
  useEffect(watchClosed, [])
  const cases = useKnownCases()
  const stages = useReplica(replica => replica.stages)
  const kinds = useReplica(replica => replica.kinds)
  const filter = useFilter()
  const columns = useMemo(
    () => columnsOf(shownOf(cases.values(), filter, world), stages, kinds),
    [cases, filter, world, stages, kinds],
  )
  const isCarrying = useDrag(drag => drag.caseIds !== null)
  const [shown, setShown] = useState(columns)
  if (!isCarrying && shown !== columns) setShown(columns)
  return isCarrying ? shown : columns
}
