import { type PointerEvent, useEffect, useRef } from 'react'
import { sayDay, sayWeekday } from '../../core/words/say.ts'
import { putListHere } from '../state/list-focus.ts'
import { focusCase, useView } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { watchPress } from '../ui/drag/drag-motion.ts'
import { selectedOf, useInHand } from '../ui/in-hand.ts'
import { usePlace } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { scrollToRow, useVisibleRows } from '../ui/visible-rows.ts'
import { pressInTable } from './heat-keys.ts'
import { cellId, DepartmentLine, HeatLine } from './heat-line.tsx'
import { carriedFrom, giveTo, personAt } from './heat-moves.ts'
import { moveTo, openCell, useHeat } from './heat-state.ts'
import type { Column, HeatTable } from './heat-table.ts'
import styles from './heat-table.module.css'

const rowPx = 32
const headPx = 44

interface Props {
  readonly world: World
  readonly table: HeatTable
}

/** The table of people and columns; only the lines in sight are drawn. */
export function HeatGrid({ world, table }: Props) {
  const t = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const { first, end } = useVisibleRows(scroller, table.lines.length, rowPx)
  const at = useHeat(heat => heat.at)
  const inHand = useInHand(selectedOf)
  const selection = useView(view => view.selection)
  useFirstPerson(table)
  useEffect(() => keepInSight(scroller.current, at.row, at.column), [at])
  const isDrawn = at.row >= first && at.row < end
  return (
    <div
      ref={scroller}
      className={styles.table}
      role="grid"
      tabIndex={0}
      data-autoscroll
      data-heat-grid
      aria-label={t('heat.table')}
      aria-rowcount={table.lines.length + 1}
      aria-colcount={table.columns.length + 1}
      aria-multiselectable
      aria-activedescendant={isDrawn ? cellId(at.row, at.column) : undefined}
      data-mode={table.columns[0]?.kind === 'day' ? 'days' : 'kinds'}
      onFocus={({ currentTarget }) => {
        focusCase(null)
        putListHere({ focus: () => currentTarget.focus() })
      }}
      onKeyDown={event => {
        const pageRows = Math.floor((event.currentTarget.clientHeight - headPx) / rowPx)
        pressInTable(event, table, pageRows)
      }}
      onPointerDown={event => press(event, table)}
      onClick={({ target }) => {
        const cell = cellUnder(target, table)
        if (cell) openCell(cell.cell.caseIds.length > 0 ? cell.place : null)
      }}
    >
      <div role="row" aria-rowindex={1} className={styles.head}>
        <div role="columnheader" className={styles.corner}>
          {t('heat.person')}
        </div>
        {table.columns.map(column => (
          <ColumnHead key={column.columnId} column={column} />
        ))}
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: table.lines.length * rowPx }}>
        {table.lines.slice(first, end).map((line, place) => {
          const row = first + place
          return line.kind === 'department' ? (
            <DepartmentLine
              key={line.key}
              department={line.department}
              row={row}
              top={row * rowPx}
              columns={table.columns.length}
            />
          ) : (
            <HeatLine
              key={line.key}
              world={world}
              table={table}
              line={line}
              row={row}
              top={row * rowPx}
              inHand={inHand}
              selection={selection}
            />
          )
        })}
      </div>
    </div>
  )
}

function ColumnHead({ column }: { readonly column: Column }) {
  const t = useWords()
  const place = usePlace()
  if (column.kind === 'day')
    return (
      <div role="columnheader" className={styles.columnHead}>
        <span className={styles.weekday}>{sayWeekday(column.columnId, place)}</span>
        {sayDay(column.columnId, place)}
      </div>
    )
  const name = column.kind === 'all' ? t('heat.all') : column.name
  return (
    <div role="columnheader" className={styles.columnHead} title={name}>
      <span className={styles.kindName}>{name}</span>
    </div>
  )
}

/** The keys begin at a person, not at the name of a department. */
function useFirstPerson(table: HeatTable): void {
  useEffect(() => {
    const { row, column } = useHeat.getState().at
    if (table.lines[row]?.kind === 'person' && column < table.columns.length) return
    const first = personAt(table, 0, 1)
    if (first) moveTo(first.row, 0)
  }, [table])
}

function keepInSight(table: HTMLElement | null, row: number, column: number): void {
  if (!table) return
  scrollToRow(table, row, { rowPx, headPx })
  const cell = document.getElementById(cellId(row, column))
  const name = cell?.parentElement?.firstElementChild
  if (!cell || !(name instanceof HTMLElement)) return
  const left = cell.offsetLeft - name.offsetWidth
  const right = cell.offsetLeft + cell.offsetWidth - table.clientWidth
  if (left < table.scrollLeft) table.scrollLeft = left
  else if (right > table.scrollLeft) table.scrollLeft = right
}

function press(event: PointerEvent<HTMLElement>, table: HeatTable): void {
  const pressed = cellUnder(event.target, table)
  if (!pressed) return
  moveTo(pressed.row, pressed.column)
  watchPress(event.nativeEvent, event.currentTarget, {
    lift: () => carriedFrom(pressed.cell),
    drop: giveTo,
  })
}

function cellUnder(target: EventTarget, table: HeatTable) {
  const id = target instanceof Element ? target.closest('[role=gridcell]')?.id : undefined
  const [, row, column] = /^heat-(\d+)-(\d+)$/.exec(id ?? '')?.map(Number) ?? []
  const line = row === undefined ? undefined : table.lines[row]
  if (row === undefined || column === undefined || line?.kind !== 'person') return null
  const cell = line.cells[column]
  const columnId = table.columns[column]?.columnId
  if (!cell || columnId === undefined) return null
  return { row, column, cell, place: { employeeId: line.employee.employeeId, columnId } }
}
