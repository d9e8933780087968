import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { sayAge, sayNumber } from '../../core/words/say.ts'
import { useLink } from '../state/core.ts'
import { useNow } from '../state/now.ts'
import { useReplica } from '../state/replica.ts'
import { show } from '../state/view.ts'
import { useLanguage } from './sentence.ts'
import { useWords } from './use-words.ts'
import styles from './age-badge.module.css'

const noticeableAgeMs = 60_000

/** What waits for the network and how old the data is; always there, quiet while all is well. */
export function AgeBadge() {
  const stuck = useReplica(({ sync }) => sync.conflicts + sync.rejected)
  const isWaiting = useReplica(({ sync }) => sync.waiting > 0)
  const isOffline = useIsOffline()
  const parts = useParts(stuck)
  const Well = isWaiting ? IconCloudUp : IconCloudCheck
  const Picture = stuck > 0 ? IconAlertTriangle : isOffline ? IconCloudOff : Well
  return (
    <footer className={styles.badge} data-testid="age-badge">
      <button type="button" className={styles.button} onClick={() => show('sync')}>
        <Picture size={15} stroke={1.7} aria-hidden data-bad={stuck > 0 || undefined} />
        <span role="status">{parts.join(' · ')}</span>
      </button>
    </footer>
  )
}

function useIsOffline(): boolean {
  const isCoreLost = useLink(({ link }) => link === 'lost')
  const isNetLost = useReplica(({ sync }) => sync.link.kind === 'offline')
  return isCoreLost || isNetLost
}

function useParts(stuck: number): readonly string[] {
  const t = useWords()
  const isOffline = useIsOffline()
  const isCoreLost = useLink(({ link }) => link === 'lost')
  const isCoreGone = useIsCoreGone()
  const count = useReplica(({ sync }) => sync.waiting)
  const age = useAgeSentence()
  const link = useLinkSentence()
  const left = useTimeLeft()
  const waiting = t(isOffline ? 'desk.badge.waitingOffline' : 'desk.badge.waiting', { count })
  return [
    isCoreLost && t(isCoreGone ? 'desk.badge.coreGone' : 'desk.badge.coreLost'),
    link,
    stuck > 0 && t('desk.badge.stuck', { count: stuck }),
    count > 0 && waiting,
    count > 0 && left,
    !isCoreLost && age,
  ].filter(part => typeof part === 'string')
}

/** Shorter is not worth saying. */
const longMs = 60_000

/** What goes out slowly says how long it takes. */
function useTimeLeft(): string | false {
  const t = useWords()
  const leftMs = useReplica(({ sync }) => sync.sendLeftMs)
  const isOffline = useIsOffline()
  if (leftMs === null || leftMs < longMs || isOffline) return false
  return t('syncView.load.minutesLeft', { minutes: Math.ceil(leftMs / longMs) })
}

/** A core that was only restarted is back before this. */
const goneAfterMs = 15_000

function useIsCoreGone(): boolean {
  const { link, sinceAt } = useLink()
  /** Which of its losses has lasted too long. */
  const [goneAt, setGoneAt] = useState<number | null>(null)
  useEffect(() => {
    if (link !== 'lost') return
    const timer = setTimeout(() => setGoneAt(sinceAt), sinceAt + goneAfterMs - Date.now())
    return () => clearTimeout(timer)
  }, [link, sinceAt])
  return link === 'lost' && goneAt === sinceAt
}

function useAgeSentence(): string {
  const t = useWords()
  const language = useLanguage()
  const now = useNow()
  const freshAt = useReplica(replica => replica.sync.freshAt)
  if (freshAt === null) return t('desk.badge.neverFresh')
  const ageMs = now - freshAt
  if (ageMs < noticeableAgeMs) return t('desk.badge.fresh')
  return t('desk.badge.age', { age: sayAge(t, ageMs, language) })
}

/** What is unusual about the connection; null: nothing is. */
function useLinkSentence(): string | null {
  const t = useWords()
  const language = useLanguage()
  const sync = useReplica(replica => replica.sync)
  switch (sync.link.kind) {
    case 'idle':
      return null
    case 'loading':
      return sync.load && sync.load.total > 0
        ? t('desk.badge.loading', {
            done: sayNumber(sync.load.done, language),
            total: sayNumber(sync.load.total, language),
          })
        : null
    case 'offline':
    case 'slow':
    case 'unauthorised':
    case 'epochChanged':
    case 'failed':
      return t(`desk.badge.link.${sync.link.kind}`)
  }
}
