import { expect, test } from 'vitest'
import type { IssuedCredentials } from '../../contract/control-plane/consumer.ts'
import { refreshed } from './credentials.ts'

const NOON = Date.UTC(2026, 10, 27, 12)
const MINUTE = 60_000

function issued(name: string, until: number): IssuedCredentials {
  const credentials = { Version: 1 as const, AccessKeyId: name, SecretAccessKey: 's', SessionToken: '' }
  return { credentials: { ...credentials, Expiration: new Date(until).toISOString() }, repo_password: 'p' }
}

test('credentials are asked for again two minutes before they end, and not a moment earlier', async () => {
  let now = NOON
  let asked = 0
  const ask = async () => issued(`key-${(asked += 1)}`, now + 60 * MINUTE)
  const credentials = refreshed(ask, { now: () => new Date(now) })
  const key = async () => (await credentials()).credentials.AccessKeyId
  expect(await key()).toBe('key-1')
  now = NOON + 58 * MINUTE - 1
  expect(await key()).toBe('key-1')
  now = NOON + 58 * MINUTE
  expect(await key()).toBe('key-2')
})

test('those who wait for them at once have them asked for once', async () => {
  let asked = 0
  const ask = async () => issued(`key-${(asked += 1)}`, NOON + 60 * MINUTE)
  const credentials = refreshed(ask, { now: () => new Date(NOON) })
  await Promise.all([credentials(), credentials(), credentials()])
  expect(asked).toBe(1)
})

test('a plane that does not answer matters once the old ones have ended', async () => {
  let now = NOON
  let isAway = false
  const ask = async () => {
    if (isAway) throw new Error('away')
    return issued('key', NOON + 60 * MINUTE)
  }
  const credentials = refreshed(ask, { now: () => new Date(now) })
  await credentials()
  isAway = true
  now = NOON + 59 * MINUTE
  expect((await credentials()).credentials.AccessKeyId).toBe('key')
  now = NOON + 60 * MINUTE
  await expect(credentials()).rejects.toThrow('away')
  isAway = false
  expect((await credentials()).credentials.AccessKeyId).toBe('key')
})
