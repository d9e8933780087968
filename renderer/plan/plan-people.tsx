import { useMemo } from 'react'
import type { PlanAnswer } from '../../core/contract.ts'
import type { Employee } from '../../core/domain/org.ts'
import { sayNumber } from '../../core/words/say.ts'
import { availabilityOf } from '../state/availability.ts'
import { byName } from '../state/by-name.ts'
import { personTarget } from '../state/drops.ts'
import { plannedWorld, sharesOf } from '../state/plan.ts'
import { useReplica } from '../state/replica.ts'
import { othersOf } from '../state/select.ts'
import type { World } from '../state/world.ts'
import { useDrag } from '../ui/drag/drag-state.ts'
import { LoadBar } from '../ui/load-bar.tsx'
import { useSentence, useShortSentence } from '../ui/sentence.ts'
import { useGrowing } from '../ui/use-growing.ts'
import { useLanguage, useWords } from '../ui/use-words.ts'
import styles from './plan.module.css'

interface Props {
  readonly answer: PlanAnswer
  readonly world: World
}

/** Everybody's load before and after, those who receive first; each is a drop target. */
export function PlanPeople({ answer, world }: Props) {
  const t = useWords()
  const cases = useReplica(replica => replica.cases)
  const shares = useMemo(() => sharesOf(answer, cases), [answer, cases])
  const after = plannedWorld(world, answer)
  const gets = ({ employeeId }: Employee) => shares.get(employeeId)?.length ?? 0
  const people = othersOf(world)
    .flatMap(id => world.index.employeeById.get(id) ?? [])
    .toSorted((a, b) => Number(gets(b) > 0) - Number(gets(a) > 0) || byName(a, b))
  const { count, sentinel } = useGrowing(people.length)
  return (
    <aside className={styles.people} aria-label={t('plan.people')} data-autoscroll tabIndex={-1}>
      <h2 className={styles.subtitle}>{t('plan.people')}</h2>
      <ul>
        {people.slice(0, count).map(employee => (
          <PersonLine
            key={employee.employeeId}
            employee={employee}
            count={gets(employee)}
            before={world}
            after={after}
          />
        ))}
        {count < people.length && <li ref={sentinel} aria-hidden className={styles.more} />}
      </ul>
    </aside>
  )
}

/** What keeps somebody from work altogether; a full one's bar speaks for itself. */
function WhyNone({ employee, world }: { readonly employee: Employee; readonly world: World }) {
  const sentence = useSentence()
  const short = useShortSentence()
  const reason = availabilityOf(world, employee)
  if (!reason || reason.code === 'freeAt') return null
  return (
    <span className={styles.none} title={sentence(reason)}>
      {short(reason)}
    </span>
  )
}

interface LineProps {
  readonly employee: Employee
  readonly count: number
  readonly before: World
  readonly after: World
}

function PersonLine({ employee, count, before, after }: LineProps) {
  const t = useWords()
  const language = useLanguage()
  const target = personTarget(employee.employeeId)
  const isOver = useDrag(drag => drag.over === target)
  const load = before.loads.get(employee.employeeId)
  const planned = after.loads.get(employee.employeeId)
  if (!load || !planned) return null
  const say = (value: number) => sayNumber(value, language)
  const told = {
    name: employee.name,
    before: say(load.points),
    after: say(planned.points),
    limit: say(load.limit),
  }
  return (
    <li
      className={styles.person}
      data-drop={target}
      data-over={isOver || undefined}
      data-gets={count > 0 || undefined}
      aria-label={t('plan.load', told)}
    >
      <span className={styles.line}>
        <span className={styles.name} title={employee.name}>
          {employee.name}
        </span>
        {count > 0 ? (
          <span className={styles.gets}>{t('plan.gets', { count })}</span>
        ) : (
          <WhyNone employee={employee} world={before} />
        )}
        <span className={styles.numbers}>
          {planned.points === load.points ? told.before : `${told.before} → ${told.after}`}
          <span className={styles.quiet}>/{told.limit}</span>
        </span>
      </span>
      <LoadBar points={load.points} after={planned.points} limit={load.limit} />
    </li>
  )
}
