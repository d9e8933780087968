import { type KeyboardEvent, useDeferredValue, useMemo, useRef } from 'react'
import type { Case } from '../../core/domain/case.ts'
import { lastLookAt } from '../state/last-look.ts'
import { pickWholeList } from '../state/list-focus.ts'
import { useNow } from '../state/now.ts'
import { useReplica } from '../state/replica.ts'
import { useInboxCases, useWorld } from '../state/select.ts'
import { useView } from '../state/view.ts'
import { commandOf, isTyping } from '../ui/keys.ts'
import { SearchField } from '../ui/search-field.tsx'
import { useWords } from '../ui/use-words.ts'
import { useCalm } from './calm.ts'
import { FilterChips } from './filter-chips.tsx'
import { filtered, fold, isFiltered, mineToDo } from './filtered.ts'
import { FoundElsewhere } from './found-elsewhere.tsx'
import { HeldBar } from './held-bar.tsx'
import { useHeld } from './held.ts'
import { InboxGrid } from './inbox-grid.tsx'
import { NextWorld } from './next-world.ts'
import { NothingHere } from './nothing-here.tsx'
import { PickedLine } from './picked-line.tsx'
import styles from './inbox.module.css'

/** «Начало»: the cases nobody is responsible for yet. */
export function Inbox() {
  const t = useWords()
  const list = useRef<HTMLDivElement>(null)
  const inbox = useInboxCases()
  const held = useHeld(inbox, useCalm(list))
  const mine = useMine()
  const filters = useView(view => view.filters)
  const base = filters.isMineOnly ? mine : held.shown
  const cases = useFiltered(base)
  const isSearching = useView(view => view.searchText !== '')
  // The rows stand before anybody's load is known.
  const world = useDeferredValue(useWorld(), null)
  const isNarrowed = isFiltered(filters) || isSearching
  return (
    <section className={styles.inbox} aria-label={t('desk.view.inbox')} onKeyDown={pickAll}>
      <header className={styles.head}>
        <h1 className={styles.title}>
          {filters.isMineOnly ? t('desk.filter.mine') : t('desk.view.inbox')}
          <span className={styles.count}>{filters.isMineOnly ? mine.length : inbox.length}</span>
        </h1>
        <SearchField />
        <FilterChips cases={base} />
      </header>
      <HeldBar count={filters.isMineOnly ? 0 : held.count} onShow={held.letIn} />
      <div ref={list} className={styles.list}>
        <NextWorld value={world}>
          <InboxGrid cases={cases} />
        </NextWorld>
        {cases.length === 0 && <NothingHere isNarrowed={isNarrowed} />}
      </div>
      <FoundElsewhere shown={cases} />
      <PickedLine total={cases.length} />
    </section>
  )
}

/** A press of a chip is often followed by «all»; what opens over the view keeps its keys. */
function pickAll(event: KeyboardEvent<HTMLElement>): void {
  const { currentTarget, target } = event
  const isInside = target instanceof Node && currentTarget.contains(target)
  if (event.defaultPrevented || !isInside || isTyping(target)) return
  if (commandOf(event)?.kind !== 'all') return
  event.preventDefault()
  pickWholeList()
}

function useMine(): readonly Case[] {
  const me = useReplica(replica => replica.me?.employeeId)
  const cases = useReplica(replica => replica.cases)
  const now = useNow()
  return useMemo(() => (me ? mineToDo(cases.values(), me, now) : []), [cases, me, now])
}

function useFiltered(cases: readonly Case[]): readonly Case[] {
  const filters = useView(view => view.filters)
  const searchText = useView(view => view.searchText)
  const found = useView(view => view.found)
  const now = useNow()
  return useMemo(() => {
    const foundIds = new Set(found?.cases.map(({ caseId }) => caseId))
    return filtered(cases, { filters, text: fold(searchText), foundIds, lastLookAt, now })
  }, [cases, filters, searchText, found, now])
}
