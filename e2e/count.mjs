/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {(count: Count) => string} */
export const countLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/** @type {(counts: readonly Count[]) => Count} */
export const sumOf = counts =>
  counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

/**
 * What `node --test` counted, from its TAP. A run that ended badly without a failed test
 * (it was cut short, or a file could not be read) is a failure all the same. `counted` are the
 * lines a test prints of what it has seen (`core/testing/counted.ts`).
 * @param {string} tap
 * @param {number} code exit code
 * @returns {Count & { skips: string[], counted: string[] }}
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
  }
}

/**
 * What Playwright counted, from its JSON report. `away` are the tests of Electron's own project
 * that had no Electron to run in.
 * @param {string | null} json
 * @param {number} code exit code
 * @returns {Count & { skips: string[], away: string[] }}
 */
export function countOfPlaywright(json, code) {
  if (json === null) return { passed: 0, failed: 1, skipped: 0, skips: [], away: [] }
  const report = JSON.parse(json)
  const { expected, unexpected, flaky, skipped } = report.stats
  const skippedTests = testsOf(report).filter(({ status }) => status === 'skipped')
  const failed = unexpected + flaky
  return {
    passed: expected,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped,
    skips: skippedTests.filter(({ project }) => project !== 'electron').map(({ title }) => title),
    away: skippedTests.filter(({ project }) => project === 'electron').map(({ title }) => title),
  }
}

/**
 * @typedef {{ title: string, suites?: Suite[], specs?: { title: string, tests: { projectName: string, status: string }[] }[] }} Suite
 * @param {Suite | { suites?: Suite[] }} suite
 * @returns {{ title: string, project: string, status: string }[]}
 */
function testsOf(suite) {
  const own = 'specs' in suite ? (suite.specs ?? []) : []
  return [
    ...own.flatMap(({ title, tests }) =>
      tests.map(({ projectName, status }) => ({ title, project: projectName, status })),
    ),
    ...(suite.suites ?? []).flatMap(testsOf),
  ]
}
