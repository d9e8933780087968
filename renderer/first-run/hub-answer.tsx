import { Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Probe } from '../../core/contract.ts'
import { Findings } from './findings.tsx'
import styles from './first-run.module.css'

interface Props {
  /** null: nothing has been asked yet. */
  readonly probe: Probe | null
  /** Of the sign-in page that is open in the browser; null: none is. */
  readonly address: string | null
  readonly isBusy: boolean
  readonly signIn: () => void
  readonly cancel: () => void
}

/** What the hub said, how to come in when a token is not all there is, and the wait for the browser. */
export function HubAnswer({ address, cancel, ...props }: Props) {
  const { t } = useTranslation()
  return (
    <section className={styles.sheet} aria-label={t('firstRun.connect.answer')} aria-live="polite">
      {address === null ? <Said {...props} /> : <Waiting address={address} cancel={cancel} />}
    </section>
  )
}

function Said({ probe, isBusy, signIn }: Pick<Props, 'probe' | 'isBusy' | 'signIn'>) {
  const { t } = useTranslation()
  if (!probe)
    return (
      <div className={styles.blank}>
        <Text className={styles.quiet}>{t('firstRun.connect.nothing')}</Text>
      </div>
    )
  return (
    <Stack gap="md">
      <Findings probe={probe} />
      {probe.canSignIn && (
        <div>
          <Button loading={isBusy} leftSection={<IconLogin2 size={16} />} onClick={signIn}>
            {t('firstRun.connect.signIn')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function Waiting({ address, cancel }: { readonly address: string; readonly cancel: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Loader size="sm" mt={3} aria-hidden />
        <div>
          <Text fw={600} size="lg">
            {t('firstRun.connect.signingIn')}
          </Text>
          <Text size="sm" className={styles.quiet}>
            {t('firstRun.connect.signingInText')}
          </Text>
        </div>
      </Group>
      <Anchor href={address} target="_blank" rel="noopener noreferrer" size="sm">
        {t('firstRun.connect.openAgain')}
      </Anchor>
      <div>
        <Button variant="default" onClick={cancel}>
          {t('firstRun.connect.cancelSignIn')}
        </Button>
      </div>
    </Stack>
  )
}
