import { Button, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../core/contract.ts'
import { ConflictCard } from './conflict-card.tsx'
import { useOutbox } from './outbox.ts'
import { holdKeepTheirs, keepHeldNow, stopHeld, useResolutions } from './resolutions.ts'
import { useSeconds } from './seconds.ts'
import styles from './sync.module.css'

const causeOf = ({ code }: OutboxItem): string => code ?? 'changed'

/** By cause, in the order the decisions were made. */
function grouped(items: readonly OutboxItem[]): ReadonlyMap<string, readonly OutboxItem[]> {
  const groups = new Map<string, OutboxItem[]>()
  for (const item of items) {
    if (item.state !== 'conflict' || !item.conflict) continue
    const group = groups.get(causeOf(item)) ?? []
    group.push(item)
    groups.set(causeOf(item), group)
  }
  return groups
}

/** What two people decided about the same case: nothing is chosen for the head. */
export function Conflicts() {
  const { t } = useTranslation()
  const items = useOutbox(outbox => outbox.items)
  const groups = grouped(items)
  if (groups.size === 0) return null
  const count = [...groups.values()].reduce((sum, group) => sum + group.length, 0)
  // Not every one is another head's: who was to get the case may have gone.
  const areAllChanged = [...groups.keys()].every(cause => cause === 'changed')
  return (
    <section aria-labelledby="sync-conflicts">
      <Title order={2} size="h5" id="sync-conflicts" className={styles.sectionTitle}>
        {areAllChanged ? t('syncView.conflicts', { count }) : t('syncView.questions', { count })}
      </Title>
      <p className={styles.sectionText}>
        {areAllChanged ? t('syncView.conflictsText') : t('syncView.questionsText')}
      </p>
      {[...groups].map(([cause, group]) => (
        <CauseGroup key={cause} cause={cause} items={group} />
      ))}
    </section>
  )
}

interface GroupProps {
  readonly cause: string
  readonly items: readonly OutboxItem[]
}

function CauseGroup({ cause, items }: GroupProps) {
  const { t } = useTranslation()
  const held = useResolutions(resolutions => resolutions.held.get(cause))
  const heldIds = new Set(held?.decisionIds)
  const ids = items.map(item => item.decision.decisionId)
  return (
    <div className={styles.group}>
      <div className={styles.groupHead}>
        <span>{t([`syncView.cause.${cause}`, 'syncView.cause.other'])}</span>
        {items.length > 1 && !held && (
          <Button size="compact-sm" variant="default" onClick={() => holdKeepTheirs(cause, ids)}>
            {t('syncView.keepAllTheirs', { count: items.length })}
          </Button>
        )}
      </div>
      {held && <HeldBar cause={cause} count={held.decisionIds.length} dueAt={held.dueAt} />}
      {items
        .filter(item => !heldIds.has(item.decision.decisionId))
        .map(item => (
          <ConflictCard key={item.decision.decisionId} item={item} />
        ))}
    </div>
  )
}

interface HeldProps {
  readonly cause: string
  readonly count: number
  readonly dueAt: number
}

/** The ten seconds in which keeping all of theirs can still be stopped. */
function HeldBar({ cause, count, dueAt }: HeldProps) {
  const { t } = useTranslation()
  const now = useSeconds(true)
  const seconds = Math.max(0, Math.floor((dueAt - now) / 1000))
  return (
    <div className={styles.held} role="status">
      <span>{t('syncView.held', { count })}</span>
      <span className={styles.quiet} aria-hidden>
        {t('syncView.heldSeconds', { seconds })}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => stopHeld(cause)}>
        {t('syncView.heldStop')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => void keepHeldNow(cause)}>
        {t('syncView.heldNow')}
      </Button>
    </div>
  )
}
