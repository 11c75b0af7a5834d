import { expect, test } from 'vitest'
import { busyPlanes, emptyPlanes, PRESENT } from '../../gallery/console/index.ts'
import { embeddedPlane } from '../../gallery/console/planes.ts'
import { describePlaneFailure, lacksWords, leftWords, obstacleAt, planesInUse } from './plane-words.ts'
import { accessOf, EMPTY_ACCESS, missingOf, readRules } from './typed-access.ts'

const [embedded, canopy, silent] = busyPlanes().planes

test('a plane without safety modes forbids nothing, one that is in a lower mode names the one it takes', () => {
  expect(obstacleAt(embedded, 'danger', PRESENT)).toBeNull()
  expect(obstacleAt(canopy, null, PRESENT)).toBeNull()
  expect(obstacleAt(canopy, 'write', PRESENT)).toBe(
    'It needs write mode, and Canopy south is in read-only mode. Raise it first.',
  )
})

test('a plane that is away or off says so', () => {
  expect(obstacleAt(silent, 'write', PRESENT)).toMatch(/^Laboratory plane cannot be reached\./)
  expect(obstacleAt(embeddedPlane(false), 'write', PRESENT)).toBe('Embedded is switched off.')
  expect(obstacleAt(undefined, 'write', PRESENT)).not.toBeNull()
})

test('a raised mode says how long it lasts still', () => {
  const until = new Date(PRESENT.getTime() + 8.5 * 60_000).toISOString()
  expect(leftWords({ mode: 'write', until }, PRESENT)).toBe('9 min left')
  expect(leftWords({ mode: 'write', until: PRESENT.toISOString() }, PRESENT)).toBe('about to fall back')
  expect(leftWords({ mode: 'read-only', until: null }, PRESENT)).toBeNull()
})

test('what a plane cannot tell is said, and of one that tells all nothing', () => {
  if (embedded === undefined || canopy === undefined) throw new Error('no planes')
  expect(lacksWords(embedded)).toBeNull()
  expect(lacksWords(canopy)).toContain('what a consumer would be sent')
})

test('a refused token is told from a plane that cannot be reached', () => {
  if (silent === undefined) throw new Error('no plane')
  const refused = {
    ...silent,
    connection: {
      state: 'failed',
      fault: { code: 'unauthenticated', data: { by: 'backend' } },
      since: PRESENT.toISOString(),
    },
  } as const
  expect(describePlaneFailure(refused)).toMatchObject({
    title: 'Laboratory plane does not let this console in',
    explanation: 'It refused the token.',
  })
  expect(describePlaneFailure(silent)?.explanation).toBe('Nothing listens at plane.laboratory.example:8444.')
})

test('a plane that is off is not in use', () => {
  expect(planesInUse([embeddedPlane(false)])).toEqual([])
  expect(planesInUse(emptyPlanes(true).planes)).toHaveLength(1)
})

const rest = { ...EMPTY_ACCESS, name: 'north', url: 'rest:https://a/', repoPassword: 'x' }

test('of the two kinds of storage only what the address says it is, is sent', () => {
  const typed = { ...rest, username: 'u', accessKeyId: 'k', secretAccessKey: 's' }
  expect(accessOf(typed)).toEqual({ url: 'rest:https://a/', repo_password: 'x', username: 'u', server_password: null })
  expect(accessOf({ ...typed, url: 's3:https://b/c' }).s3).toMatchObject({ access_key_id: 'k', role_arn: null })
})

test('S3 takes an access key, and nothing takes a missing password', () => {
  expect(missingOf(rest)).toBeNull()
  expect(missingOf({ ...rest, url: 's3:https://b/c' })).toBe('S3 asks for an access key.')
  expect(missingOf({ ...rest, repoPassword: '' })).toBe('Type the repository’s password.')
})

test('rules are read line by line, and the first that is none is named', () => {
  expect(readRules('tag pg = postgres\n\npath /var/lib = files')).toEqual({
    rules: [
      { by: 'tag', tag: 'pg', type: 'postgres' },
      { by: 'path', path: '/var/lib', type: 'files' },
    ],
    problem: null,
  })
  expect(readRules('tag pg = postgres\nnothing').problem).toContain('Line 2')
})
