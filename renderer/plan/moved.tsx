import { Button } from '@mantine/core'
import type { PlanMoved } from '../../core/contract.ts'
import type { EmployeeId } from '../../core/domain/id.ts'
import { acceptMoves } from '../state/plan.ts'
import { useWorld } from '../state/select.ts'
import { shortName } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/use-words.ts'
import styles from './plan.module.css'

/** What is not as it was when the draft was made. */
export function Moved({ moved }: { readonly moved: PlanMoved }) {
  const t = useWords()
  const index = useWorld()?.index
  const names = (ids: readonly EmployeeId[]) =>
    ids.map(id => shortName(index?.employeeById.get(id)?.name ?? '…')).join(', ')
  const parts = [
    moved.given > 0 && t('plan.moved', { given: moved.given, count: moved.total }),
    moved.away.length > 0 && t('plan.away', { names: names(moved.away) }),
    moved.back.length > 0 && t('plan.back', { names: names(moved.back) }),
  ].filter(part => typeof part === 'string')
  if (parts.length === 0) return null
  return (
    <div className={styles.moved} data-testid="plan-moved">
      <Notice tone="quiet" title={t('plan.movedTitle')}>
        <span className={styles.movedLine}>
          {parts.join(', ')}. {t('plan.movedRest')}
          <Button size="compact-xs" variant="default" onClick={acceptMoves}>
            {t('plan.seen')}
          </Button>
        </span>
      </Notice>
    </div>
  )
}
