import {
  IconCheck,
  IconClockExclamation,
  IconClockPause,
  IconHourglass,
  IconProgress,
  IconFileCheck,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CaseState } from '../../core/domain/case.ts'
import styles from './case.module.css'

const looks = {
  closed: { Icon: IconCheck, tone: 'good' },
  awaitingApproval: { Icon: IconFileCheck, tone: 'quiet' },
  deferred: { Icon: IconClockPause, tone: 'quiet' },
  waiting: { Icon: IconHourglass, tone: 'quiet' },
  overdue: { Icon: IconClockExclamation, tone: 'bad' },
  inWork: { Icon: IconProgress, tone: 'plain' },
} as const satisfies Record<CaseState, object>

interface Props {
  readonly state: CaseState
  /** The backend's own word for the status, shown as it is. */
  readonly statusName: string | null
}

/** The one state of a case, by icon and word. */
export function StateChip({ state, statusName }: Props) {
  const { t } = useTranslation()
  const { Icon, tone } = looks[state]
  const name = t(`case.state.${state}`)
  const text = statusName !== null && statusName !== name ? `${name} · ${statusName}` : name
  return (
    <span className={styles.chip} data-tone={tone} title={text}>
      <Icon size={13} stroke={1.8} aria-hidden />
      <span className={styles.chipText}>{text}</span>
    </span>
  )
}
