import type { ColDef, ValueGetterParams } from 'ag-grid-community'
import type { TFunction } from 'i18next'
import type { Case } from '../../core/domain/case.ts'
import { weightOf } from '../../core/domain/load.ts'
import { useReplica } from '../state/replica.ts'
import { byInboxOrder } from '../state/select.ts'
import { AgeCell, DueCell, HintCell, SourceCell, SubjectCell } from './cells.tsx'

/** Asked at every drawing: kinds and weights may change after the columns were made. */
const kindsNow = () => useReplica.getState().kinds

type Row = ValueGetterParams<Case>

const digitPx = 8.5
const widestNumberPx = 130

/** The columns of «Начало»; `numberLength`: characters of the longest number to be expected. */
export function columnsOf(t: TFunction, numberLength: number): ColDef<Case>[] {
  const name = (column: string) => t(`desk.column.${column}`)
  const [number, ...rest] = columnsOfCase(name)
  const width = Math.min(widestNumberPx, 24 + digitPx * numberLength)
  return [{ ...number, width }, ...rest, ...columnsOfDecision(name)]
}

type Name = (column: string) => string

/** What it is about and whose. */
function columnsOfCase(name: Name): ColDef<Case>[] {
  const kindName = ({ data }: Row) => (data?.kindId && kindsNow().get(data.kindId)?.name) || ''
  return [
    {
      colId: 'number',
      headerName: name('number'),
      valueGetter: ({ data }: Row) => data?.number ?? '',
      cellClass: 'desk-number',
      comparator: (a: string, b: string) => a.localeCompare(b, 'ru', { numeric: true }),
    },
    {
      colId: 'subject',
      headerName: name('subject'),
      // A cell is drawn anew when its value changes: the mark of a priority belongs to it.
      valueGetter: ({ data }: Row) => (data ? `${data.subject}\n${data.priority}` : ''),
      flex: 3,
      minWidth: 120,
      cellRenderer: SubjectCell,
    },
    {
      colId: 'client',
      headerName: name('client'),
      valueGetter: ({ data }: Row) => data?.clientName ?? '',
      tooltipValueGetter: ({ value }: { value?: string | null }) => value || null,
      flex: 1,
      minWidth: 96,
      cellClass: 'desk-quiet',
    },
    {
      colId: 'kind',
      headerName: name('kind'),
      valueGetter: kindName,
      tooltipValueGetter: ({ value }: { value?: string | null }) => value || null,
      flex: 0.8,
      minWidth: 80,
      cellClass: 'desk-quiet',
    },
    {
      colId: 'source',
      headerName: name('source'),
      headerClass: 'desk-unwritten',
      valueGetter: ({ data }: Row) => data?.source ?? '',
      width: 34,
      cellRenderer: SourceCell,
      resizable: false,
    },
  ]
}

/** What the decision hangs on; the column of the due carries the order of the whole list. */
function columnsOfDecision(name: Name): ColDef<Case>[] {
  return [
    {
      colId: 'age',
      headerName: name('age'),
      valueGetter: ({ data }: Row) => -(data?.createdAt ?? 0),
      width: 66,
      cellClass: 'desk-quiet',
      cellRenderer: AgeCell,
    },
    {
      colId: 'due',
      headerName: name('due'),
      valueGetter: ({ data }: Row) => data?.dueAt ?? null,
      width: 84,
      cellRenderer: DueCell,
      initialSort: 'asc',
      comparator: (_a, _b, one, other) =>
        one.data && other.data ? byInboxOrder(one.data, other.data) : 0,
    },
    {
      colId: 'weight',
      headerName: name('weight'),
      valueGetter: ({ data }: Row) => (data ? weightOf(data, kindsNow()) : 0),
      width: 44,
      cellClass: 'desk-quiet desk-right',
      headerClass: 'desk-right',
    },
    {
      colId: 'hint',
      headerName: name('hint'),
      flex: 1.1,
      minWidth: 156,
      maxWidth: 228,
      sortable: false,
      cellRenderer: HintCell,
    },
  ]
}
