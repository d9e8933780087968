import { Button, Group, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { portalAgain, useSession } from '../state/session.ts'
import { ConnectDoor } from './connect-door.tsx'
import { type Door, Doors } from './doors.tsx'
import { Habits } from './habits.tsx'
import { ImportDoor } from './import-door.tsx'
import { Mark } from './mark.tsx'
import { PortalDoor } from './portal-door.tsx'
import styles from './first-run.module.css'

/** Doors into a workspace and no account. */
export function FirstRun() {
  const { t } = useTranslation()
  const toHub = useSession(session => session.toHub)
  const [door, setDoor] = useState<Door | null>(() => doorAgain(toHub))
  const version = useSession(session => session.hello?.version)
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Group gap="sm">
          <Mark size={28} />
          <Text fw={600} size="lg">
            {t('firstRun.name')}
          </Text>
        </Group>
        <Habits />
      </header>
      <main className={styles.body} data-fit={door !== null || undefined}>
        {door === null ? (
          <Doors choose={setDoor} />
        ) : (
          <Open door={door} back={() => setDoor(null)} />
        )}
      </main>
      <footer className={styles.foot}>
        <span>{t('firstRun.promise')}</span>
        {version !== undefined && <span>{t('firstRun.version', { version })}</span>}
      </footer>
    </div>
  )
}

function Open({ door, back }: { readonly door: Door; readonly back: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.room}>
      <Group gap="sm" mb="md">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={15} />}
          onClick={back}
        >
          {t('firstRun.back')}
        </Button>
        <Title order={1} size="h3">
          {t(`firstRun.${door}.heading`)}
        </Title>
      </Group>
      <Inside door={door} />
    </div>
  )
}

/** Who comes in again stands at the door they came in by. */
function doorAgain(toHub: string | null): Door | null {
  if (toHub === null) return null
  return toHub === portalAgain ? 'portal' : 'connect'
}

function Inside({ door }: { readonly door: Door }) {
  if (door === 'import') return <ImportDoor />
  return door === 'portal' ? <PortalDoor /> : <ConnectDoor />
}
