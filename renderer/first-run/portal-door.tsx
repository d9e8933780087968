import { Button, Checkbox, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Probe } from '../../core/contract.ts'
import { core } from '../state/core.ts'
import { enter } from '../state/session.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { Findings } from './findings.tsx'
import styles from './first-run.module.css'

/** A webhook of a portal; «Проверить» says whose rights it has and what they allow. */
export function PortalDoor() {
  const { t } = useTranslation()
  const [webhook, setWebhook] = useState('')
  /** What the portal said about exactly this webhook. */
  const [probe, setProbe] = useState<Probe | null>(null)
  const [isMarked, setMarked] = useState(true)
  const { isBusy, problem, attempt } = useAttempt()
  const isAllowed = probe?.isAllowed === true
  const canMark = probe?.findings.some(({ code }) => code === 'canMark') === true
  const asked = webhook.trim()
  const check = async () => setProbe(await core.probePortal({ webhook: asked }))
  const connect = async () =>
    enter(await core.connectPortal({ webhook: asked, isMarked: isMarked && canMark }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(isAllowed ? connect : check)
  }
  return (
    <div className={styles.split} data-short>
      <form className={styles.sheet} onSubmit={submit} noValidate>
        <Stack gap="md">
          <PasswordInput
            label={t('firstRun.portal.webhook')}
            description={t('firstRun.portal.webhookHint')}
            placeholder="https://portal.bitrix24.ru/rest/1/…/"
            autoComplete="off"
            maxLength={2000}
            value={webhook}
            disabled={isBusy}
            visibilityToggleButtonProps={{ 'aria-label': t('firstRun.portal.showWebhook') }}
            onChange={event => {
              setWebhook(event.currentTarget.value)
              setProbe(null)
            }}
          />
          {isAllowed && canMark && (
            <Checkbox
              label={t('firstRun.portal.mark')}
              description={t('firstRun.portal.markHint')}
              checked={isMarked}
              disabled={isBusy}
              onChange={event => setMarked(event.currentTarget.checked)}
            />
          )}
          <Group gap="xs" grow>
            <Button
              type={isAllowed ? 'button' : 'submit'}
              variant={isAllowed ? 'default' : 'filled'}
              loading={isBusy && !isAllowed}
              disabled={asked === ''}
              onClick={isAllowed ? () => void attempt(check) : undefined}
            >
              {t('firstRun.connect.check')}
            </Button>
            <Button
              type={isAllowed ? 'submit' : 'button'}
              disabled={!isAllowed}
              loading={isBusy && isAllowed}
            >
              {t('firstRun.connect.connect')}
            </Button>
          </Group>
          {problem !== null && <Notice tone="bad">{problem}</Notice>}
        </Stack>
      </form>
      <section className={styles.sheet} aria-label={t('firstRun.portal.answer')} aria-live="polite">
        {probe ? (
          <Findings probe={probe} />
        ) : (
          <div className={styles.blank}>
            <Text className={styles.quiet}>{t('firstRun.connect.nothing')}</Text>
          </div>
        )}
      </section>
    </div>
  )
}
