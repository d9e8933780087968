import { hintsFor } from '../domain/hint.ts'
import { busyDepartment } from './busy-department.ts'
import { median, quantile, timesOf } from './measure.ts'
import type { Row } from './report.ts'

const rounds = 2_000

/** Hints for one case after another over 200 people who hold 5,000 cases; the world is that of one moment. */
export function* hintRows(): Generator<Row> {
  const { world, unassigned } = busyDepartment({ cases: 1_000, people: 200, held: 4_000 })
  const hint = (index: number) => {
    const theCase = unassigned[index % unassigned.length]
    if (theCase && hintsFor([theCase], world).length < 199) throw new Error('somebody was left out')
  }
  timesOf(200, hint)
  const times = timesOf(rounds, hint)
  const note = `p95 ${quantile(times, 0.95).toFixed(2)} ms`
  yield {
    name: 'hints for a case over 200 people, median',
    value: median(times),
    unit: 'ms',
    budget: 1,
    note,
  }
}
