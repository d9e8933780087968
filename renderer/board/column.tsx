import { memo, useRef } from 'react'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import type { Column } from '../../core/domain/stage.ts'
import { sayNumber } from '../../core/words/say.ts'
import { knownCases, useClosedLately } from '../state/closed-lately.ts'
import { dropOn, stageTarget } from '../state/drops.ts'
import { casesOf, currentWorld } from '../state/select.ts'
import type { World } from '../state/world.ts'
import { useDrag } from '../ui/drag/drag-state.ts'
import { useLanguage } from '../ui/sentence.ts'
import { useStageName } from '../ui/stage-name.ts'
import { useWords } from '../ui/use-words.ts'
import { Card } from './card.tsx'
import { rowPx, useSpan } from './use-span.ts'
import styles from './board.module.css'

interface Props {
  readonly column: Column
  readonly world: World
  readonly lanes: number
  /** The card of this column the keys are on; null: they are in another one. */
  readonly focusedId: CaseId | null
}

/** One stage with its cases; a drop target, and its cards a list one walks with the keys. */
export const BoardColumn = memo(function BoardColumn(props: Props) {
  const { column } = props
  const t = useWords()
  const name = useStageName()(column.stage)
  const target = stageTarget(column.stage.stageId)
  const over = useVerdict(target)
  return (
    <section
      className={styles.column}
      aria-label={t('board.column', { stage: name, count: column.cases.length })}
      data-drop={target}
      data-stage={column.stage.stageId}
      data-over={over !== null || undefined}
      data-verdict={over}
    >
      <ColumnHead column={column} name={name} />
      <Cards {...props} name={name} />
    </section>
  )
})

/** What letting go here would come to, while something hangs over it. */
function useVerdict(target: string): string | null {
  const caseIds = useDrag(drag => (drag.over === target ? drag.caseIds : null))
  const world = currentWorld()
  if (!caseIds || !world) return null
  return dropOn(world, casesOf(knownCases(), caseIds), target)?.verdict ?? null
}

function ColumnHead({ column, name }: { readonly column: Column; readonly name: string }) {
  const t = useWords()
  const language = useLanguage()
  const { stage, cases, points } = column
  const isClosed = stage.status === 'closed'
  const isMore = useClosedLately(closed => closed.isMore) && isClosed
  const count = sayNumber(cases.length, language)
  return (
    <header className={styles.columnHead}>
      <h2 className={styles.stage}>{name}</h2>
      {isClosed && <span className={styles.quiet}>{t('board.closedNote')}</span>}
      <span className={styles.count}>{isMore ? t('board.more', { count }) : count}</span>
      <span className={styles.quiet}>
        {t('case.points', { count: points, number: sayNumber(points, language) })}
      </span>
    </header>
  )
}

function Cards({ column, world, lanes, focusedId, name }: Props & { readonly name: string }) {
  const t = useWords()
  const list = useRef<HTMLDivElement>(null)
  const span = useSpan(list)
  const { cases } = column
  const focused = focusedId === null ? -1 : cases.findIndex(one => one.caseId === focusedId)
  const nameOf = ({ responsibleId }: Case) =>
    responsibleId === null ? null : (world.index.employeeById.get(responsibleId)?.name ?? '')
  return (
    <div ref={list} className={styles.cards} data-autoscroll>
      {cases.length === 0 && <p className={styles.empty}>{t('board.empty')}</p>}
      <ul
        className={styles.list}
        role="listbox"
        aria-multiselectable
        aria-label={name}
        hidden={cases.length === 0}
        style={{ height: Math.ceil(cases.length / lanes) * rowPx }}
      >
        {placesIn(span.from * lanes, span.to * lanes, focused, cases.length).map(place => {
          const theCase = cases[place]
          return (
            theCase && (
              <Card
                key={theCase.caseId}
                theCase={theCase}
                name={nameOf(theCase)}
                place={place}
                lanes={lanes}
                total={cases.length}
                isTabStop={place === Math.max(0, focused)}
              />
            )
          )
        })}
      </ul>
    </div>
  )
}

/** The places in sight, with the one in focus and the first, wherever they are. */
function placesIn(from: number, to: number, focused: number, total: number): readonly number[] {
  const places = new Set<number>()
  for (let place = from; place < Math.min(to, total); place += 1) places.add(place)
  places.add(0)
  if (focused >= 0) places.add(focused)
  return [...places].sort((a, b) => a - b)
}
