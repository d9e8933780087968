import { useEffect, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { CaseId } from '../../core/domain/id.ts'
import { useReplica } from '../state/replica.ts'
import { takenNow } from '../state/taken.ts'
import { sayChangedSince, targetsOf, useView } from '../state/view.ts'

/**
 * The cases a dialog was opened for, whatever row has the focus below it since. Those that went to
 * somebody meanwhile are not among them any more; when none is left it says so and closes.
 */
export function useAsked(close: () => void): readonly CaseId[] {
  const [{ asked, leftOf }] = useState(() => {
    const targets = targetsOf(useView.getState())
    return { asked: targets, leftOf: takenNow(useReplica.getState(), targets) }
  })
  const left = useReplica(useShallow(leftOf))
  const isOver = asked.length > 0 && left.length === 0
  useEffect(() => {
    if (!isOver) return
    sayChangedSince(asked)
    close()
  }, [isOver, asked, close])
  return left
}
