import { Select } from '@mantine/core'
import type { EmployeeId } from '../../core/domain/id.ts'
import { byName } from '../state/by-name.ts'
import { useReplica } from '../state/replica.ts'
import { useWords } from '../ui/use-words.ts'

interface Props {
  readonly label: string
  readonly value: EmployeeId | null
  readonly error?: string | null
  readonly onChoose: (employeeId: EmployeeId | null) => void
}

/** Type a few letters: one of those who work here, or nobody. */
export function PersonSelect({ label, value, error = null, onChoose }: Props) {
  const t = useWords()
  const employees = useReplica(replica => replica.org.employees)
  const people = employees
    .filter(one => !one.isDismissed || one.employeeId === value)
    .toSorted(byName)
  return (
    <Select
      size="xs"
      searchable
      clearable
      label={label}
      placeholder={t('orgEdit.nobody')}
      nothingFoundMessage={t('orgEdit.notFound')}
      clearButtonProps={{ 'aria-label': t('orgEdit.vacate') }}
      error={error}
      value={value}
      data={people.map(one => ({ value: one.employeeId, label: one.name }))}
      onChange={chosen =>
        onChoose(people.find(one => one.employeeId === chosen)?.employeeId ?? null)
      }
    />
  )
}
