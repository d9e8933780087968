import { Button } from '@mantine/core'
import { IconCheck, IconDoorEnter, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Settings, SpaceInfo } from '../../core/contract.ts'
import { useReplica } from '../state/replica.ts'
import { openDoors } from '../state/session.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { Line, Section } from './section.tsx'
import styles from './settings.module.css'

/** The open workspace and its backend: what it can do here and what it cannot. */
export function Connection({ settings: { space, backend } }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const me = useReplica(replica => replica.me)
  const { isBusy, problem, attempt } = useAttempt()
  return (
    <Section
      id="settings-connection"
      title={t('settings.connection.title')}
      text={t('settings.connection.text')}
    >
      <Line name={t('settings.connection.space')}>
        {space ? <SpaceName space={space} /> : t('settings.connection.none')}
      </Line>
      {me && (
        <Line name={t('settings.connection.me')}>
          {me.name} <span className={styles.quiet}>· {t(`firstRun.role.${me.role}`)}</span>
        </Line>
      )}
      {backend.address !== '' && (
        <Line name={t('settings.connection.address')}>
          {isElsewhere(space) ? backend.address : t('settings.connection.here')}
        </Line>
      )}
      <Abilities can={backend.can} cannot={backend.cannot} />
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
      <div>
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          leftSection={<IconDoorEnter size={15} aria-hidden />}
          onClick={() => void attempt(() => openDoors())}
        >
          {t('settings.connection.doors')}
        </Button>
      </div>
    </Section>
  )
}

const isElsewhere = (space: SpaceInfo | null): boolean =>
  space?.kind === 'hub' || space?.kind === 'bitrix24'

function SpaceName({ space: { kind, title } }: { readonly space: SpaceInfo }) {
  const { t } = useTranslation()
  if (!title) return t(`firstRun.kind.${kind}`)
  return (
    <>
      {title}
      <span className={styles.quiet}> · {t(`settings.connection.kind.${kind}`)}</span>
    </>
  )
}

interface AbilitiesProps {
  readonly can: readonly string[]
  readonly cannot: readonly string[]
}

function Abilities({ can, cannot }: AbilitiesProps) {
  const { t } = useTranslation()
  const name = (ability: string) =>
    t([`settings.ability.${ability}`, 'settings.ability.other'], { ability })
  return (
    <ul className={styles.abilities} aria-label={t('settings.connection.abilities')}>
      {can.map(ability => (
        <li key={ability}>
          <IconCheck
            size={15}
            stroke={2}
            color="var(--desk-good)"
            aria-label={t('settings.connection.can')}
          />
          {name(ability)}
        </li>
      ))}
      {cannot.map(ability => (
        <li key={ability} className={styles.quiet}>
          <IconMinus size={15} stroke={2} aria-label={t('settings.connection.cannot')} />
          {name(ability)}
        </li>
      ))}
    </ul>
  )
}
