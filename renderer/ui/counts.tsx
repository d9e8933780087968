import {
  IconAlertCircle,
  IconBriefcase,
  IconCircleCheck,
  IconClockPause,
  type Icon,
  IconRubberStamp,
} from '@tabler/icons-react'
import type { ClosedCounts, Counts as Five } from '../../core/domain/load.ts'
import { useWords } from './use-words.ts'
import styles from './counts.module.css'

const countNames = ['inWork', 'overdue', 'deferred', 'awaitingApproval', 'closed'] as const

const pictures: Readonly<Record<keyof Five, Icon>> = {
  inWork: IconBriefcase,
  overdue: IconAlertCircle,
  deferred: IconClockPause,
  awaitingApproval: IconRubberStamp,
  closed: IconCircleCheck,
}

interface Props {
  readonly counts: Five
  readonly closed: ClosedCounts | undefined
  /** Only what is not zero, where room is needed for reasons. */
  readonly isBrief?: boolean
}

/** The five counts of a person, each a picture with its name. */
export function Counts({ counts, closed, isBrief = false }: Props) {
  const t = useWords()
  return (
    <span className={styles.counts}>
      {countNames
        .filter(name => !isBrief || isShortlyWorthIt(name, counts))
        .map(name => {
          const Picture = pictures[name]
          const title =
            name === 'closed' && closed
              ? t('desk.count.closedMore', { ...closed })
              : t(`desk.count.${name}`)
          return (
            <span
              key={name}
              className={styles.count}
              data-name={name}
              data-zero={counts[name] === 0 || undefined}
              title={title}
            >
              <Picture size={13} stroke={1.7} role="img" aria-label={title} />
              {counts[name]}
            </span>
          )
        })}
    </span>
  )
}

const isShortlyWorthIt = (name: keyof Five, counts: Five) => name !== 'closed' && counts[name] > 0
