import { IconCircleCheck, IconClockPause } from '@tabler/icons-react'
import { memo } from 'react'
import { type Case, untilChange } from '../../core/domain/case.ts'
import { weightOf } from '../../core/domain/load.ts'
import { sayNumber, sayUntil } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { useView } from '../state/view.ts'
import { DueLeft, PendingMark, PriorityMark } from '../ui/case-marks.tsx'
import { useDrag } from '../ui/drag/drag-state.ts'
import { shortLength, shortName } from '../ui/format.ts'
import { usePlace } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { rowPx } from './use-span.ts'
import styles from './card.module.css'

interface Props {
  readonly theCase: Case
  /** Name of the responsible; null: nobody. */
  readonly name: string | null
  /** From 0; with `lanes` side by side it follows where the card lies. */
  readonly place: number
  readonly lanes: number
  /** Of how many. */
  readonly total: number
  /** Tab leads to this card of its column. */
  readonly isTabStop: boolean
}

/** One case on the board: number, due, subject, client and whose it is. */
export const Card = memo(function Card(props: Props) {
  const { theCase, place, lanes, total, isTabStop } = props
  const { caseId } = theCase
  const isCarried = useDrag(drag => drag.caseIds?.includes(caseId) ?? false)
  const isPicked = useView(view => view.selection.has(caseId))
  return (
    <li
      className={styles.slot}
      role="option"
      aria-selected={isPicked}
      aria-posinset={place + 1}
      aria-setsize={total}
      data-case={caseId}
      data-carried={isCarried || undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{
        top: Math.floor(place / lanes) * rowPx,
        left: `${((place % lanes) * 100) / lanes}%`,
        width: `${100 / lanes}%`,
      }}
    >
      <Face {...props} />
    </li>
  )
})

function Face({ theCase, name }: Props) {
  const t = useWords()
  const { language } = usePlace()
  const kinds = useReplica(replica => replica.kinds)
  const { number, subject, clientName, status, statusName } = theCase
  return (
    <span
      className={styles.face}
      title={statusName === null ? subject : `${subject} · ${statusName}`}
    >
      <span className={styles.line}>
        <span className={styles.number}>{t('desk.oneCase', { number })}</span>
        <span className={styles.weight}>{sayNumber(weightOf(theCase, kinds), language)}</span>
        <PriorityMark theCase={theCase} />
        <Deferred theCase={theCase} />
        <span className={styles.due}>
          <PendingMark theCase={theCase} />
          {status === 'closed' ? <Closed theCase={theCase} /> : <DueLeft theCase={theCase} />}
        </span>
      </span>
      <span className={styles.subject}>{subject}</span>
      <span className={styles.line}>
        <span className={styles.client}>{clientName}</span>
        <span className={styles.whose} data-nobody={name === null || undefined} title={name ?? ''}>
          {name === null ? t('board.nobody') : shortName(name)}
        </span>
      </span>
    </span>
  )
}

function Deferred({ theCase: { deferredUntil } }: Pick<Props, 'theCase'>) {
  const t = useWords()
  const place = usePlace()
  if (deferredUntil === null || deferredUntil <= place.now) return null
  const title =
    deferredUntil >= untilChange
      ? t('board.deferredUntilChange')
      : t('board.deferred', { until: sayUntil(deferredUntil, place) })
  return (
    <span className={styles.deferred} title={title}>
      <IconClockPause size={14} stroke={1.8} role="img" aria-label={title} />
    </span>
  )
}

function Closed({ theCase: { closedAt } }: Pick<Props, 'theCase'>) {
  const t = useWords()
  const { now, language } = usePlace()
  return (
    <span className={styles.closed}>
      <IconCircleCheck size={14} stroke={1.8} aria-hidden />
      {closedAt !== null &&
        t('time.ago', { left: shortLength(t, Math.max(0, now - closedAt), language) })}
    </span>
  )
}
