import { Button, CopyButton, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { core } from '../state/core.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import styles from './settings.module.css'

/** A code that opens the data when the keychain or the passphrase is lost; shown once. */
export function RecoveryCode() {
  const { t } = useTranslation()
  const { isBusy, problem, attempt } = useAttempt()
  const [code, setCode] = useState<string | null>(null)
  const make = async () => setCode((await core.newRecoveryCode({})).code)
  return (
    <>
      <div className={styles.action}>
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          leftSection={<IconKey size={15} aria-hidden />}
          onClick={() => void attempt(make)}
        >
          {t('settings.recovery.make')}
        </Button>
        <Text size="xs" className={styles.quiet}>
          {t('settings.recovery.hint')}
        </Text>
      </div>
      {code !== null && (
        <div className={styles.recovery} role="status">
          <Text size="sm">{t('settings.recovery.made')}</Text>
          <code className={styles.code}>{code}</code>
          <CopyButton value={code}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={
                  copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
                }
                onClick={copy}
              >
                {t(copied ? 'settings.recovery.copied' : 'settings.recovery.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
    </>
  )
}
