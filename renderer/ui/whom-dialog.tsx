import type { CaseId } from '../../core/domain/id.ts'
import type { Department } from '../../core/domain/org.ts'
import { byName } from '../state/by-name.ts'
import { carryOut, departmentTarget, personTarget } from '../state/drops.ts'
import { leaveDialog } from '../state/list-focus.ts'
import { useReplica } from '../state/replica.ts'
import { useHints, useWorld } from '../state/select.ts'
import type { World } from '../state/world.ts'
import { type Choice, Chooser } from './chooser.tsx'
import { PersonChoice } from './person-choice.tsx'
import { useAsked } from './use-asked.ts'
import { useWords } from './use-words.ts'
import styles from './whom-dialog.module.css'

/** A: «кому?» over people in the order of the hints and departments; D: departments alone. */
export function WhomDialog({ isDepartmentsOnly }: { readonly isDepartmentsOnly: boolean }) {
  const t = useWords()
  const world = useWorld()
  const asked = useAsked(leaveDialog)
  const what = useWhat(asked)
  const people = usePeople(asked)
  const departments = useDepartments(world)
  const choose = (target: string, isForced: boolean) => {
    if (carryOut(asked, target, isForced)) leaveDialog()
  }
  return (
    <Chooser
      title={
        isDepartmentsOnly ? t('desk.whom.department', { what }) : t('desk.team.whom', { what })
      }
      placeholder={t(isDepartmentsOnly ? 'desk.whom.typeDepartment' : 'desk.whom.type')}
      choices={isDepartmentsOnly ? departments : [...people, ...departments]}
      onChoose={choose}
      onClose={leaveDialog}
    />
  )
}

/** «№5306» or «12 дел». */
function useWhat([first, ...others]: readonly CaseId[]): string {
  const t = useWords()
  const number = useReplica(({ cases }) => first && cases.get(first)?.number)
  if (others.length > 0) return t('desk.cases', { count: others.length + 1 })
  return t('desk.oneCase', { number: number ?? '…' })
}

function usePeople(caseIds: readonly CaseId[]): readonly Choice[] {
  const world = useWorld()
  const hints = useHints(caseIds)
  return hints.flatMap(hint => {
    const employee = world?.index.employeeById.get(hint.employeeId)
    if (!employee) return []
    return {
      key: personTarget(hint.employeeId),
      text: employee.name,
      isDim: hint.judgement.verdict === 'blocked',
      body: <PersonChoice name={employee.name} hint={hint} />,
    }
  })
}

function useDepartments(world: World | null): readonly Choice[] {
  if (!world) return []
  return world.index.org.departments.toSorted(byName).map(department => ({
    key: departmentTarget(department.departmentId),
    text: department.name,
    isDim: false,
    body: <DepartmentChoice department={department} world={world} />,
  }))
}

function DepartmentChoice({ department, world }: { department: Department; world: World }) {
  const t = useWords()
  const headId = world.index.headOf.get(department.departmentId)
  const head = headId && world.index.employeeById.get(headId)?.name
  return (
    <span className={styles.choice}>
      <span className={styles.kind}>{t('desk.whom.isDepartment')}</span>
      <span className={styles.name}>{department.name}</span>
      <span className={styles.why}>
        {head ? t('desk.department.head', { name: head }) : t('desk.department.noHead')}
      </span>
    </span>
  )
}
