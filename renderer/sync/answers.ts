import { useTranslation } from 'react-i18next'
import type { Conflict, OutboxItem } from '../../core/contract.ts'
import { shortName } from '../ui/format.ts'
import { useFieldsInWords, useNames } from './decision-name.ts'
import { type Choice, resolve } from './resolutions.ts'

/** One way to settle a conflict, with the key that does the same. */
export interface Answer {
  readonly digit: 1 | 2 | 3
  readonly label: string
  /** Why this answer cannot be given. */
  readonly obstacle: string | null
  readonly carryOut: () => void
}

/** Keep theirs, insist on mine, or somebody else; the last only where it is about a person. */
export function useAnswers(
  { decision, conflict, code }: OutboxItem,
  chooseOther: () => void,
): readonly Answer[] {
  const { t } = useTranslation()
  const labelOf = useLabels()
  if (!conflict) return []
  const give = (choice: Choice) => () => void resolve(decision.decisionId, choice)
  const obstacle = code === 'employeeDismissed' ? t('syncView.cannotInsistDismissed') : null
  const both: Answer[] = [
    {
      digit: 1,
      label: labelOf('keep', conflict.theirs),
      obstacle: null,
      carryOut: give({ kind: 'keepTheirs' }),
    },
    {
      digit: 2,
      label: labelOf('insist', conflict.mine),
      obstacle,
      carryOut: give({ kind: 'insist' }),
    },
  ]
  if (conflict.mine.responsible === undefined) return both
  return [
    ...both,
    { digit: 3, label: t('syncView.answer.other'), obstacle: null, carryOut: chooseOther },
  ]
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
