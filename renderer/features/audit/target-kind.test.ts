import { expect, test } from 'vitest'
import { targetKind } from './target-kind.ts'

const restore = { action: 'host.restore', runId: 'run-1' } as const

test.each([
  ['/', 'in-place'],
  ['/var/restic-restore/run-1', 'staging'],
  ['/srv/restored', 'path'],
  ['/srv/run-12', 'path'],
])('a restore to %s went %s', (targetPath, kind) => {
  expect(targetKind({ ...restore, targetPath })).toBe(kind)
})

test('what is no restore, or was refused, has no target', () => {
  expect(targetKind({ ...restore, action: 'host.cancel', targetPath: '/srv/restored' })).toBeNull()
  expect(targetKind({ ...restore, targetPath: null })).toBeNull()
})
