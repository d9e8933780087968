import { Button, Group, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseId, EmployeeId } from '../../core/domain/id.ts'
import { sayNumber } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { hintsOf, useWorld } from '../state/select.ts'
import { useLanguage } from '../ui/sentence.ts'
import styles from './conflict.module.css'

interface Props {
  readonly caseId: CaseId
  readonly choose: (employeeId: EmployeeId) => void
  readonly close: () => void
}

interface Candidate {
  readonly employeeId: EmployeeId
  readonly label: string
}

/** People for the case, the best first, each with the load after. */
function useCandidates(caseId: CaseId): readonly Candidate[] {
  const { t } = useTranslation()
  const language = useLanguage()
  const world = useWorld()
  const theCase = useReplica(replica => replica.cases.get(caseId))
  const employees = useReplica(replica => replica.org.employees)
  if (!world || !theCase)
    return employees
      .filter(({ isDismissed }) => !isDismissed)
      .map(({ employeeId, name }) => ({ employeeId, label: name }))
  const number = (value: number) => sayNumber(value, language)
  return hintsOf(world, [theCase])
    .filter(({ judgement }) => judgement.verdict !== 'blocked')
    .map(({ employeeId, judgement: { loadAfter, limit } }) => ({
      employeeId,
      label: t('syncView.candidate', {
        name: world.index.employeeById.get(employeeId)?.name ?? '',
        points: number(loadAfter),
        limit: number(limit),
      }),
    }))
}

/** «Выбрать другого»: anybody of the people who may take the case. */
export function OtherPerson({ caseId, choose, close }: Props) {
  const { t } = useTranslation()
  const candidates = useCandidates(caseId)
  const [chosen, setChosen] = useState<string | null>(null)
  const person = candidates.find(({ employeeId }) => employeeId === chosen)
  return (
    <Group gap="xs" className={styles.other}>
      <Select
        size="xs"
        w={320}
        searchable
        autoFocus
        comboboxProps={{ withinPortal: false }}
        aria-label={t('syncView.whom')}
        placeholder={t('syncView.whom')}
        nothingFoundMessage={t('syncView.nobodyFound')}
        data={candidates.map(({ employeeId, label }) => ({ value: employeeId, label }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button size="xs" disabled={!person} onClick={() => person && choose(person.employeeId)}>
        {t('syncView.give')}
      </Button>
      <Button size="xs" variant="subtle" onClick={close}>
        {t('syncView.later')}
      </Button>
    </Group>
  )
}
