import { useEffect, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { CaseId } from '../../core/domain/id.ts'
import { type Replica, useReplica } from '../state/replica.ts'
import { say, targetsOf, useView } from '../state/view.ts'

const holderIn = ({ cases }: Replica, caseId: CaseId) => cases.get(caseId)?.responsibleId

/**
 * The cases a dialog was opened for, whatever row has the focus below it since. Those that went to
 * somebody meanwhile are not among them any more; when none is left it says so and closes.
 */
export function useAsked(close: () => void): readonly CaseId[] {
  const [asked] = useState(() => {
    const replica = useReplica.getState()
    const targets = targetsOf(useView.getState())
    return targets.map(caseId => ({ caseId, holderId: holderIn(replica, caseId) }))
  })
  const left = useReplica(
    useShallow(replica =>
      asked.flatMap(({ caseId, holderId }) =>
        holderIn(replica, caseId) === holderId ? caseId : [],
      ),
    ),
  )
  const isOver = asked.length > 0 && left.length === 0
  useEffect(() => {
    if (!isOver) return
    const refused = asked.map(({ caseId }) => ({ caseId, reasons: [{ code: 'changedSince' }] }))
    say({ kind: 'refused', refused, code: null })
    close()
  }, [isOver, asked, close])
  return left
}
