import { Button } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import type { PlanAnswer } from '../../core/contract.ts'
import { headFor } from '../../core/domain/head-for.ts'
import type { CaseId, DepartmentId } from '../../core/domain/id.ts'
import {
  applyPlan,
  beginPlan,
  dropPlan,
  followWorld,
  refreshPlan,
  passSplit,
  splitAmongAll,
  usePlan,
} from '../state/plan.ts'
import { useInboxCount, useWorld } from '../state/select.ts'
import { show } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { useWords } from '../ui/use-words.ts'
import { Waiting } from '../ui/waiting.tsx'
import { Moved } from './moved.tsx'
import { PlanLeft } from './plan-left.tsx'
import { PlanPeople } from './plan-people.tsx'
import { PlanRows } from './plan-rows.tsx'
import { PlanWhom } from './plan-whom.tsx'
import styles from './plan.module.css'

/** The proposed distribution: who gets which case, the load before and after, what did not fit. */
export function PlanView() {
  const { answer, isKnown } = usePlan()
  useEffect(() => {
    if (!usePlan.getState().isAsking) refreshPlan()
    return followWorld()
  }, [])
  if (answer) return <Proposed answer={answer} />
  return isKnown ? <NoPlan /> : <Waiting />
}

function Proposed({ answer }: { readonly answer: PlanAnswer }) {
  const t = useWords()
  const world = useWorld()
  const [isLeftShown, setLeftShown] = useState(false)
  const [askedId, setAskedId] = useState<CaseId | null>(null)
  const isLeft = answer.left.length > 0 && (isLeftShown || answer.rows.length === 0)
  useEffect(focusSomeRow, [answer, isLeft])
  if (!world) return null
  return (
    <section className={styles.view} aria-label={t('plan.title')} onKeyDown={applyByKey}>
      <Head answer={answer} />
      {answer.departmentId && <Split departmentId={answer.departmentId} world={world} />}
      <Moved moved={answer.moved} />
      <div className={styles.columns}>
        <div className={styles.cases}>
          <div className={styles.tabs}>
            <Tab isOn={!isLeft} onClick={() => setLeftShown(false)}>
              {t('plan.rows')} <b>{answer.rows.length}</b>
            </Tab>
            {answer.left.length > 0 ? (
              <Tab isOn={isLeft} onClick={() => setLeftShown(true)}>
                {t('plan.left')} <b data-bad>{answer.left.length}</b>
              </Tab>
            ) : (
              <span className={styles.fine}>{t('plan.allFit')}</span>
            )}
          </div>
          {answer.rows.length === 0 && <p className={styles.note}>{t('plan.noneFit')}</p>}
          {isLeft ? (
            <PlanLeft answer={answer} world={world} onAsk={setAskedId} />
          ) : (
            <PlanRows answer={answer} world={world} onAsk={setAskedId} />
          )}
          <p className={styles.keys}>{t('plan.keys')}</p>
        </div>
        <PlanPeople answer={answer} world={world} />
      </div>
      {askedId && (
        <PlanWhom
          caseId={askedId}
          answer={answer}
          world={world}
          onClose={() => {
            setAskedId(null)
            focusCaseRow(askedId)
          }}
        />
      )}
    </section>
  )
}

/** The keyboard is in the list unless it is somewhere else on purpose. */
function focusSomeRow(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('[data-plan-case]')?.focus()
}

/** Ctrl+Enter wherever the focus is in the plan; what opens over it keeps its keys. */
function applyByKey(event: KeyboardEvent<HTMLElement>): void {
  if (!(event.ctrlKey || event.metaKey) || event.code !== 'Enter') return
  const { currentTarget, target } = event
  if (!(target instanceof Node && currentTarget.contains(target))) return
  event.preventDefault()
  if (!usePlan.getState().isAsking) void applyPlan()
}

/** The cases were let go on a department: among whom they are shared, and what else could be done. */
function Split({ departmentId, world }: { departmentId: DepartmentId; world: World }) {
  const t = useWords()
  const department = world.index.departmentById.get(departmentId)?.name ?? ''
  const { headId } = headFor(world.index, departmentId, world.now)
  const head = headId && world.index.employeeById.get(headId)?.name
  return (
    <p className={styles.note} data-testid="plan-split">
      {t('plan.split', { department })}{' '}
      {head && (
        <Button size="compact-xs" variant="default" onClick={passSplit}>
          {t('plan.splitToHead', { name: head })}
        </Button>
      )}{' '}
      <Button size="compact-xs" variant="default" onClick={splitAmongAll}>
        {t('plan.splitAmongAll')}
      </Button>
    </p>
  )
}

/** The row may stand elsewhere after replanning: the keyboard stays with the case. */
function focusCaseRow(caseId: CaseId): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-plan-case="${CSS.escape(caseId)}"]`)?.focus()
  })
}

interface TabProps {
  readonly isOn: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

function Tab({ isOn, onClick, children }: TabProps) {
  return (
    <button type="button" className={styles.tab} aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  )
}

function Head({ answer }: { readonly answer: PlanAnswer }) {
  const t = useWords()
  const isAsking = usePlan(plan => plan.isAsking)
  const count = answer.rows.filter(row => row.employeeId !== null).length
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>
        {t('plan.title')}{' '}
        <span className={styles.quiet}>{t('plan.cases', { count: answer.caseIds.length })}</span>
      </h1>
      <span className={styles.asking} role="status">
        {isAsking && t('plan.asking')}
      </span>
      <Button size="xs" variant="subtle" color="gray" onClick={() => void dropPlan()}>
        {t('plan.drop')}
      </Button>
      <Button size="xs" variant="default" onClick={() => show('inbox')}>
        {t('plan.putOff')}
      </Button>
      <Button size="xs" disabled={count === 0 || isAsking} onClick={() => void applyPlan()}>
        {t('plan.apply', { count })}
      </Button>
    </header>
  )
}

function NoPlan() {
  const t = useWords()
  const count = useInboxCount()
  return (
    <section className={styles.empty} aria-label={t('plan.title')}>
      <IconArrowsSplit2 size={34} stroke={1.3} aria-hidden />
      <h1 className={styles.title}>{t(count > 0 ? 'plan.empty.title' : 'plan.empty.nothing')}</h1>
      {count > 0 && <p className={styles.note}>{t('plan.empty.text')}</p>}
      <span className={styles.buttons}>
        {count > 0 && (
          <Button size="sm" onClick={() => void beginPlan()}>
            {t('plan.empty.all', { count })}
          </Button>
        )}
        <Button size="sm" variant="default" onClick={() => show('inbox')}>
          {t('plan.empty.toInbox')}
        </Button>
      </span>
    </section>
  )
}
