import { IconDots, IconHome, type Icon, IconMail, IconPhone, IconWorld } from '@tabler/icons-react'
import { useContext } from 'react'
import type { Case, CaseSource } from '../../core/domain/case.ts'
import { sayAge, sayNumber } from '../../core/words/say.ts'
import { useNow } from '../state/now.ts'
import { bestHint } from '../state/select.ts'
import { DueLeft, PendingMark, PriorityMark } from '../ui/case-marks.tsx'
import { shortLength, shortName } from '../ui/format.ts'
import { useLanguage, usePlace, useSentence } from '../ui/sentence.ts'
import { toldOnHover } from '../ui/told-on-hover.ts'
import { useWords } from '../ui/use-words.ts'
import { VerdictIcon } from '../ui/verdict.tsx'
import { NextWorld } from './next-world.ts'
import styles from './cells.module.css'

interface CellProps {
  readonly data?: Case | undefined
}

export function SubjectCell({ data }: CellProps) {
  if (!data) return null
  return (
    <span className={styles.subject} title={data.subject}>
      <PriorityMark theCase={data} />
      <span className={styles.text}>{data.subject}</span>
      <PendingMark theCase={data} />
    </span>
  )
}

const sourceIcons: Readonly<Record<CaseSource, Icon>> = {
  mail: IconMail,
  phone: IconPhone,
  web: IconWorld,
  internal: IconHome,
  other: IconDots,
}

export function SourceCell({ data }: CellProps) {
  const t = useWords()
  if (!data) return null
  const Picture = sourceIcons[data.source]
  const name = t(`case.source.${data.source}`)
  return (
    <span className={styles.source} title={name}>
      <Picture size={15} stroke={1.6} role="img" aria-label={name} />
    </span>
  )
}

export function AgeCell({ data }: CellProps) {
  const t = useWords()
  const language = useLanguage()
  const now = useNow()
  if (!data) return null
  const ageMs = Math.max(0, now - data.createdAt)
  return <span title={sayAge(t, ageMs, language)}>{shortLength(t, ageMs, language)}</span>
}

export function DueCell({ data }: CellProps) {
  return data ? <DueLeft theCase={data} /> : null
}

/** Who the first hint is, and the load after: «→ Анна П. 7/10». */
export function HintCell({ data }: CellProps) {
  const t = useWords()
  const { language } = usePlace()
  const sentence = useSentence()
  const world = useContext(NextWorld)
  const hint = data && world && bestHint(world, data)
  if (!data || !world) return null
  const employee = hint && world.index.employeeById.get(hint.employeeId)
  if (!hint || !employee) return <span className={styles.none}>{t('desk.row.nobody')}</span>
  const { loadAfter, limit, reasons, verdict } = hint.judgement
  const number = (value: number) => sayNumber(Math.round(value * 10) / 10, language)
  return (
    <span
      className={styles.hint}
      {...toldOnHover(() => `${employee.name}: ${reasons.map(sentence).join(', ')}`)}
    >
      {verdict !== 'ok' && <VerdictIcon verdict={verdict} size={13} />}
      <span className={styles.text}>→ {shortName(employee.name)}</span>
      <span className={styles.load}>
        {number(loadAfter)}/{number(limit)}
      </span>
    </span>
  )
}
