import { Select } from '@mantine/core'
import { useMemo } from 'react'
import type { DepartmentId, EmployeeId } from '../../core/domain/id.ts'
import { peopleOf, subtreeOf } from '../../core/domain/org-index.ts'
import { byName } from '../state/by-name.ts'
import { useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { useWords } from '../ui/use-words.ts'
import { useFilter } from './filter.ts'
import styles from './board.module.css'

interface Option<Id extends string> {
  readonly value: Id
  readonly label: string
}

/** Whose cases: one department with all below, one person, or nobody's. */
export function BoardFilters({ world }: { readonly world: World }) {
  const t = useWords()
  const { departmentId, person } = useFilter()
  const departments = useDepartments(world)
  const people = usePeople(world, departmentId)
  if (departments.length === 0) return null
  return (
    <div className={styles.filters} role="group" aria-label={t('board.filters')}>
      <Choice
        label={t('board.department')}
        all={t('board.allDepartments')}
        options={departments}
        chosen={departmentId}
        onChoose={next => useFilter.setState({ departmentId: next })}
      />
      <Choice
        label={t('board.person')}
        all={t('board.allPeople')}
        options={[{ value: 'nobody' as const, label: t('board.unassigned') }, ...people]}
        chosen={person}
        onChoose={next => useFilter.setState({ person: next })}
      />
    </div>
  )
}

function useDepartments({ index, drop }: World): readonly Option<DepartmentId>[] {
  return useMemo(
    () =>
      index.org.departments
        .filter(({ departmentId }) => drop.scope.has(departmentId))
        .toSorted(byName)
        .map(({ departmentId, name }) => ({ value: departmentId, label: name })),
    [index, drop],
  )
}

function usePeople(
  { index, drop }: World,
  departmentId: DepartmentId | null,
): readonly Option<EmployeeId>[] {
  const own = useReplica(replica => replica.me?.employeeId)
  return useMemo(() => {
    const scope = departmentId === null ? drop.scope : subtreeOf(index, [departmentId])
    const people = peopleOf(index, scope)
    return index.org.employees
      .filter(({ employeeId }) => people.has(employeeId) || employeeId === own)
      .toSorted(byName)
      .map(({ employeeId, name }) => ({ value: employeeId, label: name }))
  }, [index, drop, departmentId, own])
}

interface ChoiceProps<Id extends string> {
  readonly label: string
  /** What is said while nothing is chosen. */
  readonly all: string
  readonly options: readonly Option<Id>[]
  readonly chosen: Id | null
  readonly onChoose: (chosen: Id | null) => void
}

function Choice<Id extends string>({ label, all, options, chosen, onChoose }: ChoiceProps<Id>) {
  const t = useWords()
  return (
    <Select
      size="xs"
      w={190}
      aria-label={label}
      data={[{ value: '', label: all }, ...options]}
      value={chosen ?? ''}
      searchable
      allowDeselect={false}
      limit={200}
      nothingFoundMessage={t('board.nothingFound')}
      onChange={value => onChoose(options.find(option => option.value === value)?.value ?? null)}
    />
  )
}
