import { expect, test } from 'vitest'
import { ProgressMeter } from './progress-meter.ts'

const sample = (bytesDone: number, phase: 'planning' | 'restoring' = 'restoring') => ({
  phase,
  filesDone: 0,
  bytesDone,
  currentItem: null,
})

test('the rate is that of the last five seconds, and the time left follows from it', () => {
  const meter = new ProgressMeter()
  meter.expect({ files: 3, bytes: 20_000 })
  expect(meter.measure(sample(0), 0)).toMatchObject({
    rate: null,
    secondsLeft: null,
    filesTotal: 3,
    bytesTotal: 20_000,
  })
  for (let second = 1; second <= 10; second += 1) meter.measure(sample(1000 * second), 1000 * second)
  expect(meter.measure(sample(10_000), 10_000)).toMatchObject({ rate: 1000, secondsLeft: 10 })
  // Five seconds of nothing: the fast time before does not count any more.
  for (let second = 11; second <= 15; second += 1) meter.measure(sample(10_000), 1000 * second)
  expect(meter.measure(sample(10_000), 15_000)).toMatchObject({ rate: 0, secondsLeft: null })
})

test('a rate is not told before a second has passed, nor carried into the next phase', () => {
  const meter = new ProgressMeter()
  meter.measure(sample(0, 'planning'), 0)
  expect(meter.measure(sample(900, 'planning'), 900).rate).toBeNull()
  expect(meter.measure(sample(2000, 'planning'), 2000).rate).toBe(1000)
  expect(meter.measure(sample(0), 2001).rate).toBeNull()
  expect(meter.measure(sample(500), 3001).rate).toBe(500)
})

test('ten thousand samples a second cost no memory and give the same rate', () => {
  const meter = new ProgressMeter()
  let last = meter.measure(sample(0), 0)
  for (let at = 0.1; at <= 6000; at += 0.1) last = meter.measure(sample(at), at)
  expect(last.rate).toBeGreaterThan(990)
  expect(last.rate).toBeLessThanOrEqual(1000)
})
