import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo } from 'react'
import { stateOf } from '../../core/domain/case-state.ts'
import type { Case } from '../../core/domain/case.ts'
import type { EmployeeId } from '../../core/domain/id.ts'
import { carryOut } from '../state/drops.ts'
import { useReplica } from '../state/replica.ts'
import { byInboxOrder } from '../state/select.ts'
import { focusCase, openCase, showPerson } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { watchPress } from '../ui/drag/drag-motion.ts'
import { shortLength } from '../ui/format.ts'
import { commandOf, type KeyCommand } from '../ui/keys.ts'
import { isAsking } from '../ui/palette-store.ts'
import { runCommand } from '../ui/run-command.ts'
import { useLanguage } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import styles from './person-cases.module.css'

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
    <aside className={styles.panel} aria-label={t('desk.person.cases', { name })}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          {name} <span>{cases.length}</span>
        </h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('desk.close')}
          onClick={() => showPerson(null)}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </header>
      {cases.length === 0 && <p className={styles.none}>{t('desk.person.noCases')}</p>}
      <ul className={styles.list} onKeyDown={step}>
        {cases.map(theCase => (
          <HeldCase key={theCase.caseId} theCase={theCase} now={world.now} />
        ))}
      </ul>
    </aside>
  )
}

function HeldCase({ theCase, now }: { readonly theCase: Case; readonly now: number }) {
  const t = useWords()
  const language = useLanguage()
  const { caseId, number, subject, clientName, dueAt } = theCase
  const state = stateOf(theCase, now)
  const left = dueAt === null ? null : shortLength(t, dueAt - now, language)
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-case={caseId}
        onFocus={() => focusCase(caseId)}
        onClick={() => openCase(caseId)}
        onPointerDown={event =>
          watchPress(event.nativeEvent, event.currentTarget, {
            lift: () => (theCase.isMasked ? null : [caseId]),
            drop: carryOut,
          })
        }
      >
        <span className={styles.subject}>
          <b>№{number}</b> {theCase.isMasked ? t('desk.person.masked') : subject}
        </span>
        <span className={styles.quiet}>
          {[
            clientName,
            t(`case.state.${state}`),
            left && (dueAt ?? 0) < now ? t('desk.row.late', { left }) : left,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
    </li>
  )
}

/** The same keys as in «Начало», for the case in focus. */
function step(event: KeyboardEvent<HTMLElement>): void {
  const command = commandOf(event)
  if (!command || isAsking() || command.kind === 'open' || !(event.target instanceof HTMLElement))
    return
  const next = neighbourOf(event.target.closest('li'), command)
  next?.querySelector('button')?.focus()
  if (next || runCommand(command)) event.preventDefault()
}

function neighbourOf(item: Element | null, { kind }: KeyCommand): Element | null {
  if (kind === 'down') return item?.nextElementSibling ?? null
  return kind === 'up' ? (item?.previousElementSibling ?? null) : null
}
