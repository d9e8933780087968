import type { CaseId } from '../../core/domain/id.ts'
import { sayNumber } from '../../core/words/say.ts'
import { useKnownCases } from '../state/closed-lately.ts'
import { canDrop, type Drop, dropOn } from '../state/drops.ts'
import { plannedWorld, usePlan } from '../state/plan.ts'
import { casesOf, useWorld } from '../state/select.ts'
import { useView } from '../state/view.ts'
import type { DragState } from './drag/drag-state.ts'
import { shortName } from './format.ts'
import { useLanguage, useSentence } from './sentence.ts'
import { useStageName } from './stage-name.ts'
import { useWords } from './use-words.ts'
import { VerdictIcon } from './verdict.tsx'
import styles from './drag-chip.module.css'

/** What hangs under the pointer: «№5306» or «12 дел», and what letting go here would do. */
export function DragChip({ caseIds, over, isForced }: DragState & { caseIds: readonly CaseId[] }) {
  const t = useWords()
  const world = useWorld()
  const all = useKnownCases()
  const cases = casesOf(all, caseIds)
  const [first] = cases
  const plan = usePlan(({ answer }) => answer)
  const isPlanning = useView(view => view.active === 'plan')
  const after = world && isPlanning ? plannedWorld(world, plan, caseIds) : world
  const drop = after && over ? dropOn(after, cases, over) : null
  if (!first) return null
  return (
    <>
      <span className={styles.what}>
        {cases.length === 1
          ? t('desk.oneCase', { number: first.number })
          : t('desk.cases', { count: cases.length })}
        {drop && <Onto drop={drop} />}
      </span>
      {drop && <Consequence drop={drop} count={cases.length} isForced={isForced} />}
    </>
  )
}

function Onto({ drop }: { readonly drop: Drop }) {
  const language = useLanguage()
  const stageName = useStageName()
  const say = (value: number) => sayNumber(value, language)
  const nameOf = () => {
    if (drop.kind === 'department') return drop.department.name
    if (drop.kind === 'stage') return stageName(drop.stage)
    return `${shortName(drop.employee.name)} ${say(drop.loadAfter)}/${say(drop.limit)}`
  }
  return (
    <>
      {' → '}
      {nameOf()}
      <VerdictIcon verdict={drop.verdict} />
    </>
  )
}

interface ConsequenceProps {
  readonly drop: Drop
  readonly count: number
  readonly isForced: boolean
}

function Consequence({ drop, count, isForced }: ConsequenceProps) {
  const t = useWords()
  const reasons = useReasons(drop)
  const force = canDrop(drop, count, false) ? 'desk.drag.forceAll' : 'desk.drag.force'
  const isPart = drop.kind !== 'department' && drop.fitting > 0 && drop.fitting < count
  return (
    <>
      {isPart && (
        <span>
          {t(drop.kind === 'stage' ? 'board.fits' : 'desk.person.fits', {
            count: drop.fitting,
            total: count,
          })}
        </span>
      )}
      {reasons.length > 0 && <span className={styles.why}>{reasons.slice(0, 2).join(' · ')}</span>}
      {drop.verdict === 'warn' && (
        <span className={styles.force} data-on={isForced || undefined}>
          {t(isForced ? 'desk.drag.forced' : force)}
        </span>
      )}
    </>
  )
}

function useReasons(drop: Drop): readonly string[] {
  const t = useWords()
  const sentence = useSentence()
  const reasons = drop.reasons.filter(({ code }) => code !== 'load').map(sentence)
  if (drop.kind !== 'department') return reasons
  const { head } = drop
  const where = head
    ? t('desk.department.goesTo', { name: shortName(head.name) })
    : t('desk.department.noHead')
  return [...reasons, where]
}
