import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { PlanAnswer } from '../../core/contract.ts'
import type { Case } from '../../core/domain/case.ts'
import type { Hint } from '../../core/domain/hint.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { whyLeft } from '../../core/domain/plan-left.ts'
import { keep, keepOn, plannedWorld } from '../state/plan.ts'
import { useReplica } from '../state/replica.ts'
import { othersOf } from '../state/select.ts'
import type { World } from '../state/world.ts'
import { watchPress } from '../ui/drag/drag-motion.ts'
import { shortName } from '../ui/format.ts'
import { useShortSentence } from '../ui/sentence.ts'
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

/** What nobody can take without a warning: why, and who could all the same. */
export function PlanLeft({ answer, world, onAsk }: Props) {
  const t = useWords()
  const cases = useReplica(replica => replica.cases)
  const { count, sentinel } = useGrowing(answer.left.length)
  const after = plannedWorld(world, answer)
  return (
    <ul className={styles.list} aria-label={t('plan.leftList')}>
      {answer.left.slice(0, count).map((caseId, place) => {
        const theCase = cases.get(caseId)
        return (
          theCase && (
            <LeftRow
              key={caseId}
              theCase={theCase}
              after={after}
              isFirst={place === 0}
              onAsk={onAsk}
            />
          )
        )
      })}
      {count < answer.left.length && <li ref={sentinel} aria-hidden className={styles.more} />}
    </ul>
  )
}

interface RowProps extends Pick<Props, 'onAsk'> {
  readonly theCase: Case
  readonly after: World
  readonly isFirst: boolean
}

function LeftRow({ theCase, after, isFirst, onAsk }: RowProps) {
  const t = useWords()
  const { caseId } = theCase
  const { counts, best } = useMemo(
    () => whyLeft(theCase, { after: after.drop }, othersOf(after)),
    [theCase, after],
  )
  const why = counts.map(({ code, count }) => t(`plan.why.${code}`, { count })).join(', ')
  return (
    <li
      className={styles.row}
      data-plan-case={caseId}
      data-left
      tabIndex={isFirst ? 0 : -1}
      onKeyDown={event => pressedOn(event, caseId, onAsk)}
      onPointerDown={event =>
        watchPress(event.nativeEvent, event.currentTarget, { lift: () => [caseId], drop: keepOn })
      }
    >
      <CaseName theCase={theCase} world={after} />
      <span className={styles.why} title={why}>
        {why}
      </span>
      {best ? <Anyway caseId={caseId} best={best} world={after} /> : <em>{t('plan.noOne')}</em>}
    </li>
  )
}

interface AnywayProps {
  readonly caseId: CaseId
  readonly best: Hint
  readonly world: World
}

function Anyway({ caseId, best, world }: AnywayProps) {
  const t = useWords()
  const short = useShortSentence()
  const { loadAfter: after, limit, reasons } = best.judgement
  const [first] = reasons
  const isOnlyFull = !first || first.code === 'overLimit' || first.code === 'load'
  const why = short(isOnlyFull ? { code: 'load', after, limit } : first)
  const name = shortName(world.index.employeeById.get(best.employeeId)?.name ?? '…')
  return (
    <Button size="compact-xs" variant="default" onClick={() => keep([caseId], best.employeeId)}>
      <span className={styles.anyway}>{t('plan.anyway', { name, why })}</span>
    </Button>
  )
}
