import {
  IconAlertCircle,
  IconBriefcase,
  IconCircleCheck,
  IconClockPause,
  type Icon,
  IconRubberStamp,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ClosedCounts, Counts as Five } from '../../core/domain/load.ts'
import styles from './counts.module.css'

export const countNames = ['inWork', 'overdue', 'deferred', 'awaitingApproval', 'closed'] as const

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
}

/** The five counts of a person, each a picture with its name. */
export function Counts({ counts, closed }: Props) {
  const { t } = useTranslation()
  return (
    <span className={styles.counts}>
      {countNames.map(name => {
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
