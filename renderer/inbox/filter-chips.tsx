import { Checkbox, Popover } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { isOverdue } from '../../core/domain/case-state.ts'
import type { Case } from '../../core/domain/case.ts'
import { lastLookAt } from '../state/last-look.ts'
import { focusList } from '../state/list-focus.ts'
import { useNow } from '../state/now.ts'
import { useReplica } from '../state/replica.ts'
import { filterBy, noFilters, useView } from '../state/view.ts'
import { useWords } from '../ui/use-words.ts'
import { isFiltered } from './filtered.ts'
import styles from './filter-chips.module.css'

/** What the list is narrowed to; every chip says how many it would leave. */
export function FilterChips({ cases }: { readonly cases: readonly Case[] }) {
  const t = useWords()
  const filters = useView(view => view.filters)
  const now = useNow()
  const overdue = useMemo(() => cases.filter(one => isOverdue(one, now)).length, [cases, now])
  const fresh = useMemo(() => cases.filter(one => one.createdAt > lastLookAt).length, [cases])
  return (
    <div className={styles.chips} role="group" aria-label={t('desk.filter.name')}>
      <KindChip cases={cases} />
      <SourceChip cases={cases} />
      <Chip
        isOn={filters.isOverdueOnly}
        onToggle={() => filterBy({ isOverdueOnly: !filters.isOverdueOnly })}
      >
        {t('desk.filter.overdue')} <b>{overdue}</b>
      </Chip>
      <Chip isOn={filters.isNewOnly} onToggle={() => filterBy({ isNewOnly: !filters.isNewOnly })}>
        {t('desk.filter.new')} <b>{fresh}</b>
      </Chip>
      <Chip
        isOn={filters.isMineOnly}
        onToggle={() => filterBy({ isMineOnly: !filters.isMineOnly })}
      >
        {t('desk.filter.mine')}
      </Chip>
      {isFiltered(filters) && (
        <button type="button" className={styles.clear} onClick={clear}>
          <IconX size={13} aria-hidden />
          {t('desk.filter.clear')}
        </button>
      )}
    </div>
  )
}

/** The button goes with the filters, so the keyboard needs another place. */
function clear(): void {
  filterBy(noFilters)
  focusList()
}

interface ChipProps {
  readonly isOn: boolean
  readonly onToggle: () => void
  readonly children: ReactNode
}

function Chip({ isOn, onToggle, children }: ChipProps) {
  return (
    <button type="button" className={styles.chip} aria-pressed={isOn} onClick={onToggle}>
      {children}
    </button>
  )
}

interface Option<Id extends string> {
  readonly id: Id
  readonly name: string
  readonly count: number
}

interface ChoiceChipProps<Id extends string> {
  readonly label: string
  readonly options: readonly Option<Id>[]
  readonly chosen: ReadonlySet<Id>
  readonly onChoose: (chosen: ReadonlySet<Id>) => void
}

function ChoiceChip<Id extends string>({ label, options, chosen, onChoose }: ChoiceChipProps<Id>) {
  const names = options.filter(({ id }) => chosen.has(id)).map(({ name }) => name)
  return (
    <Popover position="bottom-start" shadow="md" withRoles={false} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.chip}
          aria-pressed={chosen.size > 0}
          aria-haspopup="dialog"
        >
          <span className={styles.label}>{names.length > 0 ? names.join(', ') : label}</span>
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.options} aria-label={label} role="dialog">
        {options.map(({ id, name, count }) => (
          <Checkbox
            key={id}
            size="xs"
            checked={chosen.has(id)}
            label={
              <>
                {name} <span className={styles.many}>{count}</span>
              </>
            }
            onChange={({ currentTarget }) => {
              const next = new Set(chosen)
              if (currentTarget.checked) next.add(id)
              else next.delete(id)
              onChoose(next)
            }}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

function counted<Id extends string>(ids: Iterable<Id | null>, nameOf: (id: Id) => string) {
  const counts = new Map<Id, number>()
  for (const id of ids) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .map(([id, count]) => ({ id, name: nameOf(id), count }))
    .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
}

function KindChip({ cases }: { readonly cases: readonly Case[] }) {
  const t = useWords()
  const kinds = useReplica(replica => replica.kinds)
  const chosen = useView(view => view.filters.kindIds)
  const options = useMemo(
    () =>
      counted(
        cases.map(({ kindId }) => kindId),
        id => kinds.get(id)?.name ?? id,
      ),
    [cases, kinds],
  )
  if (options.length === 0) return null
  return (
    <ChoiceChip
      label={t('desk.column.kind')}
      options={options}
      chosen={chosen}
      onChoose={kindIds => filterBy({ kindIds })}
    />
  )
}

function SourceChip({ cases }: { readonly cases: readonly Case[] }) {
  const t = useWords()
  const chosen = useView(view => view.filters.sources)
  const options = counted(
    cases.map(({ source }) => source),
    source => t(`case.source.${source}`),
  )
  if (options.length < 2 && chosen.size === 0) return null
  return (
    <ChoiceChip
      label={t('desk.column.source')}
      options={options}
      chosen={chosen}
      onChoose={sources => filterBy({ sources })}
    />
  )
}
