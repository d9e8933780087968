import { ActionIcon } from '@mantine/core'
import { IconInbox, IconPinned } from '@tabler/icons-react'
import type { PlanAnswer } from '../../core/contract.ts'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId, EmployeeId } from '../../core/domain/id.ts'
import type { PlanRow } from '../../core/domain/plan.ts'
import { keep, keepOn, release } from '../state/plan.ts'
import { useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { watchPress } from '../ui/drag/drag-motion.ts'
import { useGrowing } from '../ui/use-growing.ts'
import { useWords } from '../ui/use-words.ts'
import { CaseName } from './case-name.tsx'
import { pressedOn } from './row-keys.ts'
import styles from './plan.module.css'

interface Props {
  readonly answer: PlanAnswer
  readonly world: World
  readonly onAsk: (caseId: CaseId) => void
}

/** Every case with the person it goes to; each can be changed, and what was changed is kept. */
export function PlanRows({ answer, world, onAsk }: Props) {
  const t = useWords()
  const cases = useReplica(replica => replica.cases)
  const { count, sentinel } = useGrowing(answer.rows.length)
  return (
    <ul className={styles.list} aria-label={t('plan.list')} data-autoscroll>
      {answer.rows.slice(0, count).map((row, place) => {
        const theCase = cases.get(row.caseId)
        return (
          theCase && (
            <Row
              key={row.caseId}
              row={row}
              theCase={theCase}
              world={world}
              isFirst={place === 0}
              onAsk={onAsk}
            />
          )
        )
      })}
      {count < answer.rows.length && <li ref={sentinel} aria-hidden className={styles.more} />}
    </ul>
  )
}

interface RowProps extends Pick<Props, 'world' | 'onAsk'> {
  readonly row: PlanRow
  readonly theCase: Case
  readonly isFirst: boolean
}

function Row({ row, theCase, world, isFirst, onAsk }: RowProps) {
  const t = useWords()
  const { caseId, number } = theCase
  const name = useNameOf(world, row.employeeId)
  return (
    <li
      className={styles.row}
      data-plan-case={caseId}
      data-kept={row.isKept || undefined}
      tabIndex={isFirst ? 0 : -1}
      onKeyDown={event => pressedOn(event, caseId, onAsk)}
      onPointerDown={event =>
        watchPress(event.nativeEvent, event.currentTarget, {
          lift: () => [caseId],
          drop: keepOn,
        })
      }
    >
      <CaseName theCase={theCase} world={world} />
      <span className={styles.knows}>{isKnown(row, theCase, world) && t('plan.knows')}</span>
      <button
        type="button"
        className={styles.whom}
        data-nobody={row.employeeId === null || undefined}
        aria-label={t('plan.change', { number, name })}
        onClick={() => onAsk(caseId)}
      >
        → {name}
      </button>
      {row.isKept ? (
        <ActionIcon
          variant="subtle"
          size="sm"
          title={t('plan.kept')}
          aria-label={t('plan.release', { number })}
          onClick={() => release([caseId])}
        >
          <IconPinned size={15} aria-hidden />
        </ActionIcon>
      ) : (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          title={t('plan.leave', { number })}
          aria-label={t('plan.leave', { number })}
          onClick={() => keep([caseId], null)}
        >
          <IconInbox size={15} aria-hidden />
        </ActionIcon>
      )}
    </li>
  )
}

function useNameOf(world: World, employeeId: EmployeeId | null): string {
  const t = useWords()
  if (employeeId === null) return t('plan.nobody')
  return world.index.employeeById.get(employeeId)?.name ?? '…'
}

function isKnown({ employeeId }: PlanRow, { clientId }: Case, { drop }: World): boolean {
  if (employeeId === null || clientId === null) return false
  return (
    drop.clientOwners?.[clientId] === employeeId ||
    drop.acquainted[clientId]?.includes(employeeId) === true
  )
}
