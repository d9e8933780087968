import type { Hint } from '../../core/domain/hint.ts'
import { sayNumber } from '../../core/words/say.ts'
import { useLanguage, useSentence } from './sentence.ts'
import { VerdictIcon } from './verdict.tsx'
import styles from './whom-dialog.module.css'

/** One person of a chooser: the verdict, the name, why, and the load with it. */
export function PersonChoice({ name, hint }: { readonly name: string; readonly hint: Hint }) {
  const sentence = useSentence()
  const language = useLanguage()
  const { verdict, reasons, loadAfter, limit } = hint.judgement
  const told = reasons.filter(({ code }) => code !== 'load').map(sentence)
  return (
    <span className={styles.choice}>
      <VerdictIcon verdict={verdict} />
      <span className={styles.name}>{name}</span>
      <span className={styles.why}>{told.join(' · ')}</span>
      <span className={styles.load}>
        {sayNumber(loadAfter, language)}/{sayNumber(limit, language)}
      </span>
    </span>
  )
}
