import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface Props {
  readonly tone: 'quiet' | 'warn' | 'bad'
  readonly title?: string
  readonly children?: ReactNode
}

/** A sentence that must be seen: icon and colour by tone; what is bad is read out at once. */
export function Notice({ tone, title, children }: Props) {
  const Picture = tone === 'quiet' ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'note'}>
      <Picture size={18} stroke={1.7} aria-hidden />
      <div className={styles.body}>
        {title !== undefined && <div className={styles.title}>{title}</div>}
        {children}
      </div>
    </div>
  )
}
