import type { ComponentType } from 'react'
import type { CaseId } from '../../../core/domain/id.ts'
import { followWith } from './drag-motion.ts'
import { type DragState, useDrag } from './drag-state.ts'
import styles from './drag-layer.module.css'

interface Props {
  /** What the chip says: the cases, and what a release here would do. */
  readonly Chip: ComponentType<DragState & { readonly caseIds: readonly CaseId[] }>
}

/** The one layer above everything that carries cases with the pointer. */
export function DragLayer({ Chip }: Props) {
  const drag = useDrag()
  if (!drag.caseIds) return null
  return (
    <div ref={followWith} className={styles.carrier} aria-hidden data-testid="drag-chip">
      <div className={styles.chip}>
        <Chip {...drag} caseIds={drag.caseIds} />
      </div>
    </div>
  )
}
