import { useWorld } from '../state/select.ts'
import { useView } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { useWords } from '../ui/use-words.ts'
import { BoardFilters } from './board-filters.tsx'
import { Board } from './board.tsx'
import { everything, useFilter } from './filter.ts'
import { useColumns } from './use-columns.ts'
import styles from './board.module.css'

/** «Канбан»: the cases of the department by stage. */
export function BoardView() {
  const world = useWorld()
  return world && <InWorld world={world} />
}

function InWorld({ world }: { readonly world: World }) {
  const t = useWords()
  const columns = useColumns(world)
  const picked = useView(view => view.selection.size)
  const total = columns.reduce((sum, { cases }) => sum + cases.length, 0)
  return (
    <section className={styles.view} aria-label={t('desk.view.board')}>
      <header className={styles.head}>
        <h1 className={styles.title}>
          {t('desk.view.board')} <span className={styles.count}>{total}</span>
        </h1>
        {picked > 0 && (
          <span className={styles.picked}>{t('desk.picked', { count: picked, total })}</span>
        )}
        <BoardFilters world={world} />
      </header>
      {total > 0 ? <Board world={world} columns={columns} /> : <Nothing />}
    </section>
  )
}

function Nothing() {
  const t = useWords()
  const { departmentId, person } = useFilter()
  const isFiltered = departmentId !== null || person !== null
  return (
    <div className={styles.nothing}>
      <p>{t(isFiltered ? 'board.nothingFiltered' : 'board.nothing')}</p>
      {isFiltered && (
        <button type="button" className={styles.all} onClick={() => useFilter.setState(everything)}>
          {t('board.showAll')}
        </button>
      )}
    </div>
  )
}
