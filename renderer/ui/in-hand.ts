import { useShallow } from 'zustand/react/shallow'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { useReplica } from '../state/replica.ts'
import { casesOf } from '../state/select.ts'
import { useView, type View } from '../state/view.ts'
import { useDrag } from './drag/drag-state.ts'

export const selectedOf = ({ selection }: View): readonly CaseId[] => [...selection]

/** What is about to be given: the cases being dragged, else those the view has chosen. */
export function useInHand(chosenOf: (view: View) => readonly CaseId[]): readonly Case[] {
  const dragged = useDrag(drag => drag.caseIds)
  const chosen = useView(useShallow(chosenOf))
  return useReplica(useShallow(replica => casesOf(replica.cases, dragged ?? chosen)))
}
