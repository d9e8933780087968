import styles from './load-bar.module.css'

interface Props {
  readonly points: number
  /** Points after the drop; absent: nothing hangs over this person. */
  readonly after?: number | undefined
  readonly limit: number
}

const percent = (part: number, whole: number) => `${whole > 0 ? (100 * part) / whole : 0}%`

/** Points against the limit; what a drop would add is hatched, what is over the limit is marked. */
export function LoadBar({ points, after = points, limit }: Props) {
  const whole = Math.max(limit, after, points, 1)
  const isOver = after > limit
  return (
    <span className={styles.bar} aria-hidden>
      <span className={styles.held} style={{ width: percent(Math.min(points, limit), whole) }} />
      {points > limit && (
        <span className={styles.over} style={{ width: percent(points - limit, whole) }} />
      )}
      {after > points && (
        <span
          className={styles.ghost}
          data-over={isOver || undefined}
          style={{ width: percent(after - points, whole) }}
        />
      )}
      {isOver && limit > 0 && (
        <span className={styles.limit} style={{ left: percent(limit, whole) }} />
      )}
    </span>
  )
}
