import { describe, expect, test } from 'vitest'
import { EXAMPLES, problemWithAddress, schemeOf, suggestName, takeCredentials } from './repository-address.ts'

test('the kind of place follows from the beginning of the address', () => {
  const seen = ['', '/media/x', 'local:/x', 'rest:https://a/', 's3:s3.example/b/c', 'sftp:u@h:/x', 'b2:bucket:x'].map(
    schemeOf,
  )
  expect(seen).toEqual(['local', 'local', 'local', 'rest', 's3', 'sftp', 'other'])
})

test('every example is an address that can be right', () => {
  expect(EXAMPLES.map(problemWithAddress)).toEqual(EXAMPLES.map(() => null))
})

describe('what cannot be an address is said so', () => {
  test.each([
    ['', 'Say where'],
    ['backup/laptop', 'begins with “/”'],
    ['https://backup.example:8000/x', 'rest:https://backup.example:8000/x'],
    ['rest:backup.example', 'rest:https://'],
    ['s3:https://s3.example', 'bucket'],
    ['sftp:server', 'sftp:user@server:/folder'],
  ])('%j', (url, sentence) => {
    expect(problemWithAddress(url)).toContain(sentence)
  })
})

test('a user name and password in the address are taken out of it', () => {
  expect(takeCredentials('rest:https://maria:p%40ss@backup.example:8000/laptop/')).toEqual({
    url: 'rest:https://backup.example:8000/laptop/',
    username: 'maria',
    serverPassword: 'p@ss',
  })
  expect(takeCredentials('rest:https://backup.example/a@b')).toBeNull()
  expect(takeCredentials('sftp:backup@nas:/x')).toBeNull()
})

test('a name is suggested from the end of the address', () => {
  expect(['/media/backup/laptop/', 'rest:https://b.example:8000/db-01/', 'b2:bucket:nightly'].map(suggestName)).toEqual(
    ['laptop', 'db-01', 'nightly'],
  )
})
