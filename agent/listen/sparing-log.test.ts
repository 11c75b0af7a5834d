import { expect, test } from 'vitest'
import { createLogger } from '../../engine/logging/logger.ts'
import { sparingLog } from './sparing-log.ts'

test('what strangers cause is so many lines a minute, and then how many more there were', () => {
  const time = { now: 0 }
  const clock = { now: () => new Date(0), elapsed: () => time.now }
  const lines: string[] = []
  const logger = createLogger({ sink: (line) => lines.push(line), secrets: () => [], now: clock.now })
  const log = sparingLog(logger, clock)
  for (let at = 0; at < 5000; at += 1) log('stranger.refused', { at })
  expect(lines).toHaveLength(60)
  time.now += 60_001
  log('stranger.refused', { at: 5000 })
  expect(lines).toHaveLength(62)
  expect(lines[60]).toContain('"event":"strangers.unlogged","lines":4940')
})
