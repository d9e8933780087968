import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Probe } from '../../core/contract.ts'
import { core } from '../state/core.ts'
import { enter } from '../state/session.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { Findings } from './findings.tsx'
import styles from './first-run.module.css'

const isAddress = (text: string) =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)

interface Form {
  readonly url: string
  readonly token: string
  /** What the hub said about exactly this address and token. */
  readonly probe: Probe | null
  readonly isTried: boolean
}
type Change = (changed: Partial<Form>) => void
const blank: Form = { url: '', token: '', probe: null, isTried: false }

/** Address and token of a hub; «Проверить» says what they allow before anything is made. */
export function ConnectDoor() {
  const { t } = useTranslation()
  const [form, setForm] = useState<Form>(blank)
  const { isBusy, problem, attempt } = useAttempt()
  const question = { url: form.url.trim(), token: form.token.trim() }
  const isReady = isAddress(question.url) && question.token !== ''
  const check = async () => {
    setForm({ ...form, probe: null, isTried: true })
    if (!isReady) return
    const probe = await core.probeHub(question)
    setForm(now => ({ ...now, probe }))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (form.probe?.isAllowed) void attempt(async () => enter(await core.connectHub(question)))
    else void attempt(check)
  }
  return (
    <div className={styles.split} data-short>
      <form className={styles.sheet} onSubmit={submit} noValidate>
        <Stack gap="md">
          <Fields
            form={form}
            change={changed => setForm({ ...form, probe: null, ...changed })}
            isBusy={isBusy}
          />
          <Buttons
            isAllowed={form.probe?.isAllowed === true}
            isBusy={isBusy}
            check={() => void attempt(check)}
          />
          {problem !== null && <Notice tone="bad">{problem}</Notice>}
        </Stack>
      </form>
      <section
        className={styles.sheet}
        aria-label={t('firstRun.connect.answer')}
        aria-live="polite"
      >
        {form.probe ? (
          <Findings probe={form.probe} />
        ) : (
          <div className={styles.blank}>
            <Text className={styles.quiet}>{t('firstRun.connect.nothing')}</Text>
          </div>
        )}
      </section>
    </div>
  )
}

interface FieldsProps {
  readonly form: Form
  readonly change: Change
  readonly isBusy: boolean
}

function Fields({ form, change, isBusy }: FieldsProps) {
  const { t } = useTranslation()
  const urlError = form.isTried && !isAddress(form.url.trim())
  const tokenError = form.isTried && form.token.trim() === ''
  return (
    <>
      <TextInput
        label={t('firstRun.connect.url')}
        description={t('firstRun.connect.urlHint')}
        placeholder="https://hub.example.ru"
        type="url"
        autoComplete="off"
        value={form.url}
        disabled={isBusy}
        error={urlError ? t('firstRun.connect.urlBad') : null}
        onChange={event => change({ url: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('firstRun.connect.token')}
        description={t('firstRun.connect.tokenHint')}
        autoComplete="off"
        value={form.token}
        disabled={isBusy}
        error={tokenError ? t('firstRun.connect.tokenBad') : null}
        visibilityToggleButtonProps={{ 'aria-label': t('firstRun.connect.showToken') }}
        onChange={event => change({ token: event.currentTarget.value })}
      />
    </>
  )
}

interface ButtonsProps {
  readonly isAllowed: boolean
  readonly isBusy: boolean
  readonly check: () => void
}

function Buttons({ isAllowed, isBusy, check }: ButtonsProps) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" grow>
      <Button
        type={isAllowed ? 'button' : 'submit'}
        variant={isAllowed ? 'default' : 'filled'}
        loading={isBusy && !isAllowed}
        onClick={isAllowed ? check : undefined}
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
  )
}
