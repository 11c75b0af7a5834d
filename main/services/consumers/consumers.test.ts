import { expect, test } from 'vitest'
import { SILENT_AFTER } from '../../../contract/shapes/consumer.ts'
import { isSilent } from './consumers-service.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString()
const NEVER = { lastWorklistAt: null, lastSeenAt: null, registeredAt: null }

test.each([
  ['asked just within the time', { ...NEVER, lastWorklistAt: ago(SILENT_AFTER) }, false],
  ['asked longer ago', { ...NEVER, lastWorklistAt: ago(SILENT_AFTER + 1) }, true],
  ['does other things and does not ask', { ...NEVER, lastWorklistAt: ago(SILENT_AFTER + 1), lastSeenAt: ago(1) }, true],
  ['has just been let in', { ...NEVER, lastSeenAt: ago(60) }, false],
  ['was let in long ago and never asked', { ...NEVER, lastSeenAt: ago(SILENT_AFTER + 1) }, true],
  ['is one of a plane that does not say', NEVER, null],
])('a consumer is silent or not: it %s', (_what, heard, silent) => {
  expect(isSilent(heard, NOW)).toBe(silent)
})
