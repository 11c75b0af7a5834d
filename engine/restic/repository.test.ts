import { expect, it } from 'vitest'
import { placeOf, type ResticRepository, resticEnvironment, schemeOf } from './repository.ts'

const repository = (access: Partial<ResticRepository['access']>): ResticRepository => ({
  restic: { path: '/usr/bin/restic', version: '0.18.0' },
  access: { url: '/srv/restic', username: '', serverPassword: '', password: 'secret', ...access },
  cacheDirectory: '/var/cache/ours',
  mark: { RESTORE_AGENT: 'a1' },
})

it('lets through what a program needs to live, and no setting of restic', () => {
  const environment = resticEnvironment(repository({}), {
    PATH: '/usr/bin',
    HOME: '/root',
    XDG_RUNTIME_DIR: '/run/user/0',
    https_proxy: 'http://proxy:3128',
    RESTIC_PASSWORD_COMMAND: 'cat /etc/shadow',
    RESTIC_REPOSITORY_FILE: '/etc/other',
    RESTIC_HOST: 'elsewhere',
    AWS_SESSION_TOKEN: 'old',
    LD_PRELOAD: '/tmp/evil.so',
    NODE_OPTIONS: '--inspect',
  })
  expect(environment).toEqual({
    PATH: '/usr/bin',
    HOME: '/root',
    XDG_RUNTIME_DIR: '/run/user/0',
    https_proxy: 'http://proxy:3128',
    RESTORE_AGENT: 'a1',
    RESTIC_REPOSITORY: '/srv/restic',
    RESTIC_PASSWORD: 'secret',
    RESTIC_CACHE_DIR: '/var/cache/ours',
    RESTIC_PROGRESS_FPS: '4',
  })
})

it.each([
  ['rest:https://host/', { RESTIC_REST_USERNAME: 'olivia', RESTIC_REST_PASSWORD: 'pw' }],
  ['s3:s3.example/bucket', { AWS_ACCESS_KEY_ID: 'olivia', AWS_SECRET_ACCESS_KEY: 'pw' }],
  ['sftp:host:/srv', {}],
])('gives the credentials for %s the names that restic knows', (url, expected) => {
  const without = resticEnvironment(repository({ url }), {})
  const environment = resticEnvironment(repository({ url, username: 'olivia', serverPassword: 'pw' }), {})
  expect(environment).toEqual({ ...without, ...expected })
})

// @security Secrets: restic is never given a session token that belongs to another key.
it('passes on what an S3 store wants to know besides a key, but no token of another key', () => {
  const inherited = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'olivia', AWS_SESSION_TOKEN: 'lent' }
  const access = { url: 's3:s3.example/bucket', username: 'olivia', serverPassword: 'pw' }
  const lent = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_SESSION_TOKEN: 'lent' }
  expect(resticEnvironment(repository(access), inherited)).toMatchObject(lent)
  const own = resticEnvironment(repository({ ...access, username: 'peter' }), inherited)
  expect(own['AWS_DEFAULT_REGION']).toBe('eu-west-1')
  expect(own).not.toHaveProperty('AWS_SESSION_TOKEN')
  expect(resticEnvironment(repository({}), inherited)).not.toHaveProperty('AWS_DEFAULT_REGION')
})

it.each([
  ['/srv/restic', 'local', '/srv/restic'],
  ['local:/srv/restic', 'local', '/srv/restic'],
  ['rest:https://backup.example:8000/web/', 'rest', 'backup.example:8000'],
  ['rest:https://olivia:secret@backup.example/', 'rest', 'backup.example'],
  ['s3:s3.example/bucket', 's3', 's3.example'],
  ['sftp:olivia@backup.example:/srv', 'sftp', 'backup.example:'],
  ['sftp://olivia@backup.example:22//srv', 'sftp', 'backup.example:22'],
])('knows the scheme of %s, and its place without a credential', (url, scheme, place) => {
  expect(schemeOf(url)).toBe(scheme)
  expect(placeOf(url)).toBe(place)
})
