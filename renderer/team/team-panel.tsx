import { useDeferredValue } from 'react'
import type { Case } from '../../core/domain/case.ts'
import { useReplica } from '../state/replica.ts'
import { hintsOf, useWorld } from '../state/select.ts'
import { targetsOf } from '../state/view.ts'
import type { World } from '../state/world.ts'
import { useInHand } from '../ui/in-hand.ts'
import { useWords } from '../ui/use-words.ts'
import { HintedTeam } from './hinted-team.tsx'
import { TeamTree } from './team-tree.tsx'
import styles from './team-panel.module.css'

/** Beside the list: the people, in the order of the hints while there is something to give. */
export function TeamPanel() {
  const t = useWords()
  // The list comes first, and finds its place beside this column at once.
  const world = useDeferredValue(useWorld(), null)
  const cases = useDeferredValue(useInHand(targetsOf))
  if (!world) return <aside className={styles.panel} aria-label={t('desk.view.team')} />
  return (
    <aside className={styles.panel} aria-label={t('desk.view.team')}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          <Title world={world} cases={cases} />
        </h2>
      </header>
      <div className={styles.list} data-autoscroll tabIndex={-1}>
        {cases.length > 0 ? (
          <HintedTeam world={world} cases={cases} hints={hintsOf(world, cases)} />
        ) : (
          <TeamTree world={world} />
        )}
      </div>
    </aside>
  )
}

function Title({ world, cases: [first, ...others] }: { world: World; cases: readonly Case[] }) {
  const t = useWords()
  const departmentId = useReplica(replica => replica.me?.departmentIds[0])
  const own = departmentId && world.index.departmentById.get(departmentId)?.name
  if (!first) return own ? t('desk.team.of', { department: own }) : t('desk.view.team')
  const what =
    others.length === 0
      ? t('desk.oneCase', { number: first.number })
      : t('desk.cases', { count: others.length + 1 })
  return t('desk.team.whom', { what })
}
