import type { ReactNode } from 'react'
import type { CaseId } from '../../../core/domain/id.ts'
import styles from './drag-layer.module.css'
import { followWith } from './drag-motion.ts'
import { type DragState, useDrag } from './drag-state.ts'

interface Props {
  /** What the chip says: the cases, and what a release here would do. */
  readonly chipFor: (drag: DragState & { readonly caseIds: readonly CaseId[] }) => ReactNode
}

/** The one layer above everything that carries cases with the pointer. */
export function DragLayer({ chipFor }: Props) {
  const drag = useDrag()
  if (!drag.caseIds) return null
  return (
    <div ref={followWith} className={styles.carrier} aria-hidden data-testid="drag-chip">
      <div className={styles.chip}>{chipFor({ ...drag, caseIds: drag.caseIds })}</div>
    </div>
  )
}
