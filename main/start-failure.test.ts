import { expect, test } from 'vitest'
import { Fault, refused } from '../contract/errors.ts'
import { startFailure } from './start-failure.ts'

test.each([
  [
    new Fault('conflict', { what: 'secrets_damaged', detail: 'secrets file' }),
    'The secrets file is not as it was written. Put it back from a backup of the console’s data folder, then start again.',
  ],
  [
    new Fault('conflict', { what: 'data_directory_in_use', detail: 'process 7' }),
    'Another console uses this data directory: process 7. Close that one, or start this one with another --data-dir.',
  ],
  [
    new Fault('wrong_password', {}),
    'The passphrase does not open the secrets file. Start again with the one that was chosen for it.',
  ],
  [
    new Fault('version_mismatch', { ours: '1', theirs: '2' }),
    'A newer console wrote this data directory. Use that one.',
  ],
  [refused([], 'passphrase_short', { least: 12 }), 'A passphrase has at least 12 characters.'],
  [new Error('EACCES: permission denied'), 'EACCES: permission denied'],
])('what kept the console from starting is said with what to do: %#', (error, sentence) => {
  expect(startFailure(error)).toBe(sentence)
})
