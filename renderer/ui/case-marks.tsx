import {
  IconAlertCircle,
  IconChevronsUp,
  IconClock,
  IconClockHour4,
  IconCloudUp,
  IconGitCompare,
} from '@tabler/icons-react'
import type { Case } from '../../core/domain/case.ts'
import { useReplica } from '../state/replica.ts'
import { dueInWords, highPriority } from './due.ts'
import { usePlace } from './sentence.ts'
import { useWords } from './use-words.ts'
import styles from './case-marks.module.css'

interface Props {
  readonly theCase: Case
}

/** An arrow on what is more urgent than usual. */
export function PriorityMark({ theCase: { priority } }: Props) {
  const t = useWords()
  if (priority < highPriority) return null
  return (
    <IconChevronsUp
      size={15}
      className={styles.urgent}
      role="img"
      aria-label={t(`case.priority.${priority}`)}
    />
  )
}

/** Something was decided about the case and is not yet carried out, or met another decision. */
export function PendingMark({ theCase: { caseId } }: Props) {
  const t = useWords()
  const pending = useReplica(replica => replica.pending[caseId])
  if (!pending) return null
  const isConflict = pending === 'conflict'
  const Waits = isConflict ? IconGitCompare : IconCloudUp
  return (
    <Waits
      size={14}
      className={isConflict ? styles.conflict : styles.pending}
      role="img"
      aria-label={t(isConflict ? 'desk.row.conflict' : 'desk.row.unsent')}
    />
  )
}

/** How long until the due, or since it: by words and a picture, the colour only adds to them. */
export function DueLeft({ theCase: { dueAt } }: Props) {
  const t = useWords()
  const place = usePlace()
  if (dueAt === null) return <span className={styles.none}>—</span>
  const { tone, left, full } = dueInWords(t, dueAt, place)
  const Picture = { late: IconAlertCircle, soon: IconClockHour4, far: IconClock }[tone]
  return (
    <span className={styles.due} data-tone={tone} title={full()}>
      <Picture size={14} stroke={1.8} aria-hidden />
      <span>{left}</span>
    </span>
  )
}
