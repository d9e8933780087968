import { useMemo } from 'react'
import type { EmployeeId } from '../../core/domain/id.ts'
import { useReplica } from '../state/replica.ts'
import { byInboxOrder } from '../state/select.ts'
import { showPerson } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { HeldCases } from '../ui/held-cases.tsx'
import { useWords } from '../ui/use-words.ts'

interface Props {
  readonly world: World
  readonly employeeId: EmployeeId
}

/** What one person holds: from here a case can be given to somebody else or taken back. */
export function PersonCases({ world, employeeId }: Props) {
  const t = useWords()
  const all = useReplica(replica => replica.cases)
  const cases = useMemo(
    () => [...all.values()].filter(one => one.responsibleId === employeeId).sort(byInboxOrder),
    [all, employeeId],
  )
  const name = world.index.employeeById.get(employeeId)?.name ?? ''
  return (
    <HeldCases
      label={t('desk.person.cases', { name })}
      title={name}
      cases={cases}
      now={world.now}
      onClose={() => showPerson(null)}
    />
  )
}
