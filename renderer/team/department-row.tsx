import { IconAlertCircle, IconChevronRight } from '@tabler/icons-react'
import { sayNumber } from '../../core/words/say.ts'
import { departmentTarget } from '../state/drops.ts'
import type { TeamNode } from '../state/team.ts'
import { useDrag } from '../ui/drag/drag-state.ts'
import { shortName } from '../ui/format.ts'
import { LoadBar } from '../ui/load-bar.tsx'
import { useLanguage } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { toggle, useExpanded } from './expanded.ts'
import styles from './department-row.module.css'

interface Props {
  readonly node: TeamNode
  readonly canFold: boolean
  readonly isWide?: boolean
}

/** A department: its head, the load of everybody in it and below; a drop target. */
export function DepartmentRow({ node, canFold, isWide = false }: Props) {
  const t = useWords()
  const { departmentId, name } = node.department
  const target = departmentTarget(departmentId)
  const isOver = useDrag(drag => drag.over === target)
  const isOpen = useExpanded(departmentId)
  return (
    <div
      className={styles.row}
      data-drop={target}
      data-over={isOver || undefined}
      data-wide={isWide || undefined}
    >
      {canFold ? (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isOpen}
          aria-label={name}
          onClick={() => toggle(departmentId)}
        >
          <IconChevronRight size={14} aria-hidden />
        </button>
      ) : (
        <span className={styles.noFold} />
      )}
      <span className={styles.name} title={name}>
        {name}
        <span className={styles.head}>
          {node.head
            ? t('desk.department.head', { name: shortName(node.head.name) })
            : t('desk.department.noHead')}
        </span>
      </span>
      {node.overdue > 0 && (
        <span className={styles.overdue} title={t('desk.count.overdue')}>
          <IconAlertCircle size={13} stroke={1.7} role="img" aria-label={t('desk.count.overdue')} />
          {node.overdue}
        </span>
      )}
      <RolledLoad node={node} />
    </div>
  )
}

function RolledLoad({ node: { points, limit, count } }: { node: TeamNode }) {
  const t = useWords()
  const language = useLanguage()
  const say = (value: number) => sayNumber(value, language)
  const title = t('desk.department.load', { points: say(points), limit: say(limit), count })
  return (
    <span className={styles.load} title={title} role="img" aria-label={title}>
      <LoadBar points={points} limit={limit} />
      <span>
        {say(points)}/{say(limit)}
      </span>
    </span>
  )
}
