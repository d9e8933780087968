import { useMemo } from 'react'
import { type TeamNode, teamOf } from '../state/team.ts'
import type { World } from '../state/world.ts'
import { useGrowing } from '../ui/use-growing.ts'
import { DepartmentRow } from './department-row.tsx'
import { useExpanded } from './expanded.ts'
import { PersonRow } from './person-row.tsx'
import styles from './team-tree.module.css'

/** The departments of the scope with their people. */
export function TeamTree({ world }: { readonly world: World }) {
  const team = useMemo(() => teamOf(world), [world])
  return team.map(node => (
    <Branch key={node.department.departmentId} node={node} world={world} isTop />
  ))
}

interface BranchProps {
  readonly node: TeamNode
  readonly world: World
  readonly isTop?: boolean
}

function Branch({ node, world, isTop = false }: BranchProps) {
  const isExpanded = useExpanded(node.department.departmentId)
  const isOpen = isTop || isExpanded
  return (
    <section className={styles.branch} aria-label={node.department.name}>
      <DepartmentRow node={node} canFold={!isTop} />
      {isOpen && (
        <div className={isTop ? undefined : styles.inner}>
          <People node={node} world={world} />
          {node.children.map(child => (
            <Branch key={child.department.departmentId} node={child} world={world} />
          ))}
        </div>
      )}
    </section>
  )
}

function People({ node, world }: BranchProps) {
  const { count, sentinel } = useGrowing(node.people.length)
  return (
    <ul className={styles.people}>
      {node.people.slice(0, count).map(employee => (
        <PersonRow
          key={employee.employeeId}
          world={world}
          employee={employee}
          isHead={employee.employeeId === node.head?.employeeId}
        />
      ))}
      {count < node.people.length && <li ref={sentinel} aria-hidden className={styles.more} />}
    </ul>
  )
}
