import type { PlanAnswer } from '../../core/contract.ts'
import { hintsFor } from '../../core/domain/hint.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { personTarget } from '../state/drops.ts'
import { keepOn, plannedWorld } from '../state/plan.ts'
import { useReplica } from '../state/replica.ts'
import { othersOf } from '../state/select.ts'
import type { World } from '../state/world.ts'
import { Chooser } from '../ui/chooser.tsx'
import { PersonChoice } from '../ui/person-choice.tsx'
import { useWords } from '../ui/use-words.ts'

interface Props {
  readonly caseId: CaseId
  readonly answer: PlanAnswer
  readonly world: World
  readonly onClose: () => void
}

/** To whom instead? Everybody as they would be with the rest of the plan carried out. */
export function PlanWhom({ caseId, answer, world, onClose }: Props) {
  const t = useWords()
  const theCase = useReplica(({ cases }) => cases.get(caseId))
  if (!theCase) return null
  const planned = plannedWorld(world, answer, [caseId])
  const choices = hintsFor([theCase], planned.drop, othersOf(world)).flatMap(hint => {
    const employee = world.index.employeeById.get(hint.employeeId)
    if (!employee) return []
    return {
      key: personTarget(hint.employeeId),
      text: employee.name,
      isDim: hint.judgement.verdict === 'blocked',
      body: <PersonChoice name={employee.name} hint={hint} />,
    }
  })
  return (
    <Chooser
      title={t('plan.whom', { number: theCase.number })}
      placeholder={t('plan.type')}
      choices={choices}
      onChoose={(target, isForced) => {
        if (keepOn([caseId], target, isForced)) onClose()
      }}
      onClose={onClose}
    />
  )
}
