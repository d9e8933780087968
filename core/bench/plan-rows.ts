import { planOf } from '../domain/plan.ts'
import { busyDepartment } from './busy-department.ts'
import { median, quantile, timesOf } from './measure.ts'
import type { Row } from './report.ts'

/** Plans for many cases and people, people and cases looked at anew each time. */
export function* planRows(): Generator<Row> {
  yield rowFor({ cases: 500, people: 100, rounds: 40, budget: 50 })
  yield rowFor({ cases: 10_000, people: 200, rounds: 10, budget: 500 })
}

function rowFor(size: { cases: number; people: number; rounds: number; budget: number }): Row {
  const { world, unassigned } = busyDepartment({ ...size, held: size.people * 5 })
  let placed = 0
  const times = timesOf(size.rounds, () => {
    placed = planOf(unassigned, { ...world }).rows.length
  })
  if (placed === 0) throw new Error('nothing was placed')
  return {
    name: `a plan for ${size.cases} cases over ${size.people} people, median`,
    value: median(times),
    unit: 'ms',
    budget: size.budget,
    note: `${placed} placed, p95 ${quantile(times, 0.95).toFixed(1)} ms`,
  }
}
