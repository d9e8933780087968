import { Anchor, Button, Kbd, Loader } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conflict, OutboxItem } from '../../core/contract.ts'
import type { EmployeeId } from '../../core/domain/id.ts'
import { openCase } from '../state/view.ts'
import { shortName } from '../ui/format.ts'
import { ConflictSides } from './conflict-sides.tsx'
import { useFieldsInWords, useNames } from './decision-name.ts'
import { OtherPerson } from './other-person.tsx'
import { type Choice, resolve, useResolutions } from './resolutions.ts'
import styles from './sync.module.css'

interface Answer {
  readonly digit: 1 | 2 | 3
  readonly label: string
  /** Why this answer cannot be given. */
  readonly obstacle: string | null
  readonly carryOut: () => void
}

/** One conflict: was, mine and theirs side by side, and answers without a default. */
export function ConflictCard({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation()
  const { decision, caseNumber, subject, conflict } = item
  const [isChoosing, setChoosing] = useState(false)
  const isBusy = useResolutions(({ busy }) => busy.has(decision.decisionId))
  const answers = useAnswers(item, () => setChoosing(true))
  if (!conflict) return null
  const choose = (choice: Choice) => void resolve(decision.decisionId, choice)
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
        <Anchor component="button" type="button" size="sm" onClick={() => openCase(decision.caseId)}>
          {t('syncView.number', { number: caseNumber })}
        </Anchor>
        <span className={styles.cardSubject}>{subject}</span>
        {isBusy && <Loader size="xs" aria-label={t('syncView.resolving')} />}
      </header>
      <ConflictSides item={item} conflict={conflict} />
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
      {isChoosing && (
        <OtherPerson
          caseId={decision.caseId}
          close={() => setChoosing(false)}
          choose={(employeeId: EmployeeId) => choose({ kind: 'giveTo', employeeId })}
        />
      )}
    </article>
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

/** Keep theirs, insist on mine, or somebody else; the last only where it is about a person. */
function useAnswers({ decision, conflict, code }: OutboxItem, chooseOther: () => void): readonly Answer[] {
  const { t } = useTranslation()
  const labelOf = useLabels()
  if (!conflict) return []
  const give = (choice: Choice) => () => void resolve(decision.decisionId, choice)
  const obstacle = code === 'employeeDismissed' ? t('syncView.cannotInsistDismissed') : null
  const both: Answer[] = [
    { digit: 1, label: labelOf('keep', conflict.theirs), obstacle: null, carryOut: give({ kind: 'keepTheirs' }) },
    { digit: 2, label: labelOf('insist', conflict.mine), obstacle, carryOut: give({ kind: 'insist' }) },
  ]
  if (conflict.mine.responsible === undefined) return both
  return [...both, { digit: 3, label: t('syncView.answer.other'), obstacle: null, carryOut: chooseOther }]
}

/** «Оставить: Мария П.», «Назначить: Анна С.», «Вернуть в Начало», «Настоять: отложено до 24.11». */
function useLabels(): (answer: 'keep' | 'insist', fields: Conflict['mine']) => string {
  const { t } = useTranslation()
  const nameOf = useNames()
  const inWords = useFieldsInWords()
  return (answer, fields) => {
    const { responsible, department } = fields
    if (department !== undefined || responsible === undefined)
      return t(`syncView.answer.${answer}`, { what: inWords(fields).join(', ') })
    if (responsible === null) return t(`syncView.answer.${answer}Nobody`)
    return t(`syncView.answer.${answer}Person`, {
      name: shortName(nameOf(responsible) ?? t('syncView.stranger')),
    })
  }
}
