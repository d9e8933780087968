import { IconArrowDown } from '@tabler/icons-react'
import { useWords } from '../ui/use-words.ts'
import styles from './inbox.module.css'

interface Props {
  readonly count: number
  readonly onShow: () => void
}

/** «+3 новых»: what came while somebody works in the list waits here. */
export function HeldBar({ count, onShow }: Props) {
  const t = useWords()
  return (
    <div role="status" className={styles.heldSlot}>
      {count > 0 && (
        <button type="button" className={styles.held} onClick={onShow}>
          <IconArrowDown size={14} aria-hidden />
          {t('desk.held', { count })}
        </button>
      )}
    </div>
  )
}
