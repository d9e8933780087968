import { UnstyledButton } from '@mantine/core'
import {
  type Icon,
  IconArrowsSplit2,
  IconInbox,
  IconLayoutGrid,
  IconArmchair,
  IconLayoutKanban,
  IconRefresh,
  IconSettings,
  IconSitemap,
  IconUsers,
} from '@tabler/icons-react'
import { isReader, useReplica } from '../state/replica.ts'
import { useInboxCount } from '../state/select.ts'
import { show, useView, type ViewName } from '../state/view.ts'
import { useWords } from './use-words.ts'
import styles from './rail.module.css'

interface Stop {
  readonly name: ViewName
  readonly icon: Icon
  readonly count: number
  readonly isBad?: boolean
}

/** The views of the desk, with what waits in each. */
export function Rail() {
  const t = useWords()
  const inboxCount = useInboxCount()
  const isOnlyReader = useReplica(({ me }) => isReader(me))
  const stuck = useReplica(({ sync }) => sync.conflicts + sync.rejected)
  const waiting = useReplica(({ sync }) => sync.waiting)
  return (
    <nav className={styles.rail} aria-label={t('desk.rail.name')}>
      {!isOnlyReader && <RailStop name="inbox" icon={IconInbox} count={inboxCount} />}
      {!isOnlyReader && <RailStop name="plan" icon={IconArrowsSplit2} count={0} />}
      <RailStop name="team" icon={IconUsers} count={0} />
      <RailStop name="load" icon={IconLayoutGrid} count={0} />
      <RailStop name="tree" icon={IconSitemap} count={0} />
      <RailStop name="board" icon={IconLayoutKanban} count={0} />
      <RailStop name="free" icon={IconArmchair} count={0} />
      <RailStop name="sync" icon={IconRefresh} count={stuck || waiting} isBad={stuck > 0} />
      <span className={styles.gap} />
      <RailStop name="settings" icon={IconSettings} count={0} />
    </nav>
  )
}

function RailStop({ name, icon: Picture, count, isBad = false }: Stop) {
  const t = useWords()
  const isActive = useView(view => view.active === name)
  const label = t(`desk.view.${name}`)
  return (
    <UnstyledButton
      className={styles.stop}
      data-view={name}
      aria-label={count > 0 ? `${label}: ${count}` : label}
      aria-current={isActive ? 'page' : undefined}
      onClick={() => show(name)}
    >
      <span className={styles.label}>{label}</span>{' '}
      <span className={styles.picture}>
        <Picture size={22} stroke={1.6} aria-hidden />
        {count > 0 && (
          <span className={styles.count} data-bad={isBad || undefined}>
            {count > 999 ? '999+' : count}
          </span>
        )}
      </span>
    </UnstyledButton>
  )
}
