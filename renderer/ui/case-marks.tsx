import {
  IconAlertCircle,
  IconChevronsUp,
  IconClock,
  IconClockHour4,
  IconCloudUp,
  IconGitCompare,
} from '@tabler/icons-react'
import type { Case } from '../../core/domain/case.ts'
import { sayDate, sayLeft, sayTime } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { shortLength } from './format.ts'
import { usePlace } from './sentence.ts'
import { useWords } from './use-words.ts'
import styles from './case-marks.module.css'

interface Props {
  readonly theCase: Case
}

const soonMs = 2 * 3_600_000
const highPriority = 2

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
  const leftMs = dueAt - place.now
  const tone = leftMs < 0 ? 'late' : leftMs < soonMs ? 'soon' : 'far'
  const Picture = { late: IconAlertCircle, soon: IconClockHour4, far: IconClock }[tone]
  const left = shortLength(t, leftMs, place.language)
  const full = `${sayDate(dueAt, place)}, ${sayTime(dueAt, place)} · ${sayLeft(t, leftMs, place.language)}`
  return (
    <span className={styles.due} data-tone={tone} title={full}>
      <Picture size={14} stroke={1.8} aria-hidden />
      <span>{tone === 'late' ? t('desk.row.late', { left }) : left}</span>
    </span>
  )
}
