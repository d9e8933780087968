import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import type { Verdict } from '../../core/domain/assign.ts'
import { useWords } from './use-words.ts'
import styles from './verdict.module.css'

const pictures = { ok: IconCheck, warn: IconAlertTriangle, blocked: IconX }

/** ✓ ! ✕: the verdict by shape and by name, the colour only adds to them. */
export function VerdictIcon({ verdict, size = 15 }: { verdict: Verdict; size?: number }) {
  const t = useWords()
  const Picture = pictures[verdict]
  return (
    <Picture
      size={size}
      stroke={2.2}
      className={styles.icon}
      data-verdict={verdict}
      role="img"
      aria-label={t(`desk.verdict.${verdict}`)}
    />
  )
}
