import { useDeferredValue } from 'react'
import { carryOut } from '../state/drops.ts'
import { useReplica } from '../state/replica.ts'
import { useInboxCases, useWorld } from '../state/select.ts'
import { useWords } from '../ui/use-words.ts'
import { InboxGrid } from './inbox-grid.tsx'
import { NextWorld } from './next-world.ts'
import type { Drop } from './use-list-events.ts'
import styles from './inbox.module.css'

/** «Начало» beside another view: to give from it without leaving. */
export function InboxStrip({ drop = carryOut }: { readonly drop?: Drop }) {
  const t = useWords()
  const cases = useInboxCases()
  const isAdmin = useReplica(replica => replica.me?.role === 'admin')
  const world = useDeferredValue(useWorld(), null)
  return (
    <aside className={styles.strip} aria-label={t('desk.view.inbox')}>
      <h2 className={styles.stripTitle}>
        {t('desk.view.inbox')}
        <span className={styles.count}>{cases.length}</span>
      </h2>
      <div className={styles.list}>
        <NextWorld value={world}>
          <InboxGrid cases={cases} drop={drop} />
        </NextWorld>
        {cases.length === 0 && (
          <p className={styles.stripEmpty}>
            {t(isAdmin ? 'orgEdit.admin.title' : 'desk.empty.title')}
          </p>
        )}
      </div>
    </aside>
  )
}
