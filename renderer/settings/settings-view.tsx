import { Button, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Connection } from './connection.tsx'
import { Incoming } from './incoming.tsx'
import { Keeping } from './keeping.tsx'
import { Look } from './look.tsx'
import { PeopleAndLoad } from './people-and-load.tsx'
import { askSettings, useSettings } from './settings.ts'
import styles from './settings.module.css'

/** What this console is connected to, how load is counted, how it looks, where its data lies. */
export function SettingsView() {
  const { t } = useTranslation()
  const { settings, problem } = useSettings()
  return (
    <div className={styles.page}>
      <Title order={1} size="h3">
        {t('settings.title')}
      </Title>
      {problem !== null && (
        <Notice tone="bad">
          {problem}
          <Button size="compact-xs" variant="default" mt={4} onClick={askSettings}>
            {t('settings.again')}
          </Button>
        </Notice>
      )}
      {settings ? (
        <>
          <Connection settings={settings} />
          {settings.space?.kind === 'bitrix24' && <Incoming />}
          <PeopleAndLoad settings={settings} />
          <Look settings={settings} />
          <Keeping settings={settings} />
        </>
      ) : (
        problem === null && <Waiting />
      )}
    </div>
  )
}
