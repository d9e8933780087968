import { IconAlertCircle, IconChevronRight, IconClockHour4, IconCrown } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { judge } from '../../core/domain/assign.ts'
import type { Case } from '../../core/domain/case.ts'
import type { Employee } from '../../core/domain/org.ts'
import { sayNumber } from '../../core/words/say.ts'
import { availabilityOf } from '../state/availability.ts'
import { useReplica } from '../state/replica.ts'
import type { World } from '../state/world.ts'
import { Counts } from '../ui/counts.tsx'
import { useDrag } from '../ui/drag/drag-state.ts'
import { shortName } from '../ui/format.ts'
import { LoadBar } from '../ui/load-bar.tsx'
import { useSentence } from '../ui/sentence.ts'
import { useLanguage, useWords } from '../ui/use-words.ts'
import { VerdictIcon } from '../ui/verdict.tsx'
import type { OrgLine } from './org-lines.ts'
import { targetOf } from './tree-keys.ts'
import { fold, useTree } from './tree-state.ts'
import styles from './org-tree.module.css'

interface Props {
  readonly world: World
  readonly line: OrgLine
  readonly row: number
  readonly top: number
  /** What is dragged or selected. */
  readonly inHand: readonly Case[]
}

export const lineId = (row: number) => `org-${row}`

/** One line of the tree: name, how it stands now, load; a drop target where something can be given. */
export const OrgTreeLine = memo(function OrgTreeLine({ world, line, row, top, inHand }: Props) {
  const target = targetOf(line)
  const isOver = useDrag(drag => target !== null && drag.over === target)
  const isAt = useTree(tree => tree.atKey === line.key)
  const isOpened = useTree(tree => tree.openKey === line.key)
  return (
    <div
      role="row"
      id={lineId(row)}
      className={styles.row}
      style={{ top }}
      aria-rowindex={row + 2}
      aria-level={line.level}
      aria-expanded={'isOpen' in line ? line.isOpen : undefined}
      data-kind={line.kind}
      data-row={row}
      data-drop={target ?? undefined}
      data-over={isOver || undefined}
      data-at={isAt || undefined}
      data-opened={isOpened || undefined}
    >
      <Cells world={world} line={line} inHand={inHand} />
    </div>
  )
})

function Cells({ world, line, inHand }: Pick<Props, 'world' | 'line' | 'inHand'>) {
  const t = useWords()
  switch (line.kind) {
    case 'department':
      return <DepartmentCells line={line} />
    case 'person':
      return <PersonCells world={world} line={line} inHand={inHand} />
    case 'vacancy':
      return (
        <>
          <NameCell line={line}>
            <span className={styles.quiet}>{line.post.name}</span>
          </NameCell>
          <NowCell>{t('org.vacancy')}</NowCell>
          <div role="gridcell" />
        </>
      )
    case 'outside':
      return (
        <>
          <NameCell line={line} name={t('org.outside')}>
            <b>{t('org.outside')}</b>
          </NameCell>
          <NowCell />
          <div role="gridcell" />
        </>
      )
  }
}

interface NameProps {
  readonly line: OrgLine
  /** Of what the triangle folds. */
  readonly name?: string
  readonly children: ReactNode
}

const stepPx = 20

function NameCell({ line, name, children }: NameProps) {
  const t = useWords()
  return (
    <div
      role="rowheader"
      className={styles.name}
      style={{ paddingLeft: 12 + (line.level - 1) * stepPx }}
    >
      {'isOpen' in line && name !== undefined ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles.fold}
          aria-expanded={line.isOpen}
          aria-label={t(line.isOpen ? 'org.fold' : 'org.unfold', { name })}
          onClick={event => {
            event.stopPropagation()
            fold(line.key, !line.isOpen)
          }}
        >
          <IconChevronRight size={14} aria-hidden />
        </button>
      ) : (
        <span className={styles.fold} />
      )}
      {children}
      <PendingMark line={line} />
    </div>
  )
}

/** An edit of this line that the hub has not confirmed yet. */
function PendingMark({ line }: { readonly line: OrgLine }) {
  const t = useWords()
  const state = useReplica(
    ({ orgPending }) => orgPending[line.key] ?? orgPending[editedIn(line) ?? ''],
  )
  if (!state) return null
  const Picture = state === 'conflict' ? IconAlertCircle : IconClockHour4
  const label = t(`orgEdit.pending.${state}`)
  return (
    <span title={label} className={styles.acting}>
      <Picture size={13} stroke={1.8} role="img" aria-label={label} />
    </span>
  )
}

const editedIn = (line: OrgLine): string | null =>
  line.kind === 'person' ? line.employee.employeeId : null

const NowCell = ({ children }: { readonly children?: ReactNode }) => (
  <div role="gridcell" className={styles.now}>
    {children}
  </div>
)

function DepartmentCells({ line }: { readonly line: Extract<OrgLine, { kind: 'department' }> }) {
  const t = useWords()
  const { department, head, acting, rolled } = line
  return (
    <>
      <NameCell line={line} name={department.name}>
        <b className={styles.text} title={department.name}>
          {department.name}
        </b>
        <span className={styles.quiet}>
          {head ? t('org.head', { name: shortName(head.name) }) : t('org.noHead')}
        </span>
      </NameCell>
      <NowCell>
        {acting && (
          <span className={styles.acting}>{t('org.acting', { name: shortName(acting.name) })}</span>
        )}
      </NowCell>
      <div role="gridcell" className={styles.load}>
        {rolled && (
          <>
            <span className={styles.people}>{t('org.people', { count: rolled.people })}</span>
            <Overdue count={rolled.counts.overdue} />
            <Points points={rolled.points} limit={rolled.limit} />
          </>
        )}
      </div>
    </>
  )
}

interface PersonProps {
  readonly world: World
  readonly line: Extract<OrgLine, { kind: 'person' }>
  readonly inHand: readonly Case[]
}

function PersonCells({ world, line, inHand }: PersonProps) {
  const { employee, load } = line
  const closed = useReplica(replica => replica.closed[employee.employeeId])
  const judgement = inHand.length > 0 && load ? judge(inHand, employee, world.drop) : null
  return (
    <>
      <NameCell line={line}>
        <PersonName line={line} />
        {judgement && <VerdictIcon verdict={judgement.verdict} size={13} />}
      </NameCell>
      <NowCell>{load && <Availability world={world} employee={employee} />}</NowCell>
      <div role="gridcell" className={styles.load}>
        {load && (
          <>
            <Counts counts={load.counts} closed={closed} isBrief />
            <Points points={load.points} limit={load.limit} after={judgement?.loadAfter} />
          </>
        )}
      </div>
    </>
  )
}

function PersonName({ line: { employee, post } }: { readonly line: PersonProps['line'] }) {
  const t = useWords()
  return (
    <>
      {post?.isHead && (
        <IconCrown
          size={13}
          stroke={1.8}
          className={styles.crown}
          role="img"
          aria-label={t('org.headPost')}
        />
      )}
      <span className={styles.text} title={employee.name}>
        {employee.name}
      </span>
      <span className={styles.quiet}>
        {[post?.name, employee.isExternal && t('org.external')].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}

function Availability({ world, employee }: { readonly world: World; readonly employee: Employee }) {
  const sentence = useSentence()
  const reason = availabilityOf(world, employee)
  return reason ? sentence(reason) : null
}

function Overdue({ count }: { readonly count: number }) {
  const t = useWords()
  if (count === 0) return null
  return (
    <span className={styles.overdue} title={t('desk.count.overdue')}>
      <IconAlertCircle size={13} stroke={1.7} role="img" aria-label={t('desk.count.overdue')} />
      {count}
    </span>
  )
}

interface PointsProps {
  readonly points: number
  readonly limit: number
  readonly after?: number | undefined
}

function Points({ points, limit, after = points }: PointsProps) {
  const language = useLanguage()
  const say = (value: number) => sayNumber(value, language)
  return (
    <span className={styles.points}>
      <LoadBar points={points} limit={limit} after={after} />
      <span className={styles.numbers}>
        {say(after)}/{say(limit)}
      </span>
    </span>
  )
}
