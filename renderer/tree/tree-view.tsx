import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { useReplica } from '../state/replica.ts'
import { useWorld } from '../state/select.ts'
import { useWords } from '../ui/use-words.ts'
import { LineDetails } from './line-details.tsx'
import { orgLines } from './org-lines.ts'
import { OrgTree } from './org-tree.tsx'
import { useTree } from './tree-state.ts'
import styles from './tree-view.module.css'

interface Props {
  /** «Начало», to give from while the tree is in sight. */
  readonly inbox: ReactNode
}

/** «Оргструктура»: departments, posts and people with what they hold; every line takes what is dropped on it. */
export function TreeView({ inbox }: Props) {
  const t = useWords()
  const world = useDeferredValue(useWorld(), null)
  const seesAll = useReplica(replica => replica.me?.role === 'admin')
  const chosen = useTree(tree => tree.chosen)
  const openKey = useTree(tree => tree.openKey)
  const lines = useMemo(
    () => (world ? orgLines(world, { chosen }, seesAll) : []),
    [world, chosen, seesAll],
  )
  const opened = lines.find(({ key }) => key === openKey)
  return (
    <section className={styles.view} aria-label={t('org.title')}>
      <div className={styles.main}>
        <header className={styles.head}>
          <h1 className={styles.title}>{t('org.title')}</h1>
        </header>
        {world && lines.length > 0 ? (
          <OrgTree world={world} lines={lines} />
        ) : (
          <p className={styles.empty}>{t('org.empty')}</p>
        )}
      </div>
      {world && opened ? <LineDetails key={opened.key} world={world} line={opened} /> : inbox}
    </section>
  )
}
