import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'electron'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { reportCrashes } from './electron/crashes.ts'
import { jsonLog } from './json-log.ts'
import { openLogFolder } from './log-folder.ts'
import { redact, redacted } from './redact.ts'

// @security Secrets: Passwords, tokens and private keys that stand in somebody else's error are replaced before a line of the log or a crash report is written.
test.each([
  ['failed: https://user:hunter22@server/repo', 'failed: https://***@server/repo'],
  ['RESTIC_PASSWORD=hunter22 restic ls', 'RESTIC_PASSWORD=*** restic ls'],
  ['{"password":"hunt\\"er22","user":"x"}', '{"password":***,"user":"x"}'],
  ['Authorization: Bearer abc.def-ghi', 'Authorization: *** ***'],
  ['asked with Bearer abc.def-ghi', 'asked with Bearer ***'],
  ['AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7', 'AWS_SECRET_ACCESS_KEY: ***'],
  ['key AKIAIOSFODNN7EXAMPLE was refused', 'key *** was refused'],
  ['--passphrase hunter22 --port 1', '--passphrase *** --port 1'],
  ['a -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- b', 'a *** (a private key) b'],
  ['no secret in /srv/password-list.txt on db-01', 'no secret in /srv/password-list.txt on db-01'],
])('%j is written as %j', (text, written) => {
  expect(redact(text)).toBe(written)
})

test('a field that is named like a secret is none in the log', () => {
  const lines: string[] = []
  const log = redacted(
    jsonLog(
      (line) => lines.push(line),
      () => new Date(0),
    ),
  )
  log.error('it failed: token=abcdef', { password: 'hunter22', error: 'https://a:b@c/', code: 7, none: null })
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    level: 'error',
    message: 'it failed: token=***',
    password: '***',
    error: 'https://***@c/',
    code: 7,
    none: null,
  })
})

// @security Secrets: The console's logs and crash reports can be read by their user alone, and no picture of its memory is ever written.
test('logs are for their user alone, are turned over when they are large, and only some are kept', async () => {
  await using directory = temporaryDirectory()
  const folder = openLogFolder(directory.path, 100)
  for (let count = 0; count < 12; count += 1) folder.write(`${String(count).padStart(59, '0')}\n`)
  const files = readdirSync(folder.directory).toSorted()
  expect(files).toEqual(['console.log', 'console.log.1', 'console.log.2', 'console.log.3'])
  expect(readFileSync(join(folder.directory, 'console.log'), 'utf8')).toMatch(/11\n$/)
  expect(statSync(join(folder.directory, 'console.log')).mode & 0o077).toBe(0)
  expect(statSync(folder.crashDirectory).mode & 0o077).toBe(0)
  // It goes on where another console has left off.
  openLogFolder(directory.path, 100).write(`${'x'.repeat(59)}\n`)
  expect(readFileSync(join(folder.directory, 'console.log.1'), 'utf8')).toMatch(/11\n$/)
})

test('why a process ended is reported in a redacted file of its own, and only the last are kept', async () => {
  await using directory = temporaryDirectory()
  const folder = openLogFolder(directory.path)
  const app = new EventEmitter()
  let time = 0
  using _crashes = reportCrashes(app as unknown as App, folder, () => new Date((time += 1000)))
  app.emit('render-process-gone', {}, {}, { reason: 'clean-exit', exitCode: 0 })
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 })
  const asEmitter: EventEmitter = process
  asEmitter.emit('uncaughtExceptionMonitor', new Error('no way to https://a:secret@server/'), 'uncaughtException')
  const files = readdirSync(folder.crashDirectory).toSorted()
  expect(files).toEqual([
    '1970-01-01T00-00-01.000Z-process-gone.txt',
    '1970-01-01T00-00-02.000Z-uncaught-exception.txt',
  ])
  expect(readFileSync(join(folder.crashDirectory, files[1] ?? ''), 'utf8')).toContain('no way to https://***@server/')
  for (let count = 0; count < 30; count += 1) {
    app.emit('render-process-gone', {}, {}, { reason: 'crashed', exitCode: 1 })
  }
  expect(readdirSync(folder.crashDirectory)).toHaveLength(20)
})
