import { useTranslation } from 'react-i18next'
import type { Case } from '../../core/domain/case.ts'
import { departmentOf } from '../../core/domain/department.ts'
import { headFor } from '../../core/domain/head-for.ts'
import type { DepartmentId } from '../../core/domain/id.ts'
import { useWorld } from '../state/select.ts'
import type { World } from '../state/world.ts'
import { useSentence } from '../ui/sentence.ts'
import type { FactComponent } from './case-facts.tsx'
import styles from './case.module.css'

/** After these the way went on to the head above. */
const leadsAbove: ReadonlySet<string | undefined> = new Set(['noHead', 'headAway'])

interface Props {
  readonly theCase: Case
  readonly Fact: FactComponent
}

/** The department of the case, and whose «Начало» it comes to and why. */
export function Whose({ theCase, Fact }: Props) {
  const { t } = useTranslation()
  const world = useWorld()
  if (!world) return null
  const { index, drop, inbox } = world
  const departmentId = departmentOf(theCase, index, drop.kinds, inbox.fallback)
  return (
    <>
      {departmentId !== null && (
        <Fact name="department">
          {index.departmentById.get(departmentId)?.name}
          {theCase.departmentId === null && (
            <span className={styles.quiet}> · {t('case.departmentFound')}</span>
          )}
        </Fact>
      )}
      <Fact name="whose">
        <HeadAndWhy departmentId={departmentId} world={world} />
      </Fact>
    </>
  )
}

interface HeadProps {
  readonly departmentId: DepartmentId | null
  readonly world: World
}

function HeadAndWhy({ departmentId, world: { index, now } }: HeadProps) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const { headId, path } = headFor(index, departmentId, now)
  const head = headId === null ? null : index.employeeById.get(headId)
  const why = path.map(sentence)
  if (leadsAbove.has(path.at(-1)?.code)) why.push(t('case.headAbove'))
  return (
    <>
      {head?.name ?? t('case.noHead')}
      <br />
      <span className={styles.quiet}>{why.join('; ') || t('case.headOfDepartment')}</span>
    </>
  )
}
