import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HistoryLine } from '../../core/contract.ts'
import { untilChange } from '../../core/domain/case.ts'
import type { DecisionState } from '../../core/domain/decision.ts'
import { sayWhen } from '../../core/words/say.ts'
import { keyed } from '../ui/keyed.ts'
import { usePlace, useSentence } from '../ui/sentence.ts'
import { useStageName } from '../ui/stage-name.ts'
import { useDetail } from './detail.ts'
import { DateAndTime } from './moments.tsx'
import chips from './case.module.css'
import styles from './history.module.css'

const unsettled: ReadonlySet<DecisionState | null> = new Set<DecisionState | null>([
  'queued',
  'sending',
  'unknown',
  'conflict',
])

/** Newest first; what the backend has not confirmed yet stands above everything. */
function inOrder(lines: readonly HistoryLine[]): readonly HistoryLine[] {
  const rank = (line: HistoryLine) => (unsettled.has(line.state) ? 0 : 1)
  return lines.toSorted((a, b) => rank(a) - rank(b) || b.at - a.at)
}

/** Who did what with the case, when, and for which reasons as they were then. */
export function CaseHistory() {
  const { t } = useTranslation()
  const { detail, isAnswered } = useDetail()
  if (!isAnswered) return null
  const lines = inOrder(detail?.history ?? [])
  if (lines.length === 0)
    return (
      <Text size="sm" className={styles.quiet}>
        {t('case.noHistory')}
      </Text>
    )
  return (
    <ol className={styles.history}>
      {keyed(lines, line => `${line.at} ${line.verb}`).map(({ key, item }) => (
        <Line key={key} line={item} />
      ))}
    </ol>
  )
}

function Line({ line }: { readonly line: HistoryLine }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const isPending = unsettled.has(line.state)
  return (
    <li data-pending={isPending || undefined} data-state={line.state ?? undefined}>
      <div className={styles.lineHead}>
        <span>
          <b>{line.who ?? t('case.system')}</b>{' '}
          {t([`case.verb.${line.verb}`, 'case.verb.other'], { verb: line.verb })}
        </span>
        <span className={styles.quiet}>
          <DateAndTime at={line.at} />
        </span>
      </div>
      <Change line={line} />
      {line.rule !== null && (
        <div className={styles.quiet}>{t('case.byRule', { rule: line.rule })}</div>
      )}
      {line.reasons.length > 0 && (
        <div className={styles.quiet}>
          {t('case.reasons', { reasons: line.reasons.map(sentence).join(', ') })}
        </div>
      )}
      {line.state !== null && line.state !== 'applied' && (
        <span
          className={chips.chip}
          data-tone={line.state === 'conflict' || line.state === 'rejected' ? 'bad' : 'quiet'}
        >
          {t(`syncView.state.${line.state}`)}
        </span>
      )}
    </li>
  )
}

/** «без ответственного → Анна Петрова»; of a department only what is known. */
function Change({ line: { from, to, verb } }: { readonly line: HistoryLine }) {
  const nothing = useNothing(verb)
  const inWords = useInWords()
  const [before, after] = [
    from === null ? nothing : inWords(from),
    to === null ? nothing : inWords(to),
  ]
  if (from === null && to === null) return null
  return (
    <div className={styles.change}>
      {before !== null && <span className={styles.quiet}>{before}</span>}
      <span aria-hidden>{before === null ? '→ ' : ' → '}</span>
      <span>{after ?? '—'}</span>
    </div>
  )
}

const aboutPeople: ReadonlySet<string> = new Set([
  'assign',
  'take',
  'return',
  'insist',
  'undo',
  'redo',
])

/** What a missing side means for this verb; null: nothing worth saying. */
function useNothing(verb: string): string | null {
  const { t } = useTranslation()
  if (verb === 'defer') return t('case.notDeferred')
  return aboutPeople.has(verb) ? t('case.nobody') : null
}

const looksLikeInstant = /^\d{12,16}$/

function useInWords(): (side: string) => string {
  const { t } = useTranslation()
  const place = usePlace()
  const stageName = useStageName()
  return side => {
    if (!looksLikeInstant.test(side)) return stageName(side)
    const at = Number(side)
    return at >= untilChange ? t('case.untilChange') : sayWhen(t, at, place)
  }
}
