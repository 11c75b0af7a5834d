import { readFileSync } from 'node:fs'

/**
 * What a test runner's JSON report says. `skipped` names each test that did not run and, where it is known, why.
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: readonly string[] }} Totals
 */

/**
 * Totals of vitest's JSON report; a report that is missing or unreadable counts as one failure.
 * @param {string} path
 * @returns {Totals}
 */
export function vitestTotals(path) {
  const report = readReport(path)
  if (!report) return { passed: 0, failed: 1, skipped: [] }
  const tests = report.testResults.flatMap((/** @type {any} */ file) => file.assertionResults)
  // A file that does not load has no tests of its own to fail.
  const broken = report.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const count = (/** @type {string} */ status) =>
    tests.filter((/** @type {any} */ test) => test.status === status).length
  const skipped = tests
    .filter((/** @type {any} */ test) => test.status !== 'passed' && test.status !== 'failed')
    .map((/** @type {any} */ test) => test.fullName)
  return { passed: count('passed'), failed: count('failed') + broken.length, skipped }
}

/**
 * Totals of Playwright's JSON report. A flaky test passed on a second try; we allow none, so it counts as failed.
 * @param {string} path
 * @returns {Totals}
 */
export function playwrightTotals(path) {
  const report = readReport(path)
  if (!report) return { passed: 0, failed: 1, skipped: [] }
  const { expected, unexpected, flaky } = report.stats
  // Errors outside any test: a spec that does not load, a project that does not start.
  const failed = unexpected + flaky + (unexpected + flaky === 0 ? report.errors.length : 0)
  return { passed: expected, failed, skipped: report.suites.flatMap(skippedSpecs) }
}

/**
 * @param {any} suite
 * @returns {string[]}
 */
function skippedSpecs(suite) {
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'skipped')
      .map((/** @type {any} */ test) => {
        const reason = test.annotations.find((/** @type {any} */ note) => note.type === 'skip')?.description
        return `${spec.title}${reason ? ` (${reason})` : ''}`
      }),
  )
  return [...own, ...(suite.suites ?? []).flatMap(skippedSpecs)]
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * The closing line: totals of all that ran.
 * @param {readonly Totals[]} parts
 */
export function closingLine(parts) {
  const sum = (/** @type {(part: Totals) => number} */ of) => parts.reduce((total, part) => total + of(part), 0)
  const skipped = sum((part) => part.skipped.length)
  const line = `${sum((part) => part.passed)} passed, ${sum((part) => part.failed)} failed`
  return skipped === 0 ? line : `${line}, ${skipped} skipped`
}
