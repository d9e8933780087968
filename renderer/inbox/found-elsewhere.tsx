import { stateOf } from '../../core/domain/case-state.ts'
import type { Case } from '../../core/domain/case.ts'
import { useNow } from '../state/now.ts'
import { useWorld } from '../state/select.ts'
import { openCase, useView } from '../state/view.ts'
import { useWords } from '../ui/use-words.ts'
import styles from './found-elsewhere.module.css'

const mostShown = 50

/** What the search found outside «Начало»: whose it is and in which state. */
export function FoundElsewhere({ shown }: { readonly shown: readonly Case[] }) {
  const t = useWords()
  const found = useView(view => view.found)
  const now = useNow()
  const world = useWorld()
  const here = new Set(shown.map(({ caseId }) => caseId))
  const cases = found?.cases.filter(({ caseId }) => !here.has(caseId)) ?? []
  if (cases.length === 0) return null
  const nameOf = ({ responsibleId }: Case) =>
    (responsibleId && world?.index.employeeById.get(responsibleId)?.name) || t('desk.found.nobody')
  return (
    <section className={styles.found} aria-label={t('desk.found.title')}>
      <h2 className={styles.title}>
        {t('desk.found.title')} <span>{found?.isMore ? `${cases.length}+` : cases.length}</span>
      </h2>
      <ul className={styles.list}>
        {cases.slice(0, mostShown).map(theCase => (
          <li key={theCase.caseId}>
            <button type="button" className={styles.row} onClick={() => openCase(theCase.caseId)}>
              <span className={styles.number}>{theCase.number}</span>
              <span className={styles.subject}>{theCase.subject}</span>
              <span className={styles.quiet}>{theCase.clientName}</span>
              <span className={styles.quiet}>{nameOf(theCase)}</span>
              <span className={styles.quiet}>{t(`case.state.${stateOf(theCase, now)}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
