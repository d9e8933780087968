import { IconAlertTriangle } from '@tabler/icons-react'
import { sayNumber } from '../../core/words/say.ts'
import { useLanguage, useWords } from '../ui/use-words.ts'
import type { Cell } from './heat-table.ts'
import styles from './heat-table.module.css'

interface Props {
  readonly cell: Cell
  /** What the cell would be after the drop; absent: nothing hangs over it. */
  readonly after: Cell | undefined
  readonly id: string
  readonly isAt: boolean
  readonly isOpen: boolean
  readonly isPicked: boolean
}

/** Rounded so that four figures fit. */
const short = (value: number) => Math.round(value * 10) / 10

/** One number on the colour and the pattern of how full it is. */
export function HeatCell({ cell, after, id, isAt, isOpen, isPicked }: Props) {
  const t = useWords()
  const language = useLanguage()
  const shown = after ?? cell
  const isMoving = after !== undefined && short(after.part) !== short(cell.part)
  return (
    <div
      role="gridcell"
      id={id}
      className={styles.cell}
      data-heat={shown.heat}
      data-empty={shown.part === 0 || undefined}
      data-at={isAt || undefined}
      data-open={isOpen || undefined}
      data-ghost={isMoving || undefined}
      aria-selected={isPicked}
    >
      {shown.absence ? (
        <span className={styles.away}>{t(`heat.absence.${shown.absence}`)}</span>
      ) : shown.heat === 'off' ? (
        '–'
      ) : (
        sayNumber(short(shown.part), language)
      )}
      {shown.late > 0 && (
        <span className={styles.late}>
          <IconAlertTriangle
            size={11}
            stroke={2.2}
            role="img"
            aria-label={t('heat.late', { count: shown.late })}
          />
          {shown.late > 1 && shown.late}
        </span>
      )}
    </div>
  )
}
