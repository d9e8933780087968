import { Anchor, Button, Text, Title } from '@mantine/core'
import {
  IconCheck,
  IconClockHour4,
  IconDownload,
  IconHelpCircle,
  IconInbox,
  IconReplace,
  IconSend,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../core/contract.ts'
import type { DecisionState } from '../../core/domain/decision.ts'
import { sayWhen } from '../../core/words/say.ts'
import { core } from '../state/core.ts'
import { useReplica } from '../state/replica.ts'
import { openCase } from '../state/view.ts'
import { useAttempt } from '../ui/attempt.ts'
import { Notice } from '../ui/notice.tsx'
import { usePlace } from '../ui/sentence.ts'
import { useDecisionTarget } from './decision-name.ts'
import { mostAsked, useOutbox } from './outbox.ts'
import { saveAsFile } from './save-as-file.ts'
import { useSeconds } from './seconds.ts'
import styles from './sync.module.css'

const waits: ReadonlySet<DecisionState> = new Set<DecisionState>(['queued', 'sending', 'unknown'])
const isOver = ({ state, isSeen }: OutboxItem) =>
  !waits.has(state) && state !== 'conflict' && (state !== 'rejected' || isSeen === true)
const mostFinished = 30

/** Decisions waiting to be sent, item by item, and the last that were. */
export function OnTheWay() {
  const { t } = useTranslation()
  const { items, isAnswered } = useOutbox()
  const waiting = items.filter(({ state }) => waits.has(state))
  const finished = items.filter(isOver).slice(0, mostFinished)
  if (!isAnswered) return null
  return (
    <>
      <section aria-labelledby="sync-waiting">
        <div className={styles.groupHead}>
          <Title order={2} size="h5" id="sync-waiting" className={styles.sectionTitle}>
            {t('syncView.waiting', { count: waiting.length })}
          </Title>
          {waiting.length > 0 && <Export />}
        </div>
        {waiting.length === 0 ? <Calm /> : <Rows items={waiting} />}
        {items.length >= mostAsked && (
          <p className={styles.sectionText}>{t('syncView.more', { count: mostAsked })}</p>
        )}
      </section>
      {finished.length > 0 && (
        <section aria-labelledby="sync-finished">
          <Title order={2} size="h5" id="sync-finished" className={styles.sectionTitle}>
            {t('syncView.finished')}
          </Title>
          <Rows items={finished} />
        </section>
      )}
    </>
  )
}

function Calm() {
  const { t } = useTranslation()
  return (
    <div className={styles.calm}>
      <IconInbox size={22} stroke={1.5} aria-hidden />
      <Text size="sm">{t('syncView.calm')}</Text>
    </div>
  )
}

function Rows({ items }: { readonly items: readonly OutboxItem[] }) {
  return (
    <ul className={styles.list}>
      {items.map(item => (
        <Row key={item.decision.decisionId} item={item} />
      ))}
    </ul>
  )
}

const pictures = {
  queued: IconClockHour4,
  sending: IconSend,
  unknown: IconHelpCircle,
  applied: IconCheck,
  rejected: IconX,
  conflict: IconReplace,
  superseded: IconReplace,
  cancelled: IconX,
} as const satisfies Record<DecisionState, unknown>

function Row({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation()
  const place = usePlace()
  const targetOf = useDecisionTarget()
  const stateOf = useStateInWords()
  const { decision, caseNumber, subject, state } = item
  const Icon = pictures[state]
  return (
    <li className={styles.row} data-state={state}>
      <Icon
        size={16}
        stroke={1.8}
        aria-hidden
        className={state === 'applied' ? styles.good : styles.quiet}
      />
      <div className={styles.rowLine}>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => openCase(decision.caseId)}
        >
          {t('syncView.number', { number: caseNumber })}
        </Anchor>
        <span>{targetOf(decision)}</span>
        <span className={styles.rowSubject}>{subject}</span>
      </div>
      <span className={styles.rowState}>{stateOf(item)}</span>
      <span className={styles.rowTime}>{sayWhen(t, decision.issuedAt, place)}</span>
    </li>
  )
}

/** «ждёт сети», «отправляется», «попытка 3, снова через 12 с». */
function useStateInWords(): (item: OutboxItem) => string {
  const { t } = useTranslation()
  const isOffline = useReplica(({ sync }) => sync.link.kind === 'offline')
  const isRetrying = useReplica(({ sync }) => sync.retryAt !== null)
  const now = useSeconds(isRetrying)
  return ({ state, attempt, retryAt, code }) => {
    if (state === 'applied' && code === 'overwrote') return t('syncView.overwrote')
    const name = t(
      state === 'queued' && isOffline ? 'syncView.waitsForNetwork' : `syncView.state.${state}`,
    )
    if (!waits.has(state) || attempt < 2 || retryAt === null || retryAt <= now) return name
    const seconds = Math.ceil((retryAt - now) / 1000)
    return t('syncView.attempt', { state: name, attempt, seconds })
  }
}

/** Everything not yet confirmed, as a file the head keeps. */
function Export() {
  const { t } = useTranslation()
  const { isBusy, problem, attempt } = useAttempt()
  const save = async () => saveAsFile(await core.exportUnsent({}))
  return (
    <span className={styles.export}>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
      <Button
        size="compact-sm"
        variant="default"
        loading={isBusy}
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => void attempt(save)}
      >
        {t('syncView.export')}
      </Button>
    </span>
  )
}
