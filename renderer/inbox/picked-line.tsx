import { useReplica } from '../state/replica.ts'
import { useView } from '../state/view.ts'
import { useKeyLabels } from '../ui/layout.ts'
import { useWords } from '../ui/use-words.ts'
import styles from './inbox.module.css'

/** «Отобрано 42 из 42», and the keys of the moment. */
export function PickedLine({ total }: { readonly total: number }) {
  const t = useWords()
  const labelOf = useKeyLabels()
  const canDefer = useReplica(replica => replica.canDefer)
  const picked = useView(view => view.selection.size)
  const hints = [
    ['1–9', 'give'],
    [labelOf('KeyA'), 'whom'],
    [labelOf('KeyT'), 'take'],
    ...(canDefer ? [[labelOf('KeyH'), 'defer'] as const] : []),
    [labelOf('KeyD'), 'department'],
    ['?', 'keys'],
  ] as const
  return (
    <div className={styles.picked}>
      <span role="status">{picked > 0 ? t('desk.picked', { count: picked, total }) : ''}</span>
      <span className={styles.keys} aria-hidden>
        {hints.map(([key, name]) => (
          <span key={name}>
            <kbd>{key}</kbd> {t(`desk.keyShort.${name}`)}
          </span>
        ))}
      </span>
    </div>
  )
}
