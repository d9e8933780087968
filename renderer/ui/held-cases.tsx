import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { stateOf } from '../../core/domain/case-state.ts'
import type { Case } from '../../core/domain/case.ts'
import type { CaseId } from '../../core/domain/id.ts'
import { carryOut } from '../state/drops.ts'
import { putListHere } from '../state/list-focus.ts'
import { carriedWith, focusCase, openCase, select, useView } from '../state/view.ts'
import { watchPress } from './drag/drag-motion.ts'
import { shortLength } from './format.ts'
import { commandOf, type KeyCommand } from './keys.ts'
import { isAsking } from './palette-store.ts'
import { runCommand } from './run-command.ts'
import { useGrowing } from './use-growing.ts'
import { useLanguage, useWords } from './use-words.ts'
import styles from './held-cases.module.css'

interface Props {
  /** What the panel is, for those who hear it. */
  readonly label: string
  readonly title: ReactNode
  readonly cases: readonly Case[]
  readonly now: number
  readonly onClose: () => void
}

/** Beside a view: cases somebody holds; from here one or many can be given to somebody else. */
export function HeldCases({ label, title, cases, now, onClose }: Props) {
  const t = useWords()
  const { count, sentinel } = useGrowing(cases.length)
  return (
    <aside className={styles.panel} aria-label={label}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {title} <span>{cases.length}</span>
        </h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('desk.close')} onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </header>
      {cases.length === 0 && <p className={styles.none}>{t('desk.person.noCases')}</p>}
      <ul
        className={styles.list}
        onFocus={({ currentTarget }) => putListHere({ focus: () => focusIn(currentTarget) })}
        onKeyDown={event => step(event, cases, onClose)}
      >
        {cases.slice(0, count).map(theCase => (
          <HeldCase key={theCase.caseId} theCase={theCase} now={now} />
        ))}
        {count < cases.length && <li ref={sentinel} aria-hidden className={styles.more} />}
      </ul>
    </aside>
  )
}

function HeldCase({ theCase, now }: { readonly theCase: Case; readonly now: number }) {
  const t = useWords()
  const { caseId, number, subject, isMasked } = theCase
  const isPicked = useView(view => view.selection.has(caseId))
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-case={caseId}
        aria-pressed={isPicked}
        onFocus={() => focusCase(caseId)}
        onClick={event => press(event, caseId)}
        onPointerDown={event =>
          watchPress(event.nativeEvent, event.currentTarget, {
            lift: () => (isMasked ? null : carriedWith(caseId)),
            drop: carryOut,
          })
        }
      >
        <span className={styles.subject}>
          <b>{t('desk.oneCase', { number })}</b> {isMasked ? t('desk.person.masked') : subject}
        </span>
        <span className={styles.quiet}>
          <Standing theCase={theCase} now={now} />
        </span>
      </button>
    </li>
  )
}

/** For whom, how it stands, how long there is. */
function Standing({ theCase, now }: { readonly theCase: Case; readonly now: number }) {
  const t = useWords()
  const language = useLanguage()
  const { clientName, dueAt } = theCase
  const left = dueAt === null ? null : shortLength(t, dueAt - now, language)
  const isLate = dueAt !== null && dueAt < now
  return [
    clientName,
    t(`case.state.${stateOf(theCase, now)}`),
    left && isLate ? t('desk.row.late', { left }) : left,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** To the row that had the keyboard, else to the first. */
function focusIn(list: HTMLElement): void {
  const { focusedId } = useView.getState()
  const rows = [...list.querySelectorAll<HTMLElement>('[data-case]')]
  const row = rows.find(one => one.dataset['case'] === focusedId) ?? rows[0]
  row?.focus()
}

function press(event: MouseEvent, caseId: CaseId): void {
  if (event.ctrlKey || event.metaKey) togglePicked(caseId)
  else openCase(caseId)
}

function togglePicked(caseId: CaseId): void {
  const { selection } = useView.getState()
  const next = new Set(selection)
  if (!next.delete(caseId)) next.add(caseId)
  select(next)
}

/** The same keys as in «Начало», for the case in focus. */
function step(
  event: KeyboardEvent<HTMLElement>,
  cases: readonly Case[],
  onClose: () => void,
): void {
  const command = commandOf(event)
  if (!command || isAsking() || command.kind === 'open' || !(event.target instanceof HTMLElement))
    return
  const item = event.target.closest('li')
  const next = neighbourOf(item, command)
  next?.querySelector('button')?.focus()
  if (next || pickBy(command, cases, onClose) || runCommand(command)) event.preventDefault()
}

function neighbourOf(item: Element | null, { kind }: KeyCommand): Element | null {
  if (kind === 'down') return item?.nextElementSibling ?? null
  return kind === 'up' ? (item?.previousElementSibling ?? null) : null
}

function pickBy({ kind }: KeyCommand, cases: readonly Case[], onClose: () => void): boolean {
  const { selection, focusedId, openCaseId } = useView.getState()
  if (kind === 'pick' && focusedId !== null) togglePicked(focusedId)
  else if (kind === 'all') {
    const readable = cases.filter(one => !one.isMasked).map(one => one.caseId)
    select(new Set(selection.size === readable.length ? [] : readable))
  } else if (kind === 'clear' && selection.size > 0) select(new Set())
  else if (kind === 'clear' && openCaseId === null) onClose()
  else return false
  return true
}
