import { expect, test } from 'vitest'
import { evidenceWords } from './evidence-words.ts'

const evidence = {
  by: 'restic',
  equal: 1204,
  equalBytes: 3.1 * 1024 ** 3,
  different: 0,
  unread: 0,
  at: '2026-11-21T03:00:00Z',
}

test('only what was read back and is all equal is verified', () => {
  expect(evidenceWords(evidence, true)).toEqual({
    state: 'succeeded',
    word: 'verified',
    sentence: 'Read back: 1,204 files, 3.10 GiB, equal to the snapshot.',
  })
})

test('what differs or could not be read is never verified, and is counted', () => {
  expect(evidenceWords({ ...evidence, different: 2 }, true)).toMatchObject({ state: 'failed', word: '2 differ' })
  const both = evidenceWords({ ...evidence, different: 1, unread: 3 }, true)
  expect(both).toMatchObject({ state: 'failed', word: '1 differs, 3 unread' })
  expect(both.sentence).toContain('equal to the snapshot; 1 differs; 3 could not be read')
})

test('what was not read back says whether it was asked for', () => {
  expect(evidenceWords(null, false)).toMatchObject({ state: 'unknown', word: 'not read back' })
  expect(evidenceWords(null, false).sentence).toContain('not asked for')
  expect(evidenceWords(null, true).sentence).toContain('did not get that far')
  expect(evidenceWords({ ...evidence, equal: 0, equalBytes: 0 }, true).word).toBe('nothing to read')
})
