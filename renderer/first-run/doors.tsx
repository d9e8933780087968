import { Button, Group, Text, Title } from '@mantine/core'
import {
  IconBriefcase,
  IconDatabaseImport,
  IconDoorEnter,
  IconPlugConnected,
  IconSparkles,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { core } from '../state/core.ts'
import { enter, useSession } from '../state/session.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import styles from './first-run.module.css'

/** The doors that have a form behind them; the demo opens at once. */
export type Door = 'import' | 'connect' | 'portal'

export function Doors({ choose }: { readonly choose: (door: Door) => void }) {
  const { t } = useTranslation()
  const { isBusy, problem, attempt } = useAttempt()
  const canImport = useSession(session => (session.hello?.mappings.length ?? 0) > 0)
  const tryDemo = () => attempt(async () => enter(await core.startDemo({})))
  return (
    <div className={styles.welcome}>
      <Title order={1} className={styles.title}>
        {t('firstRun.title')}
      </Title>
      <Text className={styles.lead}>{t('firstRun.lead')}</Text>
      <div className={styles.doors}>
        <DoorCard name="demo" Icon={IconSparkles}>
          <Button fullWidth loading={isBusy} onClick={() => void tryDemo()}>
            {t('firstRun.demo.open')}
          </Button>
        </DoorCard>
        {canImport && (
          <DoorCard name="import" Icon={IconDatabaseImport}>
            <Button fullWidth variant="default" onClick={() => choose('import')}>
              {t('firstRun.import.open')}
            </Button>
          </DoorCard>
        )}
        <DoorCard name="connect" Icon={IconPlugConnected}>
          <Button fullWidth variant="default" onClick={() => choose('connect')}>
            {t('firstRun.connect.open')}
          </Button>
        </DoorCard>
        <DoorCard name="portal" Icon={IconBriefcase}>
          <Button fullWidth variant="default" onClick={() => choose('portal')}>
            {t('firstRun.portal.open')}
          </Button>
        </DoorCard>
      </div>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
      <Known />
    </div>
  )
}

interface CardProps {
  readonly name: 'demo' | Door
  readonly Icon: ComponentType<{ size: number; stroke: number; 'aria-hidden': boolean }>
  readonly children: ReactNode
}

function DoorCard({ name, Icon, children }: CardProps) {
  const { t } = useTranslation()
  return (
    <section className={styles.door} aria-labelledby={`door-${name}`}>
      <span className={styles.doorIcon}>
        <Icon size={22} stroke={1.6} aria-hidden />
      </span>
      <h2 id={`door-${name}`} className={styles.doorName}>
        {t(`firstRun.${name}.name`)}
      </h2>
      <Text size="md" className={styles.doorText}>
        {t(`firstRun.${name}.text`)}
      </Text>
      <Text size="sm" className={styles.quiet}>
        {t(`firstRun.${name}.note`)}
      </Text>
      {children}
    </section>
  )
}

/** Workspaces that were opened here before. */
function Known() {
  const { t } = useTranslation()
  const spaces = useSession(session => session.hello?.spaces) ?? []
  const { isBusy, problem, attempt } = useAttempt()
  if (spaces.length === 0) return null
  return (
    <section className={styles.known} aria-label={t('firstRun.known')}>
      <Text size="sm" className={styles.quiet}>
        {t('firstRun.known')}
      </Text>
      <Group gap="xs" justify="center">
        {spaces.map(({ workspaceId, kind, title }) => (
          <Button
            key={workspaceId}
            size="xs"
            variant="default"
            disabled={isBusy}
            leftSection={<IconDoorEnter size={15} aria-hidden />}
            onClick={() => void attempt(async () => enter(await core.openSpace({ workspaceId })))}
          >
            {title || t(`firstRun.kind.${kind}`)}
          </Button>
        ))}
      </Group>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
    </section>
  )
}
