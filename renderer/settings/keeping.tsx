import { Button, Text } from '@mantine/core'
import { IconDatabaseExport, IconLock, IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answers, Settings } from '../../core/contract.ts'
import { sayAge, sayDate, sayTime } from '../../core/words/say.ts'
import { core } from '../state/core.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { usePlace } from '../ui/sentence.ts'
import { RecoveryCode } from './recovery-code.tsx'
import { Line, Section } from './section.tsx'
import { askSettings } from './settings.ts'
import styles from './settings.module.css'

/** Where the data lies, under which key, and its copies. */
export function Keeping({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const { dataFolder, isEncrypted, keyHolder } = settings
  const Lock = isEncrypted ? IconLock : IconLockOpen
  return (
    <Section
      id="settings-keeping"
      title={t('settings.keeping.title')}
      text={t('settings.keeping.text')}
    >
      <Line name={t('settings.keeping.folder')}>
        <code className={styles.path}>{dataFolder}</code>
      </Line>
      <Line name={t('settings.keeping.encryption')}>
        <span className={styles.lock}>
          <Lock size={15} aria-hidden />
          {t(isEncrypted ? 'settings.keeping.encrypted' : 'settings.keeping.plain')}
        </span>
      </Line>
      {isEncrypted && (
        <Line name={t('settings.keeping.key')}>{t(`settings.keeping.holder.${keyHolder}`)}</Line>
      )}
      <Backup lastBackupAt={settings.lastBackupAt} />
      {isEncrypted && (keyHolder === 'keychain' || keyHolder === 'passphrase') && <RecoveryCode />}
    </Section>
  )
}

function Backup({ lastBackupAt }: Pick<Settings, 'lastBackupAt'>) {
  const { t } = useTranslation()
  const place = usePlace()
  const { isBusy, problem, attempt } = useAttempt()
  const [made, setMade] = useState<Answers['backup'] | null>(null)
  const backUp = async () => {
    setMade(await core.backup({}))
    askSettings()
  }
  const last =
    lastBackupAt === null
      ? t('settings.keeping.noBackup')
      : `${sayDate(lastBackupAt, place)}, ${sayTime(lastBackupAt, place)} · ${sayAge(t, Math.max(0, place.now - lastBackupAt), place.language)}`
  return (
    <>
      <Line name={t('settings.keeping.lastBackup')}>{last}</Line>
      <div className={styles.action}>
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          leftSection={<IconDatabaseExport size={15} aria-hidden />}
          onClick={() => void attempt(backUp)}
        >
          {t('settings.keeping.backUp')}
        </Button>
        <Text size="xs" className={styles.quiet} role="status">
          {made
            ? t('settings.keeping.made', { path: made.path })
            : t('settings.keeping.backupHint')}
        </Text>
      </div>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
    </>
  )
}
