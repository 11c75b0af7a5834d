import { expect, test } from 'vitest'
import { worldRunning } from '../../gallery/console/index.ts'
import { restoreOf, restoreRun } from '../../gallery/console/runs.ts'
import { afterPart, canEndBetween, endedNow } from './cancel-words.ts'
import { stepsOf } from './run-steps.ts'
import { phaseWords } from './run-words.ts'

function running(phase: 'planning' | 'saving' | 'restoring' | 'verifying') {
  const run = worldRunning(phase).runs.get('run-running')?.run
  if (run === undefined || run.progress === null) throw new Error('it does not run')
  return { ...run, progress: run.progress }
}

test('the steps say what is done, what it is at and what is ahead', () => {
  expect(stepsOf(running('saving')).map(({ title, place }) => `${title}: ${place}`)).toEqual([
    'Plan: done',
    'Safety snapshot: now',
    'Restore: ahead',
    'Read back: ahead',
    'Finish: ahead',
  ])
})

test('what a restore does not do is no step of it', () => {
  const run = restoreRun('run', { subject: restoreOf({ readBack: false }) })
  expect(stepsOf(run).map(({ title }) => title)).toEqual(['Plan', 'Restore', 'Finish'])
  expect(stepsOf({ ...run, state: 'succeeded' })).toEqual([])
})

test('the phase names the part that it is at', () => {
  expect(phaseWords(running('restoring').progress)).toBe('Restoring, part 2 of 5')
  expect(phaseWords(running('saving').progress)).toBe('Taking the safety snapshot')
})

test('it can be ended between two parts only where another follows', () => {
  const run = running('restoring')
  expect(canEndBetween(run)).toBe(true)
  expect(canEndBetween({ progress: { ...run.progress, part: { at: 5, of: 5 } } })).toBe(false)
  expect(canEndBetween(running('verifying'))).toBe(false)
  expect(afterPart(run)).toMatch(/^What parts 1 to 2 of 5 hold is restored whole; 3 parts are not begun\./)
})

test('what remains when it is ended now is said for the phase that it is in', () => {
  expect(endedNow(running('planning'))).toMatch(/^Nothing has been written yet/)
  expect(endedNow(running('saving'))).toMatch(/^The original files are as they were/)
  expect(endedNow(running('restoring'))).toMatch(
    /the one it is at may be incomplete.*reverted from its safety snapshot/,
  )
  expect(endedNow(running('verifying'))).toMatch(/not all read back/)
})
