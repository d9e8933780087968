import { notedLines, together } from '../battery/bitrix24/seeds-answer.ts'
import type { SeedsAnswer } from '../battery/bitrix24/seeds-answer.ts'
import { programPath, runProgram } from '../battery/run-program.ts'
import type { Row } from './report.ts'

const workers = 2
/** A hundred thousand seeds, each twice. */
const longestS = 180
const whole = 100_000

/** Lives of the outbox and the carrier at a hostile Bitrix24 portal, each seed twice, on two cores. */
export async function* seedRows(count: number, first: number): AsyncIterable<Row> {
  const share = Math.ceil(count / workers)
  const program = programPath('bitrix24/seeds-program.ts')
  const answers = await Promise.all(
    Array.from({ length: workers }, (_unused, at) =>
      runProgram<SeedsAnswer>(program, [String(first + at * share), String(share)]),
    ),
  )
  const all = together(answers)
  const { seeds, seconds } = all
  const budget = (longestS * seeds) / whole
  const note = `${(seeds / seconds).toFixed(0)} seeds/s, ${all.decisions} decisions, ${all.effects} effects, ${all.deaths} deaths`
  yield { name: `portal: ${seeds} seeds, each twice`, value: seconds, unit: 's', budget, note }
  const found = all.violations.map(({ seed, what }) => `${seed}: ${what}`).join('; ')
  yield {
    name: 'portal: broken invariants',
    value: all.violationCount,
    unit: 'errors',
    budget: 0,
    note: found,
  }
  yield {
    name: 'portal: seeds whose two lives differ',
    value: all.unlike.length,
    unit: 'errors',
    budget: 0,
    note: all.unlike.join(' '),
  }
  for (const line of notedLines(all)) {
    const [number, name] = line.split(' × ')
    yield {
      name: `portal, not promised: ${name}`,
      value: Number(number),
      unit: 'errors',
      budget: null,
    }
  }
}
