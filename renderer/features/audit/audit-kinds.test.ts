import { expect, test } from 'vitest'
import { AUDIT, auditEntry } from '../../gallery/console/audit.ts'
import { actionWords, matchesEntry, ofKind } from './audit-kinds.ts'

test('restores and previews are told apart, and nothing is missing from all', () => {
  expect(new Set(ofKind(AUDIT, 'restores').map(({ action }) => action))).toEqual(new Set(['host.restore']))
  expect(new Set(ofKind(AUDIT, 'previews').map(({ action }) => action))).toEqual(new Set(['file.preview']))
  expect(ofKind(AUDIT, 'all')).toHaveLength(AUDIT.length)
})

test('the filter looks in what a row shows, also in what was done', () => {
  const entry = auditEntry(
    'look',
    { hours: 1 },
    { action: 'file.preview', summary: '/etc/shadow', targetPath: null, outcome: 'done' },
  )
  expect(actionWords(entry.action)).toBe('preview')
  expect(matchesEntry(entry, 'Database 1', 'PREVIEW shadow database')).toBe(true)
  expect(matchesEntry(entry, 'Database 1', 'restore')).toBe(false)
  expect(matchesEntry(entry, 'Database 1', '')).toBe(true)
})
