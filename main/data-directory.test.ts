import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { defaultDataDirectory, installationOf, makeDataDirectory } from './data-directory.ts'
import { readHeadlessArguments } from './headless-arguments.ts'

test.each([
  ['linux', {}, join(homedir(), '.local/share/restore-console')],
  ['linux', { XDG_DATA_HOME: '/srv/data' }, '/srv/data/restore-console'],
  ['linux', { XDG_DATA_HOME: 'relative' }, join(homedir(), '.local/share/restore-console')],
  ['darwin', { XDG_DATA_HOME: '/srv/data' }, join(homedir(), 'Library/Application Support/Restore Console')],
] as const)('on %s with %o data goes to %s', (platform, variables, expected) => {
  expect(defaultDataDirectory({ platform, variables })).toBe(expected)
})

test('the directory is made for its user alone, and a file is not taken for one', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'deep', 'data')
  makeDataDirectory(data)
  makeDataDirectory(data)
  expect(statSync(data).mode & 0o777).toBe(0o700)
  writeFileSync(join(directory.path, 'file'), '')
  expect(() => makeDataDirectory(join(directory.path, 'file'))).toThrow('EEXIST')
})

test('an installation keeps its id, and refuses what is none', async () => {
  await using directory = temporaryDirectory()
  const id = installationOf(directory.path)
  expect(installationOf(directory.path)).toBe(id)
  writeFileSync(join(directory.path, 'installation'), '../elsewhere')
  expect(() => installationOf(directory.path)).toThrow('uuid')
})

test('an installation that a full disk has left empty is made anew', async () => {
  await using directory = temporaryDirectory()
  writeFileSync(join(directory.path, 'installation'), '')
  const id = installationOf(directory.path)
  expect(installationOf(directory.path)).toBe(id)
  expect(readdirSync(directory.path)).toEqual(['installation'])
})

test('the command line is read strictly', () => {
  expect(readHeadlessArguments([])).toEqual({ dataDirectory: null, port: 0, passphraseFile: null, stagingRoot: null })
  expect(readHeadlessArguments(['--data-dir', 'here', '--port=8080'])).toMatchObject({
    dataDirectory: resolve('here'),
    port: 8080,
  })
  expect(readHeadlessArguments(['--help', '--version'])).toBe('help')
  for (const wrong of [
    ['--port', 'http'],
    ['--port=-1'],
    ['--data-dir='],
    ['--data-dir'],
    ['stray'],
    ['--no-ticket'],
  ]) {
    expect(() => readHeadlessArguments(wrong)).toThrow(Error)
  }
})
