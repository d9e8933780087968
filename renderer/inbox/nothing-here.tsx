import { Button, Progress } from '@mantine/core'
import { IconChecklist, IconCloudOff, IconFilterOff, IconSitemap } from '@tabler/icons-react'
import { useMemo } from 'react'
import { sayNumber } from '../../core/words/say.ts'
import { focusList } from '../state/list-focus.ts'
import { useReplica } from '../state/replica.ts'
import { searchFor } from '../state/search.ts'
import { useWorld } from '../state/select.ts'
import { filterBy, noFilters, show } from '../state/view.ts'
import { shortLength } from '../ui/format.ts'
import { useLanguage } from '../ui/sentence.ts'
import { useWords } from '../ui/use-words.ts'
import styles from './nothing-here.module.css'

/** Why the list is empty: nothing passes, nothing has come yet, or everything is given out. */
export function NothingHere({ isNarrowed }: { readonly isNarrowed: boolean }) {
  const hasData = useReplica(replica => replica.me !== null && replica.sync.freshAt !== null)
  const isAdmin = useReplica(replica => replica.me?.role === 'admin')
  const whole = isAdmin ? <NotForAdmins /> : <AllGiven />
  return (
    <div className={styles.nothing}>
      {isNarrowed ? <NothingFits /> : hasData ? whole : <FirstLoad />}
    </div>
  )
}

/** An admin gives out nothing, so nothing comes: what there is to do is elsewhere. */
function NotForAdmins() {
  const t = useWords()
  return (
    <>
      <IconSitemap size={34} stroke={1.3} aria-hidden />
      <p className={styles.title}>{t('orgEdit.admin.title')}</p>
      <p className={styles.text}>{t('orgEdit.admin.text')}</p>
      <Button variant="default" size="xs" onClick={() => show('tree')}>
        {t('orgEdit.admin.toOrg')}
      </Button>
    </>
  )
}

function NothingFits() {
  const t = useWords()
  const clear = () => {
    filterBy(noFilters)
    searchFor('')
    focusList()
  }
  return (
    <>
      <IconFilterOff size={30} stroke={1.4} aria-hidden />
      <p className={styles.title}>{t('desk.empty.fits')}</p>
      <Button variant="default" size="xs" onClick={clear}>
        {t('desk.empty.clear')}
      </Button>
    </>
  )
}

function FirstLoad() {
  const t = useWords()
  const language = useLanguage()
  const { link, load } = useReplica(replica => replica.sync)
  if (link.kind !== 'loading' && link.kind !== 'idle' && link.kind !== 'slow')
    return (
      <>
        <IconCloudOff size={30} stroke={1.4} aria-hidden />
        <p className={styles.title}>{t(`desk.empty.link.${link.kind}`)}</p>
        <Button variant="default" size="xs" onClick={() => show('sync')}>
          {t('desk.empty.toSync')}
        </Button>
      </>
    )
  return (
    <>
      <p className={styles.title}>{t('desk.empty.loading')}</p>
      {load && (
        <>
          <Progress w={280} value={(100 * load.done) / Math.max(1, load.total)} aria-hidden />
          <p className={styles.text} role="status">
            {t('desk.empty.loaded', {
              done: sayNumber(load.done, language),
              total: sayNumber(load.total, language),
            })}
            {load.leftMs !== null &&
              ` · ${t('desk.empty.left', { left: shortLength(t, load.leftMs, language) })}`}
          </p>
        </>
      )}
    </>
  )
}

/** A calm sentence and today's numbers. */
function AllGiven() {
  const t = useWords()
  const closed = useReplica(replica => replica.closed)
  const world = useWorld()
  const numbers = useMemo(() => {
    let [inWork, overdue] = [0, 0]
    for (const { counts } of world?.loads.values() ?? []) {
      inWork += counts.inWork
      overdue += counts.overdue
    }
    const today = Object.values(closed).reduce((sum, one) => sum + one.today, 0)
    return [
      ['inWork', inWork],
      ['overdue', overdue],
      ['closedToday', today],
    ] as const
  }, [world, closed])
  return (
    <>
      <IconChecklist size={34} stroke={1.3} aria-hidden />
      <p className={styles.title}>{t('desk.empty.title')}</p>
      <p className={styles.text}>{t('desk.empty.text')}</p>
      <dl className={styles.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dd>{value}</dd>
            <dt>{t(`desk.empty.${name}`)}</dt>
          </div>
        ))}
      </dl>
    </>
  )
}
