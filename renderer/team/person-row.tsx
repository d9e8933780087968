import { IconArrowRight } from '@tabler/icons-react'
import { memo } from 'react'
import type { Case } from '../../core/domain/case.ts'
import type { Hint } from '../../core/domain/hint.ts'
import type { EmployeeId } from '../../core/domain/id.ts'
import type { Employee } from '../../core/domain/org.ts'
import { sayNumber } from '../../core/words/say.ts'
import { availabilityOf } from '../state/availability.ts'
import { carryOut, fittingOf, personTarget } from '../state/drops.ts'
import { useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { Counts } from '../ui/counts.tsx'
import { useDrag } from '../ui/drag/drag-state.ts'
import { LoadBar } from '../ui/load-bar.tsx'
import { useLanguage, useSentence, useShortSentence } from '../ui/sentence.ts'
import { toldOnHover } from '../ui/told-on-hover.ts'
import { useWords } from '../ui/use-words.ts'
import { VerdictIcon } from '../ui/verdict.tsx'
import styles from './person-row.module.css'

interface Props {
  readonly world: World
  readonly employee: Employee
  readonly isHead?: boolean
  /** What giving `cases` to this person would mean; absent: nothing is about to be given. */
  readonly hint?: Hint | undefined
  readonly cases?: readonly Case[]
  /** The name can be pressed to see what this person holds. */
  readonly onOpen?: (employeeId: EmployeeId) => void
  readonly isOpen?: boolean
}

/** One person: load, counts, availability; a drop target, and with a hint the way to give by a press. */
export const PersonRow = memo(function PersonRow(props: Props) {
  const { world, employee, hint } = props
  const target = personTarget(employee.employeeId)
  const isOver = useDrag(drag => drag.over === target)
  const closed = useReplica(replica => replica.closed[employee.employeeId])
  const load = world.loads.get(employee.employeeId)
  if (!load) return null
  const verdict = hint?.judgement.verdict
  return (
    <li
      className={styles.row}
      data-drop={target}
      data-over={isOver || undefined}
      data-verdict={verdict}
      aria-label={employee.name}
    >
      <span className={styles.line}>
        {hint && <KeyButton {...props} hint={hint} target={target} />}
        <PersonName {...props} />
        {verdict && <VerdictIcon verdict={verdict} />}
        <LoadNumbers points={load.points} limit={load.limit} after={hint?.judgement.loadAfter} />
      </span>
      <span className={styles.bar}>
        <LoadBar points={load.points} limit={load.limit} after={hint?.judgement.loadAfter} />
      </span>
      <span className={styles.line}>
        <Why {...props} isOver={isOver} />
        <Counts counts={load.counts} closed={closed} isBrief={hint !== undefined} />
      </span>
    </li>
  )
})

function PersonName({ employee, isHead, onOpen, isOpen }: Props) {
  const t = useWords()
  return (
    <span className={styles.name} title={employee.name}>
      {onOpen ? (
        <button
          type="button"
          className={styles.open}
          aria-expanded={isOpen ?? false}
          onClick={() => onOpen(employee.employeeId)}
        >
          {employee.name}
        </button>
      ) : (
        employee.name
      )}
      {isHead && <span className={styles.tag}>{t('desk.person.head')}</span>}
      {employee.isExternal && <span className={styles.tag}>{t('desk.person.external')}</span>}
    </span>
  )
}

function LoadNumbers({
  points,
  limit,
  after,
}: {
  points: number
  limit: number
  after: number | undefined
}) {
  const t = useWords()
  const language = useLanguage()
  const say = (value: number) => sayNumber(value, language)
  const isMoving = after !== undefined && after !== points
  const title = t('desk.person.load', { points: say(after ?? points), limit: say(limit) })
  return (
    <span className={styles.numbers} title={title} aria-label={title} role="img">
      {isMoving && <span className={styles.before}>{say(points)} →</span>}
      {say(after ?? points)}/{say(limit)}
    </span>
  )
}

const noCases: readonly Case[] = []

/** The number of the key; pressing it gives, as the key and the drop do. */
function KeyButton({
  employee,
  hint,
  cases = noCases,
  target,
}: Props & { hint: Hint; target: string }) {
  const t = useWords()
  const sentence = useSentence()
  const reasons = hint.judgement.reasons.map(sentence).join(', ')
  return (
    <button
      type="button"
      className={styles.key}
      aria-label={t(hint.key === null ? 'desk.person.give' : 'desk.person.giveByKey', {
        name: employee.name,
        reasons,
        digit: hint.key,
      })}
      onClick={event =>
        carryOut(
          cases.map(({ caseId }) => caseId),
          target,
          event.shiftKey,
        )
      }
    >
      {hint.key ?? <IconArrowRight size={12} aria-hidden />}
    </button>
  )
}

/** Working out how many fit is worth it for a handful, or for the one person under the pointer. */
const mostCounted = 60
const mostReasons = 2

interface WhyProps extends Props {
  readonly isOver: boolean
}

/** What keeps the person from working now, or what giving the cases would mean. */
function Why({ hint, ...person }: WhyProps) {
  return hint ? <WhyGive {...person} hint={hint} /> : <WhyNow {...person} />
}

function WhyNow({ world, employee }: Props) {
  const t = useWords()
  const sentence = useSentence()
  const short = useShortSentence()
  const reason = availabilityOf(world, employee)
  return (
    <span className={styles.why} title={reason ? sentence(reason) : undefined}>
      {reason ? short(reason) : t('desk.person.free')}
    </span>
  )
}

function WhyGive({ world, employee, hint, cases = noCases, isOver }: WhyProps & { hint: Hint }) {
  const t = useWords()
  const sentence = useSentence()
  const short = useShortSentence()
  const total = cases.length
  const fitting = total <= mostCounted || isOver ? fittingOf(cases, employee, world) : 0
  const isPart = fitting > 0 && fitting < total
  const told = hint.judgement.reasons.filter(({ code }) => code !== 'load').slice(0, mostReasons)
  const parts = isPart ? [t('desk.person.fits', { count: fitting, total })] : []
  const shown = [...parts, ...told.map(short)]
  return (
    <span className={styles.why} {...toldOnHover(() => told.map(sentence).join(', '))}>
      {shown.length > 0 ? shown.join(' · ') : t('desk.person.free')}
    </span>
  )
}
