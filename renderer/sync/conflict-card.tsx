import { Anchor, Button, Kbd, Loader } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../core/contract.ts'
import { openCase } from '../state/view.ts'
import { type Answer, useAnswers } from './answers.ts'
import { ConflictSides } from './conflict-sides.tsx'
import { OtherPerson } from './other-person.tsx'
import { resolve, useResolutions } from './resolutions.ts'
import styles from './conflict.module.css'

/** One conflict: was, mine and theirs side by side, and answers without a default. */
export function ConflictCard({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation()
  const { decision, caseNumber, subject, conflict } = item
  const [isChoosing, setChoosing] = useState(false)
  const isBusy = useResolutions(({ busy }) => busy.has(decision.decisionId))
  const answers = useAnswers(item, () => setChoosing(true))
  if (!conflict) return null
  const onKey = (event: KeyboardEvent) => {
    if (event.code === 'Escape' && isChoosing) setChoosing(false)
    else if (!isTypedIn(event)) answerByKey(event, answers)
  }
  return (
    <article
      tabIndex={0}
      className={styles.card}
      aria-label={t('syncView.conflictName', { number: caseNumber })}
      aria-keyshortcuts="1 2 3"
      aria-busy={isBusy}
      onKeyDown={onKey}
    >
      <header className={styles.cardHead}>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => openCase(decision.caseId)}
        >
          {t('syncView.number', { number: caseNumber })}
        </Anchor>
        <span className={styles.cardSubject}>{subject}</span>
        {isBusy && <Loader size="xs" aria-label={t('syncView.resolving')} />}
      </header>
      <ConflictSides item={item} conflict={conflict} />
      <Answers answers={answers} isBusy={isBusy} />
      {isChoosing && (
        <OtherPerson
          caseId={decision.caseId}
          close={() => setChoosing(false)}
          choose={employeeId => void resolve(decision.decisionId, { kind: 'giveTo', employeeId })}
        />
      )}
    </article>
  )
}

interface AnswersProps {
  readonly answers: readonly Answer[]
  readonly isBusy: boolean
}

function Answers({ answers, isBusy }: AnswersProps) {
  return (
    <div className={styles.answers}>
      {answers.map(({ digit, label, obstacle, carryOut }) => (
        <Button
          key={digit}
          size="compact-md"
          variant="default"
          disabled={isBusy || obstacle !== null}
          title={obstacle ?? undefined}
          leftSection={<Kbd size="xs">{digit}</Kbd>}
          onClick={carryOut}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}

const isTypedIn = ({ target }: KeyboardEvent) => target instanceof HTMLInputElement

function answerByKey(event: KeyboardEvent, answers: readonly Answer[]) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const digit = /^(?:Digit|Numpad)([123])$/.exec(event.code)?.[1]
  const answer = answers.find(one => String(one.digit) === digit)
  if (!answer || answer.obstacle !== null) return
  event.preventDefault()
  event.stopPropagation()
  answer.carryOut()
}
