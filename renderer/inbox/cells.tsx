import {
  IconAlertCircle,
  IconChevronsUp,
  IconClock,
  IconClockHour4,
  IconCloudUp,
  IconDots,
  IconGitCompare,
  IconHome,
  type Icon,
  IconMail,
  IconPhone,
  IconWorld,
} from '@tabler/icons-react'
import { useContext } from 'react'
import type { Case, CaseSource } from '../../core/domain/case.ts'
import { sayAge, sayDate, sayLeft, sayTime } from '../../core/words/say.ts'
import { useNow } from '../state/now.ts'
import { useReplica } from '../state/replica.ts'
import { bestHint } from '../state/select.ts'
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

const soonMs = 2 * 3_600_000
const highPriority = 2

export function SubjectCell({ data }: CellProps) {
  const t = useWords()
  const pending = useReplica(replica => data && replica.pending[data.caseId])
  if (!data) return null
  const isConflict = pending === 'conflict'
  const Waits = isConflict ? IconGitCompare : IconCloudUp
  return (
    <span className={styles.subject} title={data.subject}>
      {data.priority >= highPriority && (
        <IconChevronsUp
          size={15}
          className={styles.urgent}
          role="img"
          aria-label={t(`case.priority.${data.priority}`)}
        />
      )}
      <span className={styles.text}>{data.subject}</span>
      {pending && (
        <Waits
          size={14}
          className={isConflict ? styles.conflict : styles.pending}
          role="img"
          aria-label={t(isConflict ? 'desk.row.conflict' : 'desk.row.unsent')}
        />
      )}
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

/** How long until the due, or since it: by words and a picture, the colour only adds to them. */
export function DueCell({ data }: CellProps) {
  const t = useWords()
  const place = usePlace()
  if (!data) return null
  if (data.dueAt === null) return <span className={styles.none}>—</span>
  const leftMs = data.dueAt - place.now
  const tone = leftMs < 0 ? 'late' : leftMs < soonMs ? 'soon' : 'far'
  const Picture = { late: IconAlertCircle, soon: IconClockHour4, far: IconClock }[tone]
  const left = shortLength(t, leftMs, place.language)
  const full = `${sayDate(data.dueAt, place)}, ${sayTime(data.dueAt, place)} · ${sayLeft(t, leftMs, place.language)}`
  return (
    <span className={styles.due} data-tone={tone} title={full}>
      <Picture size={14} stroke={1.8} aria-hidden />
      <span>{tone === 'late' ? t('desk.row.late', { left }) : left}</span>
    </span>
  )
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
  const number = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 })
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
