import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useDeferredValue, useMemo } from 'react'
import type { Heat } from '../../core/domain/heat.ts'
import { type Place, sayDay, sayNumber, sayWeekday } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { casesOf, useWorld } from '../state/select.ts'
import { useView } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { HeldCases } from '../ui/held-cases.tsx'
import { Keycaps } from '../ui/keycaps.tsx'
import { usePlace } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import { HeatGrid } from './heat-grid.tsx'
import { type CellPlace, type HeatMode, openCell, setMode, useHeat } from './heat-state.ts'
import { type Cell, type Column, type HeatTable, heatTable, type PersonLine } from './heat-table.ts'
import styles from './heatmap-view.module.css'

interface Props {
  /** «Начало», to give from while the load is in sight. */
  readonly inbox: ReactNode
}

/** «Загрузка»: everybody's days or kinds of work; a cell opens its cases and takes what is dropped on it. */
export function HeatmapView({ inbox }: Props) {
  const t = useWords()
  const world = useDeferredValue(useWorld(), null)
  const cases = useDeferredValue(useReplica(replica => replica.cases))
  const mode = useHeat(heat => heat.mode)
  const open = useHeat(heat => heat.open)
  const table = useMemo(
    () => (world ? heatTable(world, cases.values(), mode) : null),
    [world, cases, mode],
  )
  if (!world || !table) return <section className={styles.view} aria-label={t('heat.title')} />
  return (
    <section className={styles.view} aria-label={t('heat.title')}>
      <div className={styles.main}>
        <header className={styles.head}>
          <h1 className={styles.title}>{t('heat.title')}</h1>
          <ModeSwitch mode={mode} />
          <Legend mode={mode} />
        </header>
        {table.lines.length > 0 ? (
          <HeatGrid world={world} table={table} />
        ) : (
          <p className={styles.empty}>{t('heat.empty')}</p>
        )}
        <AtLine table={table} mode={mode} />
      </div>
      {open ? (
        <OpenCell
          key={`${open.employeeId} ${open.columnId}`}
          world={world}
          table={table}
          open={open}
        />
      ) : (
        inbox
      )}
    </section>
  )
}

function ModeSwitch({ mode }: { readonly mode: HeatMode }) {
  const t = useWords()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('heat.mode')}
      value={mode}
      data={[
        { value: 'days', label: t('heat.days') },
        { value: 'kinds', label: t('heat.kinds') },
      ]}
      onChange={value => setMode(value === 'days' ? 'days' : 'kinds')}
    />
  )
}

const levels: readonly Heat[] = ['idle', 'good', 'high', 'over']

function Legend({ mode }: { readonly mode: HeatMode }) {
  const t = useWords()
  return (
    <ul className={styles.legend} aria-label={t('heat.legend')}>
      {levels.map(level => (
        <li key={level} title={t(`heat.levelOf.${mode}.${level}`)}>
          <span className={styles.sample} data-heat={level} aria-hidden />
          {t(`heat.level.${level}`)}
        </li>
      ))}
    </ul>
  )
}

const columnName = (column: Column, place: Place, all: string): string => {
  if (column.kind === 'kind') return column.name
  if (column.kind === 'all') return all
  return `${sayWeekday(column.columnId, place)} ${sayDay(column.columnId, place)}`
}

interface OpenCellProps {
  readonly world: World
  readonly table: HeatTable
  readonly open: CellPlace
}

/** The cases of the opened cell, in the order of work. */
function OpenCell({ world, table, open }: OpenCellProps) {
  const t = useWords()
  const place = usePlace()
  const all = useReplica(replica => replica.cases)
  const column = table.columns.findIndex(({ columnId }) => columnId === open.columnId)
  const line = table.lines.find(
    one => one.kind === 'person' && one.employee.employeeId === open.employeeId,
  )
  const head = table.columns[column]
  const isThere = line?.kind === 'person' && head !== undefined
  if (!isThere) return null
  const name = t('heat.cases', {
    name: line.employee.name,
    column: columnName(head, place, t('heat.all')),
  })
  return (
    <div ref={focusFirst} className={styles.side}>
      <HeldCases
        label={name}
        title={name}
        cases={casesOf(all, line.cells[column]?.caseIds ?? [])}
        now={world.now}
        onClose={close}
      />
    </div>
  )
}

const focusFirst = (side: HTMLElement | null): void =>
  side?.querySelector<HTMLElement>('[data-case]')?.focus()

function close(): void {
  openCell(null)
  document.querySelector<HTMLElement>('[data-heat-grid]')?.focus()
}

/** The cell of the keys in words, and what the keys would do with what is selected. */
function AtLine({ table, mode }: { readonly table: HeatTable; readonly mode: HeatMode }) {
  const t = useWords()
  const { row, column } = useHeat(heat => heat.at)
  const picked = useView(view => view.selection.size)
  const line = table.lines[row]
  const head = table.columns[column]
  const cell = line?.kind === 'person' ? line.cells[column] : undefined
  return (
    <footer className={styles.at}>
      <span role="status">
        {line?.kind === 'person' && head && cell && (
          <CellWords line={line} column={head} cell={cell} mode={mode} />
        )}
      </span>
      {picked > 0 && (
        <span className={styles.keys}>
          {t('heat.picked', { count: picked })} <Keycaps keys={['KeyG']} /> {t('desk.key.giveHere')}
        </span>
      )}
    </footer>
  )
}

interface CellWordsProps {
  readonly line: PersonLine
  readonly column: Column
  readonly cell: Cell
  readonly mode: HeatMode
}

function CellWords({ line, column, cell, mode }: CellWordsProps) {
  const t = useWords()
  const place = usePlace()
  const { part, whole, late, absence } = cell
  const say = (value: number) => sayNumber(Math.round(value * 10) / 10, place.language)
  const names = { name: line.employee.name, column: columnName(column, place, t('heat.all')) }
  if (absence) return t('heat.cell.absent', { ...names, why: t(`heat.absenceOf.${absence}`) })
  if (cell.heat === 'off') return t('heat.cell.off', names)
  const said = t(`heat.cell.${mode}`, { ...names, part: say(part), whole: say(whole) })
  return late > 0 ? `${said} · ${t('heat.late', { count: late })}` : said
}
