import { Button, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrgEditItem } from '../../core/contract-org.ts'
import { type OrgFields, pickFields } from '../../core/domain/org-edit.ts'
import { answerEdit } from '../state/org-edits.ts'
import { useReplica } from '../state/replica.ts'
import { useAttempt } from '../ui/attempt.ts'
import { useEditInWords } from '../ui/edit-words.ts'
import { Notice } from '../ui/notice.tsx'
import { useSentence } from '../ui/sentence.ts'
import { askOutbox, useOutbox } from './outbox.ts'
import styles from './sync.module.css'

const isOpen = ({ state, isSeen }: OrgEditItem) =>
  ['queued', 'sending', 'unknown', 'conflict'].includes(state) || (state === 'rejected' && !isSeen)

/** An admin's edits that are on their way, conflict or were refused: each with its answer. */
export function OrgEdits() {
  const { t } = useTranslation()
  const { problem, attempt } = useAttempt()
  const items = useOutbox(outbox => outbox.edits).filter(isOpen)
  if (items.length === 0) return null
  const answer = (item: OrgEditItem, choice: Parameters<typeof answerEdit>[1]) =>
    void attempt(async () => {
      await answerEdit(item.edit.editId, choice)
      askOutbox()
    })
  return (
    <section aria-labelledby="sync-org">
      <Title order={2} size="h5" id="sync-org" className={styles.sectionTitle}>
        {t('orgEdit.sync.title', { count: items.length })}
      </Title>
      {problem !== null && <Notice tone="bad">{problem}</Notice>}
      <ul className={styles.list}>
        {items.map(item => (
          <Item key={item.edit.editId} item={item} answer={choice => answer(item, choice)} />
        ))}
      </ul>
    </section>
  )
}

interface Props {
  readonly item: OrgEditItem
  readonly answer: (choice: Parameters<typeof answerEdit>[1]) => void
}

function Item({ item, answer }: Props) {
  const { t } = useTranslation()
  const inWords = useEditInWords()
  const sentence = useSentence()
  const { edit, state, reasons, theirs } = item
  const { title, lines } = inWords({ ...edit, from: edit.base, to: edit.want })
  const name = `${title}: ${lines.join(', ')}`
  return (
    <li className={styles.row} data-state={state}>
      <div className={styles.rowText}>
        <span>{title}</span>
        {lines.map(line => (
          <span key={line}>{line}</span>
        ))}
        {state === 'conflict' && <Theirs item={item} theirs={theirs} />}
        {reasons.map(reason => (
          <span key={reason.code}>{sentence(reason)}</span>
        ))}
      </div>
      <span className={styles.rowState}>{t(`syncView.state.${state}`)}</span>
      {answersTo(state).map(choice => (
        <Button
          key={choice}
          size="compact-sm"
          variant="default"
          aria-label={t('orgEdit.sync.answerNamed', {
            answer: t(`orgEdit.sync.${choice}`),
            name,
          })}
          onClick={() => answer(choice)}
        >
          {t(`orgEdit.sync.${choice}`)}
        </Button>
      ))}
    </li>
  )
}

function answersTo(state: OrgEditItem['state']) {
  if (state === 'queued') return ['cancel'] as const
  if (state === 'conflict') return ['keepTheirs', 'insist'] as const
  return state === 'rejected' ? (['seen'] as const) : []
}

/** What stands there now, and who put it. */
function Theirs({ item, theirs }: { item: OrgEditItem; theirs: OrgFields | null }) {
  const { t } = useTranslation()
  const inWords = useEditInWords()
  const who = useReplica(
    ({ org }) => org.employees.find(one => one.employeeId === item.changedBy)?.name,
  )
  const { edit } = item
  const now = pickFields(theirs ?? {}, Object.keys(edit.want))
  const { lines } = inWords({ ...edit, from: edit.base, to: now })
  return (
    <span className={styles.bad}>
      {t('orgEdit.sync.theirs', {
        who: who ?? t('orgEdit.history.somebody'),
        what: lines.join(', '),
      })}
    </span>
  )
}
