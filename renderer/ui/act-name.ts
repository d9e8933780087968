import type { ActLabel } from '../../core/contract.ts'
import { shortName } from './format.ts'
import { useStageName } from './stage-name.ts'
import { useWords } from './use-words.ts'

/** Names an act as people say it: «№5306 → Анна П.», «12 дел → Отдел возвратов». */
export function useActName(): (label: ActLabel) => string {
  const t = useWords()
  const stageName = useStageName()
  return label => {
    const what =
      label.count === 1
        ? t('desk.oneCase', { number: label.caseNumber })
        : t('desk.cases', { count: label.count })
    const isPerson = label.verb === 'assign' || label.verb === 'insist'
    const target = label.target && isPerson ? shortName(label.target) : label.target
    if ((isPerson || label.verb === 'pass') && target) return t('desk.act.to', { what, target })
    if (label.verb === 'progress' && label.target)
      return t('desk.act.to', { what, target: stageName(label.target) })
    return t(`desk.act.${label.verb}`, { what })
  }
}
