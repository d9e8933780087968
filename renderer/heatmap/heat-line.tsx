import { memo, useMemo } from 'react'
import { judge } from '../../core/domain/assign.ts'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import type { Department } from '../../core/domain/org.ts'
import { sayNumber } from '../../core/words/say.ts'
import { departmentTarget, personTarget } from '../state/drops.ts'
import type { World } from '../state/world.ts'
import { useDrag } from '../ui/drag/drag-state.ts'
import { useLanguage } from '../ui/use-words.ts'
import { VerdictIcon } from '../ui/verdict.tsx'
import { HeatCell } from './heat-cell.tsx'
import { useHeat } from './heat-state.ts'
import { cellsWith, type HeatTable, type PersonLine } from './heat-table.ts'
import styles from './heat-table.module.css'

interface Props {
  readonly world: World
  readonly table: HeatTable
  readonly line: PersonLine
  readonly row: number
  readonly top: number
  /** What is dragged or selected: what giving it here would mean is shown. */
  readonly inHand: readonly Case[]
  readonly selection: ReadonlySet<CaseId>
}

export const cellId = (row: number, column: number) => `heat-${row}-${column}`

/** One person: name, load and cells; all of it is a drop target. */
export const HeatLine = memo(function HeatLine(props: Props) {
  const { world, table, line, row, top, inHand, selection } = props
  const target = personTarget(line.employee.employeeId)
  const isOver = useDrag(drag => drag.over === target)
  const at = useHeat(heat => (heat.at.row === row ? heat.at.column : null))
  const open = useHeat(heat =>
    heat.open?.employeeId === line.employee.employeeId ? heat.open.columnId : null,
  )
  const isDragging = useDrag(drag => drag.caseIds !== null)
  const isMeant = isDragging ? isOver : at !== null
  const after = useAfter(world, table, line, isMeant ? inHand : nothing)
  const judgement = inHand.length > 0 ? judge(inHand, line.employee, world.drop) : null
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.row}
      style={{ top }}
      data-drop={target}
      data-over={isOver || undefined}
      data-verdict={judgement?.verdict}
    >
      <div role="rowheader" className={styles.name} title={line.employee.name}>
        <span className={styles.who}>{line.employee.name}</span>
        {judgement && <VerdictIcon verdict={judgement.verdict} size={13} />}
        <Points line={line} after={judgement?.loadAfter} />
      </div>
      {line.cells.map((cell, column) => (
        <HeatCell
          key={table.columns[column]?.columnId}
          cell={cell}
          after={after?.[column]}
          id={cellId(row, column)}
          isAt={at === column}
          isOpen={open !== null && open === table.columns[column]?.columnId}
          isPicked={selection.size > 0 && cell.caseIds.some(caseId => selection.has(caseId))}
        />
      ))}
    </div>
  )
})

const nothing: readonly Case[] = []

/** The cells with what hangs over the person laid in. */
function useAfter(world: World, table: HeatTable, line: PersonLine, inHand: readonly Case[]) {
  return useMemo(() => {
    const { employeeId } = line.employee
    const added = inHand.filter(one => one.responsibleId !== employeeId)
    return added.length > 0 ? cellsWith(world, line, [...line.held, ...added], table) : null
  }, [world, table, line, inHand])
}

function Points({
  line,
  after,
}: {
  readonly line: PersonLine
  readonly after: number | undefined
}) {
  const language = useLanguage()
  const say = (value: number) => sayNumber(value, language)
  const { points, limit } = line.load
  const isMoving = after !== undefined && after !== points
  return (
    <span className={styles.points}>
      {isMoving && <span className={styles.before}>{say(points)} → </span>}
      {say(isMoving ? after : points)}/{say(limit)}
    </span>
  )
}

interface DepartmentProps {
  readonly department: Department
  readonly row: number
  readonly top: number
  readonly columns: number
}

/** The name of a department above its people; a drop target too. */
export function DepartmentLine({ department, row, top, columns }: DepartmentProps) {
  const target = departmentTarget(department.departmentId)
  const isOver = useDrag(drag => drag.over === target)
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.department}
      style={{ top }}
      data-drop={target}
      data-over={isOver || undefined}
    >
      <div role="rowheader" aria-colspan={columns + 1} className={styles.departmentName}>
        {department.name}
      </div>
    </div>
  )
}
