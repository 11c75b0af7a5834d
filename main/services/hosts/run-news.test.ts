import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import { type RunSummary, summariseRun } from '../../../contract/shapes/run-summary.ts'
import { RunNews } from './run-news.ts'

const BEGAN = new Date('2026-11-21T03:00:00.000Z')

function runOf(endedAt: string | null): RunSummary {
  const nothing = { startedAt: null, progress: null, counts: NO_COUNTS, fault: null, remark: '' }
  const made = { id: randomUUID(), requestKey: randomUUID(), repositoryId: 'r', startedBy: 'ada@desk' }
  const state = endedAt === null ? 'running' : 'failed'
  const times = { queuedAt: '2026-11-20T03:00:00.000Z', endedAt }
  return summariseRun({ ...made, ...nothing, ...times, state, subject: { kind: 'init', sample: false } })
}

function listened() {
  const news = new RunNews({ now: () => BEGAN })
  const told: string[] = []
  news.listen((_, run) => told.push(run.id))
  return { news, told }
}

test('nothing is news before a host was reached', () => {
  const { news, told } = listened()
  const run = runOf('2026-11-21T04:00:00.000Z')
  news.now('h', run)
  news.past('h', [run])
  expect(told).toEqual([])
  news.reached('h')
  news.now('h', run)
  expect(told).toEqual([run.id])
  news.forget('h')
  news.now('h', run)
  expect(told).toHaveLength(1)
})

test('what is heard of afterwards is news where it ended since this console began', () => {
  const { news, told } = listened()
  news.reached('h')
  const [old, since, going] = [runOf('2026-11-20T04:00:00.000Z'), runOf('2026-11-21T03:30:00.000Z'), runOf(null)]
  news.past('h', [old, since, going])
  expect(told).toEqual([since.id])
  // A host whose clock is behind tells what happens now.
  news.now('h', old)
  expect(told).toEqual([since.id, old.id])
})
