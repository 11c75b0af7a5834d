import { expect, test } from 'vitest'
import { type Run, runStateSchema } from '../../../contract/shapes/run.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import { busyWorld } from '../../gallery/console/index.ts'
import { restoreOf, restoreRun } from '../../gallery/console/runs.ts'
import { furtherSteps } from './further-steps.ts'
import type { RestoreSubject } from './run-history.ts'

const counts = { restored: 4, updated: 2, unchanged: 0, deleted: 1, skipped: 0, failed: 0 }
const host = busyWorld().hosts.get('files-north') ?? null

function inPlace(change: Partial<Run> = {}, subject: Partial<RestoreSubject> = {}): Run {
  const about = restoreOf({ target: { kind: 'in-place' }, safetySnapshot: 'a'.repeat(64), ...subject })
  return restoreRun('run', { state: 'succeeded', counts, subject: about, ...change })
}

test('what goes on, and what is no restore, has nothing to follow', () => {
  expect(furtherSteps(inPlace({ state: 'running' }), host, [])).toEqual([])
  expect(furtherSteps(inPlace({ subject: { kind: 'init', sample: true } }), host, [])).toEqual([])
})

test.each(runStateSchema.options.filter((state) => !['queued', 'running', 'unknown'].includes(state)))(
  'a restore to staging that is %s is resumed only where it did not come to its end',
  (state) => {
    const steps = furtherSteps(restoreRun('run', { state }), host, [])
    const resumed = state === 'cancelled' || state === 'interrupted' || state === 'failed'
    expect(steps.map(({ as }) => as)).toEqual(resumed ? ['resume'] : [])
  },
)

test('what failed can be retried, and what was in place reverted', () => {
  const run = inPlace({ state: 'partial', counts: { ...counts, failed: 3 } })
  expect(furtherSteps(run, host, [])).toEqual([
    { as: 'retry', obstacle: null },
    { as: 'revert', obstacle: null },
  ])
})

test.each([
  ['there was no safety snapshot', inPlace({}, { safetySnapshot: null }), /without a safety snapshot/],
  ['it ended before one was made', inPlace({}, { safetySnapshot: 'wanted' }), /before the safety snapshot was made/],
  [
    'it changed nothing',
    inPlace({ counts: { ...counts, restored: 0, updated: 0, deleted: 0 } }, { safetySnapshot: null }),
    /It changed nothing/,
  ],
])('it cannot be reverted where %s, and says so', (_, run, why) => {
  expect(furtherSteps(run, host, [])).toEqual([{ as: 'revert', obstacle: expect.stringMatching(why) }])
})

test('what only created things can be reverted without a safety snapshot', () => {
  const run = inPlace({ counts: { ...counts, updated: 0, deleted: 0 } }, { safetySnapshot: null })
  expect(furtherSteps(run, host, [])).toEqual([{ as: 'revert', obstacle: null }])
})

test('what was reverted already is not offered again, unless that did not succeed', () => {
  const follower = (state: Run['state']) => [
    { kind: 'revert' as const, run: summariseRun(restoreRun('after', { state })) },
  ]
  expect(furtherSteps(inPlace(), host, follower('succeeded'))[0]?.obstacle).toBe('It was already reverted.')
  expect(furtherSteps(inPlace(), host, follower('failed'))[0]?.obstacle).toBeNull()
})

test('a host that is away, or grants too little, is in the way', () => {
  if (host === null || host.agent === null) throw new Error('the host is missing')
  const away = { ...host, link: { ...host.link, state: 'unreachable' as const } }
  expect(furtherSteps(inPlace(), away, [])[0]?.obstacle).toBe('files-north cannot be reached now.')
  const agent = { ...host.agent, granted: { ...host.agent.granted, role: 'operator' as const } }
  expect(furtherSteps(inPlace(), { ...host, agent }, [])[0]?.obstacle).toMatch(
    /role operator; this needs the role admin/,
  )
  expect(furtherSteps(restoreRun('run', { state: 'cancelled' }), { ...host, agent }, [])[0]?.obstacle).toBeNull()
})
