import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countLine, countOfPlaywright, countOfTap, sumOf } from './count.mjs'

const tap = (numbers: Readonly<Record<string, number>>, lines = '') =>
  `TAP version 13\n${lines}${['tests', 'pass', 'fail', 'cancelled', 'skipped', 'todo']
    .map(name => `# ${name} ${numbers[name] ?? 0}\n`)
    .join('')}`

test('the last line is the sum of all that was counted', () => {
  const sum = sumOf([
    { passed: 2, failed: 0, skipped: 1 },
    { passed: 3, failed: 1, skipped: 0, failures: ['drops: late'] },
  ])
  assert.equal(countLine(sum), '5 passed, 1 failed, 1 skipped')
  assert.deepEqual(sum.failures, ['drops: late'])
})

test('cancelled tests have failed, and each skip is named with its reason', () => {
  const lines = 'ok 1 - reads # SKIP no keychain here\n    ok 2 - writes # TODO\nok 3 - runs\n'
  assert.deepEqual(
    countOfTap(tap({ pass: 1, fail: 1, cancelled: 1, skipped: 1, todo: 1 }, lines), 1),
    {
      passed: 1,
      failed: 2,
      skipped: 2,
      skips: ['reads: no keychain here', 'writes:'],
      counted: [],
      failures: [],
    },
  )
})

test('a run that was cut short has failed, whatever it had counted', () => {
  assert.deepEqual(countOfTap('TAP version 13\nok 1 - runs\n', 1), {
    passed: 0,
    failed: 1,
    skipped: 0,
    skips: [],
    counted: [],
    failures: [],
  })
  assert.equal(countOfPlaywright(null, 0).failed, 1)
})

test('what a test says it has counted is told, and nothing else of what it prints', () => {
  const lines = '# counted: kills: 300, 0 lost\n# another line\nok 1 - kills\n'
  assert.deepEqual(countOfTap(tap({ pass: 1 }, lines), 0).counted, ['kills: 300, 0 lost'])
})

test('only Electron’s own tests may have nothing to run in', () => {
  const spec = (title: string, projectName: string, status: string) => ({
    title,
    tests: [{ projectName, status }],
  })
  const report = {
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 2 },
    suites: [
      {
        title: 'a',
        specs: [
          spec('drops', 'chromium', 'expected'),
          spec('drags', 'chromium', 'skipped'),
          {
            title: 'drops twice',
            tests: [
              {
                projectName: 'chromium',
                status: 'unexpected',
                results: [
                  { error: { message: '\u001b[2mError: there are two\u001b[22m\n\n  at' } },
                ],
              },
            ],
          },
        ],
      },
      { title: 'b', suites: [{ title: 'c', specs: [spec('opens', 'electron', 'skipped')] }] },
    ],
  }
  assert.deepEqual(countOfPlaywright(JSON.stringify(report), 1), {
    passed: 1,
    failed: 2,
    skipped: 2,
    skips: ['drags'],
    away: ['opens'],
    failures: ['drops twice: Error: there are two'],
  })
})

test('how a test failed is told in a line', () => {
  const lines = `not ok 1 - plain
  ---
  duration_ms: 3
  location: '/a.test.ts:1:1'
  error: 'no parameter'
  code: 'ERR_TEST_FAILURE'
  ...
ok 2 - passes
  ---
  duration_ms: 1
  ...
    not ok 1 - of several lines
      ---
      failureType: 'testCodeFailure'
      error: |-
        Expected values to be strictly equal:

        1 !== 2
      ...
`
  assert.deepEqual(countOfTap(tap({ pass: 1, fail: 2 }, lines), 1).failures, [
    'plain: no parameter',
    'of several lines: Expected values to be strictly equal:',
  ])
})
