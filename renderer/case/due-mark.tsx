import { IconCalendarClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { sayLeft } from '../../core/words/say.ts'
import { useNow } from '../state/now.ts'
import { useLanguage } from '../ui/sentence.ts'
import styles from './case.module.css'

const soonMs = 4 * 3_600_000

interface Props {
  readonly dueAt: number | null
  readonly isClosed: boolean
}

/** How long until the due, with an icon: colour alone says nothing. */
export function DueMark({ dueAt, isClosed }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow()
  if (dueAt === null || isClosed) return null
  const leftMs = dueAt - now
  const tone = leftMs < 0 ? 'bad' : leftMs < soonMs ? 'warn' : 'quiet'
  const left = sayLeft(t, leftMs, language)
  return (
    <span className={styles.due} data-tone={tone}>
      <IconCalendarClock size={15} stroke={1.7} aria-hidden />
      {leftMs < 0 ? left : t('case.dueIn', { left })}
    </span>
  )
}
