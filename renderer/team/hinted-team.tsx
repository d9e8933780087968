import { useMemo, useState } from 'react'
import { judge } from '../../core/domain/assign.ts'
import type { Case } from '../../core/domain/case.ts'
import type { Hint } from '../../core/domain/hint.ts'
import type { Employee } from '../../core/domain/org.ts'
import { type TeamNode, teamOf } from '../state/team.ts'
import type { World } from '../state/world.ts'
import { useDrag } from '../ui/drag/drag-state.ts'
import { useGrowing } from '../ui/use-growing.ts'
import { useWords } from '../ui/use-words.ts'
import { DepartmentRow } from './department-row.tsx'
import { PersonRow } from './person-row.tsx'
import styles from './hinted-team.module.css'

interface Props {
  readonly world: World
  readonly cases: readonly Case[]
  readonly hints: readonly Hint[]
}

/** Everybody, the best first, and below them the departments a case may be passed to. */
export function HintedTeam({ world, cases, hints }: Props) {
  const t = useWords()
  const ordered = useStill(hints, cases)
  const { count, sentinel } = useGrowing(ordered.length)
  const me = world.index.employeeById.get(world.drop.me)
  const departments = useMemo(() => teamOf(world).flatMap(flat), [world])
  return (
    <>
      <ol className={styles.people} aria-label={t('desk.team.hints')}>
        {ordered.slice(0, count).map(hint => {
          const employee = world.index.employeeById.get(hint.employeeId)
          return (
            employee && (
              <PersonRow
                key={hint.employeeId}
                world={world}
                employee={employee}
                hint={hint}
                cases={cases}
              />
            )
          )
        })}
        {count < ordered.length && <li ref={sentinel} aria-hidden className={styles.more} />}
        {me && (
          <PersonRow world={world} employee={me} hint={hintOf(world, me, cases)} cases={cases} />
        )}
      </ol>
      <h3 className={styles.title}>{t('desk.team.departments')}</h3>
      {departments.map(node => (
        <DepartmentRow key={node.department.departmentId} node={node} canFold={false} />
      ))}
    </>
  )
}

/** The head is offered last and without a number: taking has a key of its own. */
const hintOf = (world: World, me: Employee, cases: readonly Case[]): Hint => ({
  employeeId: me.employeeId,
  judgement: judge(cases, me, world.drop),
  isAcquainted: false,
  key: null,
})

const flat = (node: TeamNode): readonly TeamNode[] => [node, ...node.children.flatMap(flat)]

/** While these cases hang over the list nobody changes places, whatever arrives meanwhile. */
function useStill(hints: readonly Hint[], cases: readonly Case[]): readonly Hint[] {
  const isDragging = useDrag(drag => drag.caseIds !== null)
  const key = isDragging ? cases.map(({ caseId }) => caseId).join() : null
  const [still, setStill] = useState<{ key: string; order: readonly Hint[] } | null>(null)
  if (key === null) {
    if (still) setStill(null)
    return hints
  }
  if (still?.key !== key) setStill({ key, order: hints })
  const order = still?.key === key ? still.order : hints
  const places = new Map(order.map(({ employeeId }, place) => [employeeId, place]))
  const placeOf = ({ employeeId }: Hint) => places.get(employeeId) ?? places.size
  return hints.toSorted((a, b) => placeOf(a) - placeOf(b))
}
