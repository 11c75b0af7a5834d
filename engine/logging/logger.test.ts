import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

test('a line is JSON with the moment, the event and its fields', () => {
  const lines: string[] = []
  const logger = createLogger({ sink: (line) => lines.push(line), secrets: () => [], now: () => new Date(0) })
  logger.warn('run.ended', { runId: 'r1', nothing: undefined })
  expect(lines).toEqual(['{"at":"1970-01-01T00:00:00.000Z","level":"warn","event":"run.ended","runId":"r1"}'])
})

test('no secret is in a line, wherever it came from', () => {
  const lines: string[] = []
  const secrets = ['hunter2', 'p&ss "word', '']
  const logger = createLogger({ sink: (line) => lines.push(line), secrets: () => secrets, now: () => new Date(0) })
  const cause = new Error('GET /?password=p%26ss%20%22word')
  logger.error('call.failed', { deep: { list: ['a hunter2 b'] }, error: new Error('p&ss "word', { cause }) })
  expect(lines[0]).toContain('call.failed')
  expect(lines[0]).not.toMatch(/hunter2|p&ss|p%26ss/)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: { message: '***', cause: { name: 'Error' } } })
})
