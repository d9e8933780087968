import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted } from '../../testing/counted.ts'
import { programPath, runProgram } from '../run-program.ts'
import { notedLines, together } from './seeds-answer.ts'
import type { SeedsAnswer } from './seeds-answer.ts'

const first = Number(process.env['NACHALO_SEED'] ?? 1)
const count = Number(process.env['NACHALO_PORTAL_SEEDS'] ?? 1_500)

test(`${count} lives at a hostile portal: no decision twice, no status that lies`, async () => {
  const half = Math.ceil(count / 2)
  const answers = await Promise.all(
    [first, first + half].map(from =>
      runProgram<SeedsAnswer>(programPath('bitrix24/seeds-program.ts'), [
        String(from),
        String(half),
      ]),
    ),
  )
  const all = together(answers)
  counted(
    `portal: ${all.seeds} seeds from ${first}, each twice, ${all.decisions} decisions, ` +
      `${all.effects} effects, ${all.deaths} deaths, ${all.seconds.toFixed(0)} s; ` +
      `not promised: ${notedLines(all).join(', ')}`,
  )
  assert.deepEqual([all.violations, all.unlike], [[], []])
  assert.ok(all.effects > all.seeds / 2)
})
