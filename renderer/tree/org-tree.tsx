import { useEffect, useRef } from 'react'
import { putListHere } from '../state/list-focus.ts'
import { focusCase } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { selectedOf, useInHand } from '../ui/in-hand.ts'
import { useWords } from '../ui/use-words.ts'
import { scrollToRow, useVisibleRows } from '../ui/visible-rows.ts'
import { lineId, OrgTreeLine } from './org-line.tsx'
import type { OrgLine } from './org-lines.ts'
import { pressInTree } from './tree-keys.ts'
import { goToLine, openLine, useTree } from './tree-state.ts'
import styles from './org-tree.module.css'

const rowPx = 32
const headPx = 36

interface Props {
  readonly world: World
  readonly lines: readonly OrgLine[]
}

/** The tree as a table with levels; only the lines in sight are drawn. */
export function OrgTree({ world, lines }: Props) {
  const t = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const { first, end } = useVisibleRows(scroller, lines.length, rowPx)
  const at = useTree(tree =>
    Math.max(
      0,
      lines.findIndex(({ key }) => key === tree.atKey),
    ),
  )
  const inHand = useInHand(selectedOf)
  useEffect(() => {
    if (scroller.current) scrollToRow(scroller.current, at, { rowPx, headPx })
  }, [at])
  return (
    <div
      ref={scroller}
      className={styles.table}
      role="treegrid"
      tabIndex={0}
      data-autoscroll
      data-org-tree
      aria-label={t('org.table')}
      aria-rowcount={lines.length + 1}
      aria-activedescendant={at >= first && at < end ? lineId(at) : undefined}
      onFocus={({ currentTarget }) => {
        focusCase(null)
        if (useTree.getState().atKey === null && lines[0]) goToLine(lines[0].key)
        putListHere({ focus: () => currentTarget.focus() })
      }}
      onKeyDown={event => pressInTree(event, lines)}
      onClick={({ target }) => {
        const line = lineUnder(target, lines)
        if (line) goToLine(line.key)
        if (line && line.kind !== 'vacancy' && line.kind !== 'outside') openLine(line.key)
      }}
    >
      <div role="row" aria-rowindex={1} className={styles.head}>
        <div role="columnheader" className={styles.headName}>
          {t('org.column.name')}
        </div>
        <div role="columnheader">{t('org.column.now')}</div>
        <div role="columnheader" className={styles.headLoad}>
          {t('org.column.load')}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: lines.length * rowPx }}>
        {lines.slice(first, end).map((line, place) => (
          <OrgTreeLine
            key={line.key}
            world={world}
            line={line}
            row={first + place}
            top={(first + place) * rowPx}
            inHand={inHand}
          />
        ))}
      </div>
    </div>
  )
}

function lineUnder(target: EventTarget, lines: readonly OrgLine[]): OrgLine | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return lines[Number(row?.dataset['row'])] ?? null
}
