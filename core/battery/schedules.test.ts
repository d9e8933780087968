import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted } from '../testing/counted.ts'
import { programPath, runProgram } from './run-program.ts'
import type { ScheduleAnswer } from './run-program.ts'
import { seed } from './seed.ts'

const count = Number(process.env['NACHALO_SCHEDULES'] ?? 5_000)

test(`${count} schedules of a network that breaks: each decision has exactly one end`, async () => {
  const startedAt = performance.now()
  const run = (own: number) =>
    runProgram<ScheduleAnswer>(programPath('schedule-program.ts'), [String(own), String(count / 2)])
  const halves = await Promise.all([run(seed), run(seed + 1)])
  const sum = (name: 'runs' | 'acts' | 'decisions' | 'effects' | 'kills') =>
    halves.reduce((total, half) => total + half[name], 0)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  counted(
    `schedules: seeds ${seed}, ${seed + 1}: ${sum('runs')} schedules, ${sum('acts')} acts, ` +
      `${sum('decisions')} decisions, ${sum('effects')} effects, ${sum('kills')} deaths, ${seconds} s`,
  )
  assert.deepEqual(
    halves.map(half => half.fault),
    [null, null],
  )
  assert.ok(sum('runs') >= count - 1)
  assert.ok(sum('effects') > sum('runs'))
})
