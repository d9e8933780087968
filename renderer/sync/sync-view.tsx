import { Button, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { core } from '../state/core.ts'
import { useAttempt } from '../ui/attempt.ts'
import { MendedNotice } from '../ui/mended.tsx'
import { Notice } from '../ui/notice.tsx'
import { Conflicts } from './conflicts.tsx'
import { LinkCard } from './link-card.tsx'
import { OnTheWay } from './on-the-way.tsx'
import { OrgEdits } from './org-edits.tsx'
import { askOutbox, useOutbox } from './outbox.ts'
import { Rejections } from './rejections.tsx'
import styles from './sync.module.css'

/** The connection, what waits to be sent, and what somebody else decided meanwhile. */
export function SyncView() {
  const { t } = useTranslation()
  const { isBusy, problem, attempt } = useAttempt()
  const outboxProblem = useOutbox(outbox => outbox.problem)
  const syncNow = async () => {
    await core.syncNow({})
    askOutbox()
  }
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Title order={1} size="h3">
          {t('syncView.title')}
        </Title>
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          leftSection={<IconRefresh size={15} aria-hidden />}
          onClick={() => void attempt(syncNow)}
        >
          {t('syncView.now')}
        </Button>
      </header>
      {(problem ?? outboxProblem) !== null && (
        <Notice tone="bad">{problem ?? outboxProblem}</Notice>
      )}
      <MendedNotice />
      <LinkCard />
      <OrgEdits />
      <Conflicts />
      <Rejections />
      <OnTheWay />
    </div>
  )
}
