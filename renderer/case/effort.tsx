import { useTranslation } from 'react-i18next'
import type { Case } from '../../core/domain/case.ts'
import { hoursPerPointOf } from '../../core/domain/department.ts'
import { weightOf } from '../../core/domain/load.ts'
import { sayHours, sayNumber } from '../../core/words/say.ts'
import { useWorld } from '../state/select.ts'
import { useLanguage } from '../ui/sentence.ts'
import styles from './case.module.css'

const hourMs = 3_600_000

/** «2 балла · около 3 ч»: what the case adds to a load and how long it is thought to take. */
export function Effort({ theCase }: { readonly theCase: Case }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const world = useWorld()
  const weight = world ? weightOf(theCase, world.drop.kinds) : theCase.weight
  const departments = theCase.departmentId === null ? [] : [theCase.departmentId]
  const perPoint = world ? hoursPerPointOf(world.index, departments) : 1
  const hours = theCase.effortMs === null ? weight * perPoint : theCase.effortMs / hourMs
  return (
    <>
      {t('case.points', { count: weight, number: sayNumber(weight, language) })}
      <span className={styles.quiet}>
        {' · '}
        {t(theCase.effortMs === null ? 'case.effortGuessed' : 'case.effort', {
          hours: sayHours(t, hours, language),
        })}
      </span>
    </>
  )
}
