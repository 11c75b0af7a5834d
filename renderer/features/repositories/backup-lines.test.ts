import { expect, test } from 'vitest'
import { linesOf, readBackupLines } from './backup-lines.ts'

test('what a backup takes is one line each, there and back', () => {
  const backup = { paths: ['/etc', '/srv/my files'], exclude: ['*.tmp'] }
  expect(linesOf(backup)).toEqual({ paths: '/etc\n/srv/my files', exclude: '*.tmp' })
  expect(readBackupLines({ paths: '\n /etc \n\n/srv/my files\n', exclude: '*.tmp\n' })).toEqual({ backup })
  expect(linesOf(null)).toEqual({ paths: '', exclude: '' })
})

test('nothing to take, and a path that is none, are told so', () => {
  expect(readBackupLines({ paths: ' \n', exclude: '' })).toEqual({ problem: 'Say what to back up.' })
  expect(readBackupLines({ paths: '/etc\nhome', exclude: '' })).toEqual({
    problem: '“home”: A path begins with "/".',
  })
})
