import { stripVTControlCharacters } from 'node:util'

/**
 * `failures`: a line for each failed test, its name and how it failed.
 * @typedef {{ passed: number, failed: number, skipped: number, failures?: readonly string[] }} Count
 */

/** @type {(count: Count) => string} */
export const countLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/** @type {(counts: readonly Count[]) => Required<Count>} */
export const sumOf = counts => ({
  passed: total(counts, 'passed'),
  failed: total(counts, 'failed'),
  skipped: total(counts, 'skipped'),
  failures: counts.flatMap(({ failures = [] }) => failures),
})

/** @type {(counts: readonly Count[], name: 'passed' | 'failed' | 'skipped') => number} */
const total = (counts, name) => counts.reduce((sum, count) => sum + count[name], 0)

/**
 * What `node --test` counted, from its TAP. A run that ended badly without a failed test
 * (it was cut short, or a file could not be read) is a failure all the same. `counted` are the
 * lines a test prints of what it has seen (`core/testing/counted.ts`).
 * @param {string} tap
 * @param {number} code exit code
 * @returns {Required<Count> & { skips: string[], counted: string[] }}
 */
export function countOfTap(tap, code) {
  const number = (/** @type {string} */ name) =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0)
  const failed = number('fail') + number('cancelled')
  const skips = [...tap.matchAll(/^\s*(?:not )?ok \d+ - (.*) # (?:SKIP|TODO)(.*)$/gm)].map(
    ([, name, reason = '']) => `${name}:${reason}`,
  )
  const counted = [...tap.matchAll(/^\s*# counted: (.*)$/gm)].map(([, line = '']) => line)
  return {
    passed: number('pass'),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: number('skipped') + number('todo'),
    skips,
    counted,
    failures: [...tap.matchAll(failedInTap)].map(([, name, error = '']) => lineOf(name, error)),
  }
}

const failedInTap =
  /^\s*not ok \d+ - ((?:(?! # (?:TODO|SKIP)).)*)$(?:\n\s+(?!error: ).*)*?\n\s+error: (?:\|-\n\s+)?(.*)$/gm

/** @type {(name?: string, error?: string) => string} */
const lineOf = (name = '', error = '') =>
  `${name}: ${
    stripVTControlCharacters(error)
      .trim()
      .replace(/^'(.*)'$/, '$1')
      .split('\n')[0]
      ?.slice(0, 300) ?? ''
  }`

/**
 * What Playwright counted, from its JSON report. `away` are the tests of Electron's own project
 * that had no Electron to run in.
 * @param {string | null} json
 * @param {number} code exit code
 * @returns {Required<Count> & { skips: string[], away: string[] }}
 */
export function countOfPlaywright(json, code) {
  if (json === null) return { passed: 0, failed: 1, skipped: 0, skips: [], away: [], failures: [] }
  const report = JSON.parse(json)
  const { expected, unexpected, flaky, skipped } = report.stats
  const tests = testsOf(report)
  const skippedTests = tests.filter(({ status }) => status === 'skipped')
  const failed = unexpected + flaky
  return {
    passed: expected,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped,
    skips: skippedTests.filter(({ project }) => project !== 'electron').map(({ title }) => title),
    away: skippedTests.filter(({ project }) => project === 'electron').map(({ title }) => title),
    failures: tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ title, error }) => lineOf(title, error)),
  }
}

/**
 * @typedef {{ projectName: string, status: string, results?: { error?: { message?: string } }[] }} Test
 * @typedef {{ title: string, suites?: Suite[], specs?: { title: string, tests: Test[] }[] }} Suite
 * @param {Suite | { suites?: Suite[] }} suite
 * @returns {{ title: string, project: string, status: string, error: string }[]}
 */
function testsOf(suite) {
  const own = 'specs' in suite ? (suite.specs ?? []) : []
  return [
    ...own.flatMap(({ title, tests }) =>
      tests.map(({ projectName, status, results = [] }) => ({
        title,
        project: projectName,
        status,
        error: results.find(({ error }) => error)?.error?.message ?? '',
      })),
    ),
    ...(suite.suites ?? []).flatMap(testsOf),
  ]
}
