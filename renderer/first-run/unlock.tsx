import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { core } from '../state/core.ts'
import { enter, useSession } from '../state/session.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { Habits } from './habits.tsx'
import { Mark } from './mark.tsx'
import { StrengthBar } from './strength-bar.tsx'
import { strengthOf } from './strength.ts'
import page from './first-run.module.css'
import styles from './unlock.module.css'

/** Asks for the passphrase that opens the data; nothing is opened or written without it. */
export function Unlock() {
  const { t } = useTranslation()
  const stage = useSession(session => session.stage)
  if (stage?.kind !== 'locked') return null
  return (
    <div className={page.page}>
      <header className={page.head}>
        <span className={page.brand}>
          <Mark size={28} />
          <Text fw={600} size="lg">
            {t('firstRun.name')}
          </Text>
        </span>
        <Habits />
      </header>
      <main className={page.body}>
        <div className={styles.lock}>
          <span className={page.doorIcon}>
            <IconLock size={22} stroke={1.6} aria-hidden />
          </span>
          <Title order={1} size="h3">
            {t(stage.isNew ? 'firstRun.unlock.new.title' : 'firstRun.unlock.known.title')}
          </Title>
          <Text size="sm">
            {t([`firstRun.unlock.why.${stage.reason}`, 'firstRun.unlock.why.other'])}
          </Text>
          {stage.isNew ? <NewPassphrase /> : <KnownPassphrase isWrong={stage.isWrong} />}
        </div>
      </main>
      <footer className={page.foot}>
        <span>{t('firstRun.unlock.promise')}</span>
      </footer>
    </div>
  )
}

const unlockWith = async (passphrase: string) => enter(await core.unlock({ passphrase }))

function KnownPassphrase({ isWrong }: { readonly isWrong: boolean }) {
  const { t } = useTranslation()
  const { isBusy, problem, attempt } = useAttempt()
  const [passphrase, setPassphrase] = useState('')
  const [isTypedAgain, setTypedAgain] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (passphrase === '') return
    setTypedAgain(false)
    void attempt(async () => unlockWith(passphrase))
  }
  const showWrong = isWrong && !isTypedAgain && !isBusy
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <PasswordInput
          label={t('firstRun.unlock.known.field')}
          autoComplete="current-password"
          autoFocus
          data-autofocus
          value={passphrase}
          disabled={isBusy}
          error={showWrong ? t('firstRun.unlock.known.wrong') : null}
          visibilityToggleButtonProps={{ 'aria-label': t('firstRun.unlock.show') }}
          onChange={event => {
            setPassphrase(event.currentTarget.value)
            setTypedAgain(true)
          }}
        />
        {problem !== null && <Notice tone="bad">{problem}</Notice>}
        <Button type="submit" loading={isBusy} disabled={passphrase === ''}>
          {t('firstRun.unlock.known.open')}
        </Button>
        <Text size="xs" className={styles.quiet}>
          {t('firstRun.unlock.known.forgotten')}
        </Text>
      </Stack>
    </form>
  )
}

function NewPassphrase() {
  const { t } = useTranslation()
  const { isBusy, problem, attempt } = useAttempt()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const isShort = strengthOf(first) === 'short'
  const doesDiffer = second !== '' && !first.startsWith(second) && first !== second
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isShort && first === second) void attempt(async () => unlockWith(first))
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <div>
          <PasswordInput
            label={t('firstRun.unlock.passphrase')}
            autoComplete="new-password"
            autoFocus
            data-autofocus
            value={first}
            disabled={isBusy}
            visibilityToggleButtonProps={{ 'aria-label': t('firstRun.unlock.show') }}
            onChange={event => setFirst(event.currentTarget.value)}
          />
          <StrengthBar passphrase={first} />
        </div>
        <PasswordInput
          label={t('firstRun.unlock.new.again')}
          autoComplete="new-password"
          value={second}
          disabled={isBusy}
          error={doesDiffer ? t('firstRun.unlock.new.differ') : null}
          visibilityToggleButtonProps={{ 'aria-label': t('firstRun.unlock.show') }}
          onChange={event => setSecond(event.currentTarget.value)}
        />
        <Notice tone="warn" title={t('firstRun.unlock.new.warning')}>
          {t('firstRun.unlock.new.forgotten')}
        </Notice>
        {problem !== null && <Notice tone="bad">{problem}</Notice>}
        <Button type="submit" loading={isBusy} disabled={isShort || first !== second}>
          {t('firstRun.unlock.new.open')}
        </Button>
      </Stack>
    </form>
  )
}
