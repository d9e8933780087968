import { Anchor, Button, Title } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../core/contract.ts'
import type { DecisionId } from '../../core/domain/id.ts'
import { core } from '../state/core.ts'
import { openCase } from '../state/view.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { useDecisionTarget } from './decision-name.ts'
import { askOutbox, useOutbox } from './outbox.ts'
import styles from './sync.module.css'

const isUnread = ({ state, isSeen }: OutboxItem) => state === 'rejected' && isSeen !== true

/** Decisions the backend did not accept: why, and what can be done. */
export function Rejections() {
  const { t } = useTranslation()
  const { isBusy, problem, attempt } = useAttempt()
  const items = useOutbox(outbox => outbox.items).filter(isUnread)
  if (items.length === 0) return null
  const read = (decisionIds: DecisionId[]) =>
    attempt(async () => {
      await core.markSeen({ decisionIds })
      askOutbox()
    })
  return (
    <section aria-labelledby="sync-rejected">
      <div className={styles.groupHead}>
        <Title order={2} size="h5" id="sync-rejected" className={styles.sectionTitle}>
          {t('syncView.rejected', { count: items.length })}
        </Title>
        {items.length > 1 && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isBusy}
            onClick={() => void read(items.map(item => item.decision.decisionId))}
          >
            {t('syncView.readAll')}
          </Button>
        )}
      </div>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
      <ul className={styles.list}>
        {items.map(item => (
          <Rejection
            key={item.decision.decisionId}
            item={item}
            isBusy={isBusy}
            read={() => void read([item.decision.decisionId])}
          />
        ))}
      </ul>
    </section>
  )
}

interface Props {
  readonly item: OutboxItem
  readonly isBusy: boolean
  readonly read: () => void
}

function Rejection({ item: { decision, caseNumber, subject, code }, isBusy, read }: Props) {
  const { t } = useTranslation()
  const targetOf = useDecisionTarget()
  return (
    <li className={styles.row}>
      <IconBan size={16} className={styles.bad} aria-label={t('syncView.state.rejected')} />
      <div className={styles.rowText}>
        <span>
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => openCase(decision.caseId)}
          >
            {t('syncView.number', { number: caseNumber })}
          </Anchor>{' '}
          {targetOf(decision)} <span className={styles.quiet}>{subject}</span>
        </span>
        <span>{t([`syncView.code.${code}.why`, 'syncView.code.other.why'], { code })}</span>
        <span className={styles.quiet}>
          {t([`syncView.code.${code}.remedy`, 'syncView.code.other.remedy'])}
        </span>
      </div>
      <Button size="compact-sm" variant="default" disabled={isBusy} onClick={read}>
        {t('syncView.read')}
      </Button>
    </li>
  )
}
