import type { Case } from '../../core/domain/case.ts'
import type { World } from '../state/world.ts'
import { shortLength } from '../ui/format.ts'
import { useLanguage, useWords } from '../ui/use-words.ts'
import styles from './plan.module.css'

/** Number, subject, client, and how long until the due. */
export function CaseName({ theCase, world }: { readonly theCase: Case; readonly world: World }) {
  const t = useWords()
  const language = useLanguage()
  const { number, subject, clientName, dueAt } = theCase
  const left = dueAt === null ? null : shortLength(t, dueAt - world.now, language)
  const isLate = dueAt !== null && dueAt < world.now
  return (
    <>
      <span className={styles.subject} title={subject}>
        <b>{t('desk.oneCase', { number })}</b> {subject}
        {clientName !== null && <span className={styles.client}>{clientName}</span>}
      </span>
      <span className={styles.due} data-late={isLate || undefined}>
        {left !== null && isLate ? t('desk.row.late', { left }) : left}
      </span>
    </>
  )
}
