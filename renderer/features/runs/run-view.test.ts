import { expect, test } from 'vitest'
import { type RunEvent, runEventSchema } from '../../../contract/shapes/run.ts'
import { busyWorld } from '../../gallery/console/index.ts'
import { afterEvents, firstErrorLine, NOTHING_SEEN, shareDone } from './run-view.ts'

function eventsOf(runId: string): readonly RunEvent[] {
  const recorded = busyWorld().runs.get(runId)
  if (recorded === undefined) throw new Error(`no run ${runId}`)
  return recorded.events
}

test('the view is the same whether events came one by one, in batches or all at once', () => {
  const events = eventsOf('run-partial')
  const atOnce = afterEvents(NOTHING_SEEN, events)
  const oneByOne = events.reduce((view, event) => afterEvents(view, [event]), NOTHING_SEEN)
  const inBatches = afterEvents(afterEvents(NOTHING_SEEN, events.slice(0, 17)), events.slice(17))
  expect(oneByOne).toEqual(atOnce)
  expect(inBatches).toEqual(atOnce)
  expect(atOnce.run?.state).toBe('partial')
})

test('events that come again after a reconnect are not taken twice', () => {
  const events = eventsOf('run-running')
  const once = afterEvents(NOTHING_SEEN, events)
  expect(afterEvents(once, events)).toEqual(once)
  expect(afterEvents(afterEvents(NOTHING_SEEN, events.slice(0, 20)), events.slice(10))).toEqual(once)
})

test('the first error of the log is found', () => {
  const { log } = afterEvents(NOTHING_SEEN, eventsOf('run-running'))
  expect(log[firstErrorLine(log)]?.text).toContain('pack 9f31c2a7 is missing')
  expect(firstErrorLine(afterEvents(NOTHING_SEEN, eventsOf('run-sample-succeeded')).log)).toBe(-1)
})

test('only the latest samples of the rate are kept', () => {
  const samples = eventsOf('run-running').filter((event) => event.type === 'progress')
  const many = Array.from({ length: 200 }, (_, at) => {
    const sample = samples[at % samples.length]
    return runEventSchema.parse({ ...sample, sequence: at + 1, progress: { ...sample?.progress, rate: at } })
  })
  const { rates } = afterEvents(NOTHING_SEEN, many)
  expect(rates).toHaveLength(60)
  expect(rates.at(-1)).toBe(199)
})

test('a run that goes on is never shown as wholly done', () => {
  const { run } = afterEvents(NOTHING_SEEN, eventsOf('run-running'))
  if (run === null || run.progress === null) throw new Error('the run has no progress')
  const all = { ...run, progress: { ...run.progress, bytesDone: run.progress.bytesTotal ?? 0 } }
  expect(shareDone(all)).toBe(0.99)
  expect(shareDone({ ...all, state: 'partial' })).toBe(1)
  expect(shareDone({ ...run, progress: null })).toBeNull()
})
