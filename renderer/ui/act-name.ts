import type { ActLabel } from '../../core/contract.ts'
import { shortName } from './format.ts'
import { useWords } from './use-words.ts'

/** Names an act as people say it: «№5306 → Анна П.», «12 дел → Отдел возвратов». */
export function useActName(): (label: ActLabel) => string {
  const t = useWords()
  return label => {
    const what =
      label.count === 1
        ? t('desk.oneCase', { number: label.caseNumber })
        : t('desk.cases', { count: label.count })
    const isPerson = label.verb === 'assign' || label.verb === 'insist'
    const target = label.target && isPerson ? shortName(label.target) : label.target
    if ((isPerson || label.verb === 'pass') && target) return t('desk.act.to', { what, target })
    return t(`desk.act.${label.verb}`, { what })
  }
}
