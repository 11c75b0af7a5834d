import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { closingLine, playwrightTotals, vitestTotals } from './totals.mjs'

it('counts tests of vitest, and a file that does not load as one failure', async () => {
  await using report = written({
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped', fullName: 'needs restic' }] },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  })
  expect(vitestTotals(report.path)).toEqual({ passed: 2, failed: 2, skipped: ['needs restic'] })
})

it('counts a flaky test of Playwright as failed, and says why one was skipped', async () => {
  const skipped = { status: 'skipped', annotations: [{ type: 'skip', description: 'no Electron' }] }
  await using report = written({
    stats: { expected: 3, unexpected: 1, flaky: 1 },
    errors: [],
    suites: [{ suites: [{ specs: [{ title: 'opens a window', tests: [skipped] }] }] }],
  })
  expect(playwrightTotals(report.path)).toEqual({ passed: 3, failed: 2, skipped: ['opens a window (no Electron)'] })
})

it('counts an error outside any test of Playwright as a failure', async () => {
  await using report = written({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}], suites: [] })
  expect(playwrightTotals(report.path).failed).toBe(1)
})

it('counts a report that is missing as a failure', () => {
  expect([vitestTotals('/nowhere'), playwrightTotals('/nowhere')].map(({ failed }) => failed)).toEqual([1, 1])
})

it('closes with one line of totals, which names the skipped only where there are some', () => {
  const all = { passed: 3, failed: 0, skipped: [] }
  expect(closingLine([all, all])).toBe('6 passed, 0 failed')
  expect(closingLine([all, { passed: 1, failed: 1, skipped: ['x'] }])).toBe('4 passed, 1 failed, 1 skipped')
})

function written(report: unknown) {
  const directory = temporaryDirectory()
  const path = join(directory.path, 'report.json')
  writeFileSync(path, JSON.stringify(report))
  return { path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() }
}
