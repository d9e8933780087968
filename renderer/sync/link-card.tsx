import { Button, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCloudCheck,
  IconCloudDown,
  IconCloudOff,
  IconCloudPause,
  IconLockX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { sayAge, sayLeft } from '../../core/words/say.ts'
import { core, useLink } from '../state/core.ts'
import { useNow } from '../state/now.ts'
import { useReplica } from '../state/replica.ts'
import { openDoors, portalAgain } from '../state/session.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { useLanguage } from '../ui/sentence.ts'
import { FirstLoad } from './first-load.tsx'
import { useSeconds } from './seconds.ts'
import styles from './sync.module.css'

const looks = {
  idle: { Icon: IconCloudCheck, tone: 'good' },
  loading: { Icon: IconCloudDown, tone: 'plain' },
  offline: { Icon: IconCloudOff, tone: 'warn' },
  slow: { Icon: IconCloudPause, tone: 'warn' },
  unauthorised: { Icon: IconLockX, tone: 'bad' },
  epochChanged: { Icon: IconArrowsExchange, tone: 'bad' },
  failed: { Icon: IconAlertTriangle, tone: 'bad' },
} as const

/** How the connection stands, in words; what the head can do about it, where something can be done. */
export function LinkCard() {
  const { t } = useTranslation()
  const link = useReplica(replica => replica.sync.link)
  const { Icon, tone } = looks[link.kind]
  return (
    <section className={styles.link} data-tone={tone} aria-label={t('syncView.connection')}>
      <span className={styles.linkIcon} data-tone={tone}>
        <Icon size={22} stroke={1.6} aria-hidden />
      </span>
      <div className={styles.linkText} role="status">
        <Text fw={600}>{t(`syncView.link.${link.kind}.title`)}</Text>
        <LinkText />
        <Freshness />
        <FirstLoad />
        <LinkRemedy />
      </div>
      <CoreLost />
      <ClockWarning />
    </section>
  )
}

function LinkText() {
  const { t } = useTranslation()
  const link = useReplica(replica => replica.sync.link)
  const text =
    link.kind === 'failed'
      ? t([`syncView.failed.${link.reason}`, 'syncView.failed.other'], { reason: link.reason })
      : t(`syncView.link.${link.kind}.text`)
  return <Text size="sm">{text}</Text>
}

/** «Данные 2 мин назад · следующая попытка через 12 с» */
function Freshness() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { freshAt, retryAt } = useReplica(replica => replica.sync)
  const seconds = useSeconds(retryAt !== null)
  const now = useNow()
  const parts = [
    freshAt === null
      ? t('syncView.neverFresh')
      : t('syncView.fresh', { age: sayAge(t, Math.max(0, now - freshAt), language) }),
    retryAt !== null && retryAt > seconds
      ? t('syncView.retryIn', { seconds: Math.ceil((retryAt - seconds) / 1000) })
      : retryAt !== null && t('syncView.retryNow'),
  ].filter(part => part !== false)
  return (
    <Text size="sm" className={styles.quiet}>
      {parts.join(' · ')}
    </Text>
  )
}

function LinkRemedy() {
  const { t } = useTranslation()
  const kind = useReplica(replica => replica.sync.link.kind)
  const { isBusy, problem, attempt } = useAttempt()
  if (kind !== 'unauthorised' && kind !== 'epochChanged') return null
  const remedy = async () => {
    if (kind === 'epochChanged') await core.acceptEpoch({})
    else await openDoors(await whereTo())
  }
  return (
    <>
      <Button
        mt="xs"
        size="xs"
        variant="default"
        loading={isBusy}
        onClick={() => void attempt(remedy)}
      >
        {t(kind === 'epochChanged' ? 'syncView.acceptEpoch' : 'syncView.comeInAgain')}
      </Button>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
    </>
  )
}

async function whereTo(): Promise<string> {
  const { backend } = await core.settings({})
  return backend.kind === 'bitrix24' ? portalAgain : backend.address
}

function CoreLost() {
  const { t } = useTranslation()
  const isLost = useLink(({ link }) => link === 'lost')
  if (!isLost) return null
  return (
    <div className={styles.wide}>
      <Notice tone="bad">{t('syncView.coreLost')}</Notice>
    </div>
  )
}

const toleratedMs = 120_000

function ClockWarning() {
  const { t } = useTranslation()
  const language = useLanguage()
  const offset = useReplica(replica => replica.sync.clockOffsetMs)
  if (offset === null || Math.abs(offset) <= toleratedMs) return null
  return (
    <div className={styles.wide}>
      <Notice
        tone="warn"
        title={t(offset > 0 ? 'syncView.clock.behind' : 'syncView.clock.ahead', {
          length: sayLeft(t, Math.abs(offset), language),
        })}
      >
        {t('syncView.clock.text')}
      </Notice>
    </div>
  )
}
