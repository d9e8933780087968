import { Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { sayNumber } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { useLanguage } from '../ui/sentence.ts'
import styles from './sync.module.css'

const minuteMs = 60_000

/** The first load: how many of how many, and how long yet. */
export function FirstLoad() {
  const { t } = useTranslation()
  const language = useLanguage()
  const load = useReplica(replica => replica.sync.load)
  if (load === null || load.total === 0) return null
  const { done, total, leftMs } = load
  const number = (value: number) => sayNumber(value, language)
  const left =
    leftMs === null
      ? null
      : leftMs < minuteMs
        ? t('syncView.load.secondsLeft', { seconds: Math.max(1, Math.ceil(leftMs / 1000)) })
        : t('syncView.load.minutesLeft', { minutes: Math.ceil(leftMs / minuteMs) })
  const counted = t('syncView.load.counted', { done: number(done), total: number(total) })
  return (
    <div className={styles.load}>
      <Progress value={Math.min(100, (done / total) * 100)} aria-label={t('syncView.load.name')} />
      <Text size="xs" className={styles.quiet}>
        {left === null ? counted : `${counted} · ${left}`}
      </Text>
    </div>
  )
}
