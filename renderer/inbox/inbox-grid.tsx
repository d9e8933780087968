import {
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  type GridApi,
  LocaleModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { memo, useMemo, useRef, useState } from 'react'
import type { Case } from '../../core/domain/case.ts'
import { carryOut } from '../state/drops.ts'
import { commandOf } from '../ui/keys.ts'
import { useWords } from '../ui/use-words.ts'
import { columnsOf } from './columns.ts'
import { useDrawing } from './drawing.ts'
import { gridText } from './grid-text.ts'
import { gridTheme } from './grid-theme.ts'
import type { List } from './list.ts'
import { listOf } from './list.ts'
import { type Drop, useListEvents } from './use-list-events.ts'
import { useRows } from './use-rows.ts'
import styles from './inbox-grid.module.css'

ModuleRegistry.registerModules([
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  LocaleModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
])

const selection = { mode: 'multiRow', selectAll: 'filtered' } as const
const selectionColumn = { width: 36, suppressMovable: true, resizable: false } as const
const everyColumn = {
  suppressKeyboardEvent: ({ event }: { event: KeyboardEvent }) => commandOf(event) !== null,
  suppressMovable: true,
  sortingOrder: ['asc' as const, 'desc' as const],
}

/** The first rows tell how long the numbers of this workspace are. */
const lookedAt = 30

/** Columns a narrow list does without, so that the due and the hint stay in sight. */
const spared = [
  { columns: ['kind', 'weight'], belowPx: 780 },
  { columns: ['client', 'source', 'age'], belowPx: 620 },
  { columns: ['hint'], belowPx: 460 },
]

function showWhatFits(api: GridApi<Case>, width: number): void {
  for (const { columns, belowPx } of spared) api.setColumnsVisible(columns, width >= belowPx)
}

interface Props {
  readonly cases: readonly Case[]
  readonly drop?: Drop
}

/** The dense list; it shows exactly the given cases and keeps its own order, focus and selection. */
export const InboxGrid = memo(function InboxGrid({ cases, drop = carryOut }: Props) {
  const t = useWords()
  const numberLength = Math.max(3, ...cases.slice(0, lookedAt).map(({ number }) => number.length))
  const columns = useMemo(() => columnsOf(t, numberLength), [t, numberLength])
  const wrapper = useRef<HTMLDivElement>(null)
  const [grid, setGrid] = useState<{ api: GridApi<Case>; list: List } | null>(null)
  const first = useRows(grid, cases, wrapper)
  const drawing = useDrawing(grid?.api ?? null)
  const events = useListEvents(grid, drop)
  return (
    <div ref={wrapper} className={styles.grid} {...events.wrapper}>
      <AgGridReact<Case>
        theme={gridTheme}
        columnDefs={columns}
        rowData={first}
        context={drawing}
        defaultColDef={everyColumn}
        getRowId={({ data }) => data.caseId}
        rowSelection={selection}
        selectionColumnDef={selectionColumn}
        deltaSort
        animateRows={false}
        // A row must be there when the focus goes to it, however far away it was.
        suppressAnimationFrame
        suppressNoRowsOverlay
        // Otherwise a narrow list is laid out without it and then sticks out by its width.
        alwaysShowVerticalScroll
        loading={false}
        getLocaleText={gridText}
        ensureDomOrder
        enableBrowserTooltips
        tabToNextCell={() => false}
        onGridSizeChanged={({ api, clientWidth }) => showWhatFits(api, clientWidth)}
        onGridReady={({ api }) => setGrid({ api, list: listOf(api) })}
        {...events.grid}
      />
    </div>
  )
})
