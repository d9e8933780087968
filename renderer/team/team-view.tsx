import { useMemo } from 'react'
import type { EmployeeId } from '../../core/domain/id.ts'
import { useWorld } from '../state/select.ts'
import { type TeamNode, teamOf } from '../state/team.ts'
import { showPerson, useView } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { useWords } from '../ui/use-words.ts'
import { DepartmentRow } from './department-row.tsx'
import { PersonCases } from './person-cases.tsx'
import { PersonRow } from './person-row.tsx'
import styles from './team-view.module.css'

/** Everybody of the scope at once, department by department, and what one of them holds. */
export function TeamView() {
  const t = useWords()
  const world = useWorld()
  const team = useMemo(() => (world ? teamOf(world) : []), [world])
  const personId = useView(view => view.personId)
  if (!world) return null
  const toggle = (employeeId: EmployeeId) => showPerson(employeeId === personId ? null : employeeId)
  return (
    <section className={styles.view} aria-label={t('desk.view.team')}>
      <div className={styles.people} data-autoscroll tabIndex={-1}>
        <h1 className={styles.title}>{t('desk.view.team')}</h1>
        {team.map(node => (
          <Group
            key={node.department.departmentId}
            node={node}
            world={world}
            level={0}
            personId={personId}
            onOpen={toggle}
          />
        ))}
      </div>
      {personId && <PersonCases world={world} employeeId={personId} />}
    </section>
  )
}

interface GroupProps {
  readonly node: TeamNode
  readonly world: World
  readonly level: number
  readonly personId: EmployeeId | null
  readonly onOpen: (employeeId: EmployeeId) => void
}

function Group({ node, world, level, personId, onOpen }: GroupProps) {
  return (
    <section className={styles.group} data-level={level} aria-label={node.department.name}>
      <DepartmentRow node={node} canFold={false} isWide />
      <ul className={styles.cards}>
        {node.people.map(employee => (
          <PersonRow
            key={employee.employeeId}
            world={world}
            employee={employee}
            isHead={employee.employeeId === node.head?.employeeId}
            isOpen={employee.employeeId === personId}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {node.children.map(child => (
        <Group
          key={child.department.departmentId}
          node={child}
          world={world}
          level={level + 1}
          personId={personId}
          onOpen={onOpen}
        />
      ))}
    </section>
  )
}
