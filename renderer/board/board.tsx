import { type MouseEvent, type PointerEvent, useRef } from 'react'
import type { CaseId } from '../../core/domain/id.ts'
import type { Column } from '../../core/domain/stage.ts'
import { carryOut } from '../state/drops.ts'
import { carriedWith, openCase, select, useView } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { watchPress } from '../ui/drag/drag-motion.ts'
import { pressOnBoard, toggle } from './board-keys.ts'
import { BoardColumn } from './column.tsx'
import { Glide } from './glide.tsx'
import { useFocus } from './use-focus.ts'
import { useLanes } from './use-span.ts'
import { caseNamed, casesBetween } from './walk.ts'
import styles from './board.module.css'

interface Props {
  readonly world: World
  readonly columns: readonly Column[]
}

/** The columns side by side; cards are carried between them with the pointer or with keys. */
export function Board({ world, columns }: Props) {
  const board = useRef<HTMLDivElement>(null)
  const lanes = useLanes(board, columns.length)
  const focusedId = useView(view => view.focusedId)
  const { focus, onFocus, onBlur } = useFocus(board, columns)
  const pointed = ({ target }: { readonly target: EventTarget }): CaseId | null => {
    const card = target instanceof Element ? target.closest<HTMLElement>('[data-case]') : null
    return caseNamed(columns, card?.dataset['case'])
  }
  const lift = (event: PointerEvent<HTMLElement>) => {
    const caseId = pointed(event)
    if (caseId === null) return
    if (event.shiftKey) pickUpTo(columns, caseId)
    watchPress(event.nativeEvent, event.currentTarget, {
      lift: () => carriedWith(caseId),
      drop: carryOut,
    })
  }
  const click = (event: MouseEvent) => {
    const caseId = pointed(event)
    if (caseId === null) return
    if (event.ctrlKey || event.metaKey) toggle(caseId)
    else if (!event.shiftKey) select(new Set())
  }
  const open = (event: MouseEvent) => {
    const caseId = pointed(event)
    if (caseId !== null) openCase(caseId)
  }
  return (
    <div
      ref={board}
      className={styles.board}
      onKeyDown={event => pressOnBoard(event, { columns, lanes, focus })}
      onPointerDownCapture={lift}
      onClick={click}
      onDoubleClick={open}
      onFocus={onFocus}
      onBlur={onBlur}
    >
      <Glide columns={columns}>
        {columns.map(column => (
          <BoardColumn
            key={column.stage.stageId}
            column={column}
            world={world}
            lanes={lanes}
            focusedId={column.cases.some(({ caseId }) => caseId === focusedId) ? focusedId : null}
          />
        ))}
      </Glide>
    </div>
  )
}

/** With Shift: everything of the column from the card in focus to this one. */
function pickUpTo(columns: readonly Column[], caseId: CaseId): void {
  const { focusedId, selection } = useView.getState()
  const between = focusedId === null ? [caseId] : casesBetween(columns, focusedId, caseId)
  select(new Set([...selection, ...between]))
}
