import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { SnapshotRecord } from '../../engine/restic/snapshot-records.ts'
import { UsageError } from '../../engine/command-line/command.ts'
import { accessFrom, cacheDirectoryFrom } from './repository-access.ts'
import { choose, readTreeArguments, tree } from './tree.ts'

const PASSWORD = { RESTIC_PASSWORD: 'secret' }

function surroundings(environment: Record<string, string>) {
  return { environment, workingDirectory: '/home/ada', out: new PassThrough(), say: () => undefined }
}

test('a snapshot is all that has to be said', () => {
  const expected = { repository: undefined, json: false, snapshot: 'latest', path: '/' }
  expect(readTreeArguments(['latest'])).toEqual(expected)
  expect(readTreeArguments(['-r', 'rest:x', '--json', 'abcd', '/srv'])).toEqual({
    repository: 'rest:x',
    json: true,
    snapshot: 'abcd',
    path: '/srv',
  })
})

test.each<[RegExp, string[], Record<string, string>]>([
  [/Say which snapshot/, [], {}],
  [/Unknown option '--jsno'\.$/, ['--jsno', 'latest'], {}],
  [/\/shut is one too many/, ['latest', '/odd', '/shut'], {}],
  [/as in \/odd\.$/, ['latest', 'odd'], {}],
  [/Say which repository/, ['latest'], PASSWORD],
  [/Give the repository's password/, ['-r', 'one', 'latest'], {}],
  [/cannot be read: ENOENT/, ['-r', 'one', 'latest'], { RESTIC_PASSWORD_FILE: '/none/here' }],
])('%s is said before anything is asked of restic', async (words, args, environment) => {
  const running = tree.run(args, surroundings(environment))
  await expect(running).rejects.toBeInstanceOf(UsageError)
  await expect(running).rejects.toThrow(words)
})

test.each<[string, string, Record<string, string>, object]>([
  ['a folder from where it was called', 'backups/one/', {}, { url: '/home/ada/backups/one' }],
  ['a folder with its scheme', 'local:/srv/one', {}, { url: '/srv/one' }],
  [
    'a server with the credentials in its address',
    'rest:https://bob:word@b.example/',
    { RESTIC_REST_USERNAME: 'ada', RESTIC_REST_PASSWORD: 'x' },
    { url: 'rest:https://b.example', username: 'bob', serverPassword: 'word' },
  ],
  [
    'a server with the credentials in the environment',
    'rest:https://b.example/one/',
    { RESTIC_REST_USERNAME: 'ada', RESTIC_REST_PASSWORD: 'x' },
    { url: 'rest:https://b.example/one', username: 'ada', serverPassword: 'x' },
  ],
  [
    'a store with the keys in the environment',
    's3:https://s3.example/bucket',
    { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', RESTIC_REST_USERNAME: 'ada' },
    { url: 's3:https://s3.example/bucket', username: 'key', serverPassword: 'secret' },
  ],
])('it opens %s', async (_, url, environment, expected) => {
  const access = await accessFrom(url, surroundings({ ...PASSWORD, ...environment }))
  expect(access).toEqual({ username: '', serverPassword: '', password: 'secret', ...expected })
})

test("restic's own copies are looked for where restic keeps them", () => {
  expect(cacheDirectoryFrom({ RESTIC_CACHE_DIR: '/var/cache/restic', HOME: '/home/ada' })).toBe('/var/cache/restic')
  if (process.platform !== 'linux') return
  expect(cacheDirectoryFrom({ XDG_CACHE_HOME: '/scratch', HOME: '/home/ada' })).toBe('/scratch/restic')
  expect(cacheDirectoryFrom({ HOME: '/home/ada' })).toBe('/home/ada/.cache/restic')
})

test('the latest snapshot is the newest, whatever the zone of its clock; a prefix has to be that of one', () => {
  const record = (digits: string, time: string): SnapshotRecord => {
    const id = digits.padEnd(64, '0')
    return { id, time, tree: id }
  }
  const east = record('aa', '2026-11-21T10:00:00+09:00')
  const west = record('ab', '2026-11-21T09:00:00-08:00')
  expect(choose([east, west], 'latest')).toBe(west)
  expect(choose([east, west], 'aa')).toBe(east)
  expect(() => choose([east, west], 'a')).toThrow('2 snapshots begin with a: write more of the id.')
  expect(() => choose([], 'latest')).toThrow('not_found')
})
