import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Probe } from '../../core/contract.ts'
import { core } from '../state/core.ts'
import { enter, useSession } from '../state/session.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { HubAnswer } from './hub-answer.tsx'
import { useSignIn } from './use-sign-in.ts'
import styles from './first-run.module.css'

const isAddress = (text: string) =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)

interface Form {
  readonly url: string
  readonly token: string
  /** What the hub said about exactly this address and token. */
  readonly probe: Probe | null
  /** Set when the probe is of whoever signed in with the browser. */
  readonly signInId: string | null
  readonly isTried: boolean
}
type Change = (changed: Partial<Form>) => void
const blank: Form = { url: '', token: '', probe: null, signInId: null, isTried: false }

const connected = ({ url, token, signInId }: Pick<Form, 'url' | 'token' | 'signInId'>) =>
  signInId === null ? core.connectHub({ url, token }) : core.connectSignedIn({ signInId })

/** Address of a hub, and a token or the company's sign-in; «Проверить» says what they allow before anything is made. */
export function ConnectDoor() {
  const toHub = useSession(session => session.toHub) ?? ''
  const [form, setForm] = useState<Form>({ ...blank, url: toHub })
  const { isBusy, problem, attempt } = useAttempt()
  const question = { url: form.url.trim(), token: form.token.trim() }
  const signIn = useSignIn()
  const change: Change = changed => setForm({ ...form, probe: null, signInId: null, ...changed })
  const isHeld = signIn.address !== null
  const check = async () => {
    change({ isTried: true })
    if (!isAddress(question.url)) return
    const probe = await core.probeHub(question)
    setForm(now => ({ ...now, probe }))
  }
  const signInThere = () =>
    signIn.begin(question.url, (probe, signInId) =>
      setForm(now => ({ ...now, probe, signInId: probe.isAllowed ? signInId : null })),
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (form.probe?.isAllowed)
      void attempt(async () => enter(await connected({ ...question, signInId: form.signInId })))
    else void attempt(check)
  }
  return (
    <div className={styles.split} data-short>
      <form className={styles.sheet} onSubmit={submit} noValidate>
        <Stack gap="md">
          <Fields form={form} change={change} isBusy={isBusy} />
          <Buttons
            isAllowed={form.probe?.isAllowed === true}
            isBusy={isBusy && !isHeld}
            isHeld={isHeld}
            isNext={!form.probe?.canSignIn || question.token !== ''}
            check={() => void attempt(check)}
          />
          {problem !== null && <Notice tone="bad">{problem}</Notice>}
        </Stack>
      </form>
      <HubAnswer
        probe={form.probe}
        address={signIn.address}
        isBusy={isBusy}
        signIn={() => void attempt(signInThere)}
        cancel={signIn.cancel}
      />
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
        visibilityToggleButtonProps={{ 'aria-label': t('firstRun.connect.showToken') }}
        onChange={event => change({ token: event.currentTarget.value })}
      />
    </>
  )
}

interface ButtonsProps {
  readonly isAllowed: boolean
  readonly isBusy: boolean
  /** Nothing may be pressed while somebody signs in. */
  readonly isHeld: boolean
  /** Checking is what is to be done next. */
  readonly isNext: boolean
  readonly check: () => void
}

function Buttons({ isAllowed, isBusy, isHeld, isNext, check }: ButtonsProps) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" grow>
      <Button
        type={isAllowed ? 'button' : 'submit'}
        variant={isAllowed || !isNext ? 'default' : 'filled'}
        loading={isBusy && !isAllowed}
        disabled={isHeld}
        onClick={isAllowed ? check : undefined}
      >
        {t('firstRun.connect.check')}
      </Button>
      <Button
        type={isAllowed ? 'submit' : 'button'}
        disabled={!isAllowed || isHeld}
        loading={isBusy && isAllowed}
      >
        {t('firstRun.connect.connect')}
      </Button>
    </Group>
  )
}
